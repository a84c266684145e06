package io.tailrace.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.log.EmbeddedLog;
import io.tailrace.log.api.EventLog;
import io.tailrace.samples.log.SampleTopics;
import io.tailrace.serde.ByteArrayDeserializer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** Runs of the command line in processes of their own, and what they leave behind. */
final class FlightsRuns {

    private static final String CLI = "io.tailrace.cli.TailraceCommand";

    private FlightsRuns() {}

    /** Starts {@code tailrace} with these arguments; the caller closes it. */
    static ChildJvm start(List<String> jvmOptions, String... arguments) {
        return ChildJvm.start(
                jvmOptions, Stream.concat(Stream.of(CLI), Stream.of(arguments)).toArray(String[]::new));
    }

    /** Runs {@code tailrace} to its end, which must be a good one. */
    static void run(List<String> jvmOptions, String... arguments) {
        try (ChildJvm child = start(jvmOptions, arguments)) {
            assertThat(child.exitCode()).as(child.output()).isZero();
        }
    }

    /** How many committed records a topic of a log that nobody has open holds. */
    static long recordsIn(Path data, String topic) {
        try (EventLog log = EmbeddedLog.open(data)) {
            AtomicLong records = new AtomicLong();
            ByteArrayDeserializer bytes = new ByteArrayDeserializer();
            SampleTopics.read(log, topic, bytes, bytes, record -> records.incrementAndGet());
            return records.get();
        }
    }

    /** The column of flights in a file of results, by day and origin. */
    static Map<String, Long> flightsByAirportDay(String csv) {
        Map<String, Long> flights = new LinkedHashMap<>();
        csv.lines().skip(1).forEach(line -> {
            String[] columns = line.split(",", -1);
            // City names may hold a comma: count the numbers from the right.
            flights.put(columns[0] + " " + columns[1], Long.parseLong(columns[columns.length - 3]));
        });
        return flights;
    }
}
