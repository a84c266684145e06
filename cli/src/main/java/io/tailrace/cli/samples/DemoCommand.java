package io.tailrace.cli.samples;

import io.tailrace.cli.console.CommandRoot;
import io.tailrace.common.Time;
import io.tailrace.log.EmbeddedLog;
import io.tailrace.log.api.EventLog;
import io.tailrace.samples.flights.FlightsPipeline;
import io.tailrace.samples.flights.FlightsReport;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code tailrace demo}. */
@Command(
        name = "demo",
        description =
                "Loads a week of US flights into a temporary log, joins them with their airports, sums up delays per"
                        + " airport and day, and prints the ten worst days.")
@SuppressWarnings("NullAway.Init") // injected by picocli
public final class DemoCommand implements Runnable {
    @ParentCommand
    private CommandRoot tailrace;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        try (TemporaryDirectory directory = TemporaryDirectory.create("tailrace-demo");
                EventLog log = EmbeddedLog.open(directory.path())) {
            FlightsReport report = new FlightsPipeline(log, tailrace.progress(), Time.SYSTEM)
                    .run(Optional.of(FlightsPipeline.scan(FlightsPipeline.shippedWeek())), OptionalInt.empty());
            FlightsPrinter.printWorstDays(out, report.days());
            out.println();
            FlightsPrinter.printNumbers(out, report);
        }
    }
}
