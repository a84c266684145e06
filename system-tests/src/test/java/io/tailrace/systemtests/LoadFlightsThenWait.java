package io.tailrace.systemtests;

import io.tailrace.common.Time;
import io.tailrace.log.EmbeddedLog;
import io.tailrace.log.api.EventLog;
import io.tailrace.samples.Progress;
import io.tailrace.samples.flights.FlightsPipeline;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** A child process that loads the shipped week, says so, and then only waits to be killed with the log still open. */
final class LoadFlightsThenWait {

    static final String LOADED = "everything is loaded";

    private LoadFlightsThenWait() {}

    public static void main(String[] arguments) throws InterruptedException {
        try (EventLog log = EmbeddedLog.open(Path.of(arguments[0]))) {
            new FlightsPipeline(log, Progress.SILENT, Time.SYSTEM)
                    .load(Optional.of(FlightsPipeline.scan(FlightsPipeline.shippedWeek())));
            System.out.println(LOADED);
            new CountDownLatch(1).await();
        }
    }
}
