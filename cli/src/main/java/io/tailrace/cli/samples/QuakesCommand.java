package io.tailrace.cli.samples;

import io.tailrace.cli.console.Table;
import io.tailrace.samples.input.InputFile;
import io.tailrace.samples.processor.QuakesPipeline;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tailrace quakes}. */
@Command(
        name = "quakes",
        description = "Prints how many earthquakes each finished day of a feed had, and the strongest. A sample of the"
                + " Processor API, on a log in memory.")
@SuppressWarnings("NullAway.Init") // injected by picocli
public final class QuakesCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--input",
            paramLabel = "FILE",
            description = "GeoJSON feed of the US Geological Survey; may be gzip. Default: a week of 2018.")
    private @Nullable Path input;

    @Override
    public void run() {
        Table table = new Table("day", ">quakes", ">strongest", "where");
        QuakesPipeline.run(input == null ? QuakesPipeline.shippedWeek() : InputFile.of(input))
                .forEach((day, quakes) -> table.row(
                        day,
                        Long.toString(quakes.quakes()),
                        String.format(Locale.ROOT, "%.1f", quakes.magnitude()),
                        quakes.place()));
        table.print(spec.commandLine().getOut());
    }
}
