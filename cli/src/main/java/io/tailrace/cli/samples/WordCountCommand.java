package io.tailrace.cli.samples;

import io.tailrace.cli.console.CommandRoot;
import io.tailrace.cli.console.Table;
import io.tailrace.log.EmbeddedLog;
import io.tailrace.log.api.EventLog;
import io.tailrace.samples.input.InputFile;
import io.tailrace.samples.input.ScannedFile;
import io.tailrace.samples.wordcount.WordCountPipeline;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code tailrace wordcount}. */
@Command(
        name = "wordcount",
        description =
                "Counts the words of a text file, and of all files that were counted in this directory before, and"
                        + " prints them, the most frequent first.")
@SuppressWarnings("NullAway.Init") // injected by picocli
public final class WordCountCommand implements Runnable {
    @ParentCommand
    private CommandRoot tailrace;

    @Spec
    private CommandSpec spec;

    @Option(names = "--input", paramLabel = "FILE", required = true, description = "Text in UTF-8; may be gzip.")
    private Path input;

    @Option(names = "--data", paramLabel = "DIR", required = true, description = "Keeps the log and the state.")
    private Path data;

    @Override
    public void run() {
        ScannedFile scanned = WordCountPipeline.scan(InputFile.of(input));
        Table table = new Table(">count", "word");
        try (EventLog log = EmbeddedLog.open(data)) {
            WordCountPipeline.run(log, scanned, tailrace.progress()).entrySet().stream()
                    .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                    .forEach(count -> table.row(Long.toString(count.getValue()), count.getKey()));
        }
        table.print(spec.commandLine().getOut());
    }
}
