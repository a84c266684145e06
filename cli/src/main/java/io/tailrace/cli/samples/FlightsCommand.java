package io.tailrace.cli.samples;

import io.tailrace.cli.console.CommandRoot;
import io.tailrace.common.Time;
import io.tailrace.log.EmbeddedLog;
import io.tailrace.log.api.EventLog;
import io.tailrace.samples.SampleException;
import io.tailrace.samples.flights.FlightsPipeline;
import io.tailrace.samples.flights.FlightsReport;
import io.tailrace.samples.flights.ResultsFile;
import io.tailrace.samples.input.InputFile;
import io.tailrace.samples.input.ScannedFile;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code tailrace flights}. */
@Command(
        name = "flights",
        description = {
            "Does what the demo does for any file of flights, in a directory that is kept, and writes all airport-days as CSV.",
            "Run it again with the same directory to add another file, to finish a run that was killed, or to get the"
                    + " results of what was processed."
        })
@SuppressWarnings("NullAway.Init") // injected by picocli
public final class FlightsCommand implements Runnable {
    @ParentCommand
    private CommandRoot tailrace;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--input",
            paramLabel = "FILE",
            description = "CSV with the header departure,origin,destination,delay,distance; may be gzip. A file that is"
                    + " loaded already is not loaded again. Left out: only what is in the directory.")
    private @Nullable Path input;

    @Option(names = "--data", paramLabel = "DIR", required = true, description = "Keeps the log and the state.")
    private Path data;

    @Option(
            names = "--results",
            paramLabel = "OUT.csv",
            required = true,
            description =
                    "Gets day,origin,city,state,flights,delayed,total_delay by day and origin, when all is processed.")
    private Path results;

    @Option(names = "--threads", paramLabel = "N", description = "Worker threads, from 1; default: as many as cores.")
    private @Nullable Integer threads;

    @Override
    public void run() {
        if (threads != null && threads < 1) {
            throw new ParameterException(spec.commandLine(), "--threads " + threads + ", expected 1 or more");
        }
        ResultsFile resultsFile = ResultsFile.at(results);
        Optional<ScannedFile> scanned =
                Optional.ofNullable(input).map(path -> FlightsPipeline.scan(InputFile.of(path)));
        if (scanned.isEmpty() && !Files.exists(data)) {
            throw new SampleException("there is no data directory " + data + "; give a file with --input");
        }
        try (EventLog log = EmbeddedLog.open(data)) {
            FlightsReport report = new FlightsPipeline(log, tailrace.progress(), Time.SYSTEM)
                    .run(scanned, threads == null ? OptionalInt.empty() : OptionalInt.of(threads));
            resultsFile.write(report.days());
            PrintWriter out = spec.commandLine().getOut();
            FlightsPrinter.printNumbers(out, report);
            out.println("wrote " + report.days().size() + " airport-days to " + results);
        }
    }
}
