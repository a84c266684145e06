package io.tailrace.systemtests;

import io.tailrace.log.EmbeddedLog;
import io.tailrace.log.api.EventLog;
import io.tailrace.log.api.NewTopic;
import io.tailrace.samples.Progress;
import io.tailrace.samples.flights.FlightFormat;
import io.tailrace.samples.flights.FlightsPipeline;
import io.tailrace.samples.flights.FlightsTopology;
import io.tailrace.samples.input.FileLoader;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A child process that loads the shipped week, says so, and then only waits to be killed with the log still open. */
final class LoadFlightsThenWait {

    static final String LOADED = "everything is loaded";

    private LoadFlightsThenWait() {}

    public static void main(String[] arguments) throws InterruptedException {
        try (EventLog log = EmbeddedLog.open(Path.of(arguments[0]))) {
            log.admin().createTopic(new NewTopic(FlightsTopology.FLIGHTS, 4));
            new FileLoader(log, "flights-loads")
                    .load(FlightsPipeline.scan(FlightsPipeline.shippedWeek()), new FlightFormat(), Progress.SILENT);
            System.out.println(LOADED);
            new CountDownLatch(1).await();
        }
    }
}
