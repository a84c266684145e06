package io.tailrace.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.log.EmbeddedLog;
import io.tailrace.log.api.EventLog;
import io.tailrace.samples.flights.FlightsTopology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many more records than fit into the heap pass through the flights pipeline. */
class FlightsMemoryTest {

    private static final String CLI = "io.tailrace.samples.cli.TailraceCommand";
    private static final int LINES = Integer.getInteger("tailrace.flights.lines", 3_000_000);

    @TempDir
    private Path directory;

    @Test
    void shouldPassMillionsOfLinesThroughAHeapOf512MB() throws IOException {
        Path input = directory.resolve("flights.csv");
        Path data = directory.resolve("data");
        Path results = directory.resolve("results.csv");
        run("flights-generate", "--lines", Integer.toString(LINES), "--output", input.toString());

        run("flights", "--input", input.toString(), "--data", data.toString(), "--results", results.toString());

        long counted = Files.readAllLines(results).stream()
                .skip(1)
                .map(line -> line.split(",", -1))
                .mapToLong(columns -> Long.parseLong(columns[columns.length - 3]))
                .sum();
        assertThat(counted + rejected(data)).isEqualTo(LINES);
    }

    private static void run(String... arguments) {
        String[] command = new String[arguments.length + 1];
        command[0] = CLI;
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        try (ChildJvm child = ChildJvm.start(List.of("-Xmx512m", "-XX:+ExitOnOutOfMemoryError"), command)) {
            assertThat(child.exitCode()).as(child.output()).isZero();
        }
    }

    private static long rejected(Path data) {
        try (EventLog log = EmbeddedLog.open(data)) {
            return log
                    .admin()
                    .endOffsets(
                            log.admin().describeTopic(FlightsTopology.REJECTED).topicPartitions())
                    .values()
                    .stream()
                    .mapToLong(Long::longValue)
                    .sum();
        }
    }
}
