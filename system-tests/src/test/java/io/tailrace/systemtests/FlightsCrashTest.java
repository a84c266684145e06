package io.tailrace.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.samples.flights.FlightsTopology;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The flights pipeline in a process of its own, killed with {@code kill -9} and started again. */
class FlightsCrashTest {

    private static final List<String> HEAP = List.of("-Xmx256m");

    @TempDir
    private static Path shared;

    private static Path week;
    private static String undisturbed;

    @TempDir
    private Path directory;

    @BeforeAll
    static void runUndisturbed() throws IOException {
        week = shared.resolve("week.csv.gz");
        try (InputStream shipped = FlightsTopology.class.getResourceAsStream("flights-2001-week1.csv.gz")) {
            Files.copy(shipped, week);
        }
        Path results = shared.resolve("undisturbed.csv");
        finish(shared.resolve("undisturbed"), results, "--input", week.toString());
        undisturbed = Files.readString(results);
    }

    @Test
    void shouldGiveTheExactTableWhenKilledAfterLoading() throws IOException {
        Path data = directory.resolve("data");
        try (ChildJvm child = ChildJvm.start(List.of(), LoadFlightsThenWait.class.getName(), data.toString())) {
            child.awaitWhileRunning(() -> child.output().contains(LoadFlightsThenWait.LOADED));
            child.kill();
        }

        Path results = directory.resolve("results.csv");
        finish(data, results);

        assertThat(results).content().isEqualTo(undisturbed);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 1_000_000, 2_000_000})
    void shouldLoadEachLineOnceWhenKilledWhileLoading(long bytesLoaded) throws IOException {
        Path data = directory.resolve("data");
        killWhen(data, FlightsTopology.FLIGHTS, bytesLoaded);

        Path results = directory.resolve("results.csv");
        finish(data, results, "--input", week.toString());

        assertThat(FlightsRuns.recordsIn(data, FlightsTopology.FLIGHTS)).isEqualTo(linesOfTheWeek());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 20_000, 80_000}) // all results have more than 200,000 bytes
    void shouldGiveTheExactTableWhenKilledWhileProcessing(long bytesOut) throws IOException {
        Path data = directory.resolve("data");
        killWhen(data, FlightsTopology.AIRPORT_DAYS, bytesOut);

        Path results = directory.resolve("results.csv");
        finish(data, results, "--input", week.toString());

        assertThat(results).content().isEqualTo(undisturbed);
    }

    @Test
    void shouldNameTheProcessThatHasTheLogOpen() {
        Path data = directory.resolve("data");
        try (ChildJvm holder = ChildJvm.start(List.of(), LoadFlightsThenWait.class.getName(), data.toString())) {
            holder.awaitWhileRunning(() -> holder.output().contains(LoadFlightsThenWait.LOADED));
            try (ChildJvm second = flights(data, directory.resolve("results.csv"))) {
                assertThat(second.exitCode()).isEqualTo(1);
                assertThat(second.output().strip().lines())
                        .singleElement()
                        .asString()
                        .startsWith("tailrace: ")
                        .contains(data.toString())
                        .contains(Long.toString(holder.pid()));
            }
        }
    }

    /** Runs the pipeline and kills it as soon as the topic's files have this many bytes, or it has ended. */
    private void killWhen(Path data, String topic, long bytes) {
        try (ChildJvm child = flights(data, directory.resolve("never.csv"), "--input", week.toString())) {
            child.awaitWhileRunning(() -> bytesOf(data, topic) >= bytes);
            child.kill();
        }
    }

    private static void finish(Path data, Path results, String... options) {
        FlightsRuns.run(HEAP, command(data, results, options));
    }

    private static ChildJvm flights(Path data, Path results, String... options) {
        return FlightsRuns.start(HEAP, command(data, results, options));
    }

    private static String[] command(Path data, Path results, String... options) {
        return Stream.concat(
                        Stream.of("flights", "--data", data.toString(), "--results", results.toString()),
                        Stream.of(options))
                .toArray(String[]::new);
    }

    private static long bytesOf(Path data, String topic) {
        long bytes = 0;
        for (int partition = 0; partition < 4; partition++) {
            File[] segments =
                    data.resolve(topic + "-" + partition).toFile().listFiles((parent, name) -> name.endsWith(".log"));
            for (File segment : segments == null ? new File[0] : segments) {
                bytes += segment.length();
            }
        }
        return bytes;
    }

    private static long linesOfTheWeek() throws IOException {
        try (var lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(week)), StandardCharsets.UTF_8))) {
            return lines.lines().count() - 1;
        }
    }
}
