package io.tailrace.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.samples.flights.FlightsTopology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many more records than fit into the heap pass through the flights pipeline. */
class FlightsMemoryTest {

    private static final List<String> HEAP = List.of("-Xmx512m", "-XX:+ExitOnOutOfMemoryError");
    private static final int LINES = Integer.getInteger("tailrace.flights.lines", 3_000_000);

    @TempDir
    private Path directory;

    @Test
    void shouldPassMillionsOfLinesThroughAHeapOf512MB() throws IOException {
        Path input = directory.resolve("flights.csv");
        Path data = directory.resolve("data");
        Path results = directory.resolve("results.csv");
        FlightsRuns.run(HEAP, "flights-generate", "--lines", Integer.toString(LINES), "--output", input.toString());

        FlightsRuns.run(
                HEAP,
                "flights",
                "--input",
                input.toString(),
                "--data",
                data.toString(),
                "--results",
                results.toString());

        long counted = FlightsRuns.flightsByAirportDay(Files.readString(results)).values().stream()
                .mapToLong(Long::longValue)
                .sum();
        assertThat(counted + FlightsRuns.recordsIn(data, FlightsTopology.REJECTED))
                .isEqualTo(LINES);
    }
}
