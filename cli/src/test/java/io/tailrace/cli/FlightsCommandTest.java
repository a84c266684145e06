package io.tailrace.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tailrace.log.EmbeddedLog;
import io.tailrace.log.api.EventLog;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlightsCommandTest {
    private static final String HEADER = "departure,origin,destination,delay,distance\n";
    private static final String WEEK =
            HEADER + "2001-01-01T00:01,ATL,LAX,30,100\n2001-01-02T00:01,XX1,LAX,-1,100\n2001-01-01T10:00,ATL,SAV,0,9\n";
    private static final String RESULTS = """
            day,origin,city,state,flights,delayed,total_delay
            2001-01-01,ATL,Atlanta,GA,2,1,30
            2001-01-02,XX1,,,1,0,-1
            """;

    @TempDir
    private Path directory;

    @Test
    void shouldWriteTheResults() throws IOException {
        Cli cli = flights(write("week.csv", WEEK));
        assertThat(cli.err()).isEmpty();
        assertThat(cli.exitCode()).isZero();
        // Two of the three are of one day; how often that is sent on depends on where a commit comes in between.
        assertThat(cli.out())
                .containsPattern("records in 3, rejected 0, out [23]\\R")
                .contains("wrote 2 airport-days to " + results());
        assertThat(results()).content().isEqualTo(RESULTS);
    }

    @Test
    void shouldWriteTheSameResultsAgainWithoutInputAndProcessNothing() throws IOException {
        flights(write("week.csv", WEEK));
        Files.delete(results());
        Cli cli = Cli.run("flights", "--data", data(), "--results", results());
        assertThat(cli.exitCode()).isZero();
        assertThat(cli.out())
                .contains("records in 0, rejected 0, out 0", "load        nothing new", "processing  nothing new");
        assertThat(results()).content().isEqualTo(RESULTS);
    }

    @Test
    void shouldFailOnAMissingInputAndLeaveNothingBehind() {
        assertFails(
                flights(directory.resolve("no.csv")),
                "input " + directory.resolve("no.csv") + ": there is no such file");
        assertThat(data()).doesNotExist();
    }

    @Test
    void shouldFailOnAnEmptyInput() throws IOException {
        Path input = write("empty.csv", "");
        assertFails(flights(input), "input " + input + " is empty");
    }

    @Test
    void shouldFailOnAHeaderOnly() throws IOException {
        Path input = write("header.csv", HEADER);
        assertFails(flights(input), "input " + input + " has a header but no line below it: nothing to load");
    }

    @Test
    void shouldFailOnAFileThatHoldsNoFlights() throws IOException {
        Path input = write("airports.csv", "iata,name\nATL,Hartsfield\n");
        assertFails(
                flights(input),
                "input " + input + ": the first line is 'iata,name', expected the header '" + HEADER.strip() + "'");
    }

    @Test
    void shouldFailOnATruncatedGzipAndTakeTheRepairedFile() throws IOException {
        Path input = directory.resolve("week.csv.gz");
        Cli.run("flights-generate", "--lines", "20000", "--output", input);
        byte[] whole = Files.readAllBytes(input);
        Files.write(input, Arrays.copyOf(whole, whole.length / 2));
        Cli truncated = flights(input);
        assertThat(truncated.exitCode()).isEqualTo(1);
        assertThat(truncated.err())
                .matches(
                        "tailrace: input .*: the gzip data ends in the middle, after [1-9][0-9]* lines; get the whole file and run again\n");
        Files.write(input, whole);
        assertThat(flights(input).out()).contains("records in 20,000,");
    }

    @Test
    void shouldFailOnADataDirectoryThatIsInUseAndNameTheProcess() throws IOException {
        Path input = write("week.csv", WEEK);
        try (EventLog log = EmbeddedLog.open(data())) {
            assertThat(log.directory()).contains(data());
            Cli cli = flights(input);
            assertThat(cli.exitCode()).isEqualTo(1);
            assertThat(cli.err())
                    .startsWith("tailrace: ")
                    .contains(
                            data().toString(),
                            "locked by",
                            Long.toString(ProcessHandle.current().pid()))
                    .hasLineCount(1);
        }
    }

    @Test
    void shouldFailOnADataDirectoryWithOtherThingsInItAndLeaveThemAlone() throws IOException {
        Path input = write("week.csv", WEEK);
        Path other = Files.createDirectories(data()).resolve("holiday.jpg");
        Files.writeString(other, "sunset");
        Cli cli = flights(input);
        assertThat(cli.exitCode()).isEqualTo(1);
        assertThat(cli.err())
                .startsWith("tailrace: ")
                .contains("is not a log directory")
                .hasLineCount(1);
        assertThat(data())
                .isDirectoryContaining(path -> path.equals(other))
                .isDirectoryNotContaining(path -> !path.equals(other));
    }

    @Test
    void shouldFailOnADataDirectoryThatIsAFile() throws IOException {
        Path input = write("week.csv", WEEK);
        Files.writeString(data(), "text");
        Cli cli = flights(input);
        assertThat(cli.exitCode()).isEqualTo(1);
        assertThat(cli.err())
                .startsWith("tailrace: ")
                .contains(data().toString())
                .hasLineCount(1);
        assertThat(data()).hasContent("text");
    }

    @Test
    void shouldFailOnADataDirectoryThatCannotBeWritten() throws IOException {
        Path input = write("week.csv", WEEK);
        Path readOnly = Path.of("/proc/self"); // not writable even for root, whom permissions do not stop
        assumeThat(readOnly).isDirectory();
        Cli cli = Cli.run("flights", "--input", input, "--data", readOnly.resolve("data"), "--results", results());
        assertThat(cli.exitCode()).isEqualTo(1);
        assertThat(cli.err())
                .startsWith("tailrace: ")
                .contains(readOnly.toString())
                .hasLineCount(1);
    }

    @Test
    void shouldFailWithoutInputOnANewDirectoryAndNotCreateIt() {
        assertFails(
                Cli.run("flights", "--data", data(), "--results", results()),
                "there is no data directory " + data() + "; give a file with --input");
        assertThat(data()).doesNotExist();
    }

    @Test
    void shouldFailOnResultsThatCannotBeWrittenBeforeAnythingIsLoaded() throws IOException {
        Path input = write("week.csv", WEEK);
        Cli cli = Cli.run("flights", "--input", input, "--data", data(), "--results", directory.resolve("no/out.csv"));
        assertThat(cli.exitCode()).isEqualTo(1);
        assertThat(cli.err()).contains("there is no directory").hasLineCount(1);
        assertThat(data()).doesNotExist();
    }

    @Test
    void shouldNotReplaceADeviceByAFileOfResults() throws IOException {
        Path input = write("week.csv", WEEK);
        Path device = Path.of("/dev/full");
        assumeThat(device).exists();
        assertFails(
                Cli.run("flights", "--input", input, "--data", data(), "--results", device),
                "results /dev/full is not a regular file, expected the name of one or a new name");
        assertThat(Files.isRegularFile(device)).isFalse();
        assertThat(data()).doesNotExist();
    }

    @Test
    void shouldReplaceTheTargetOfALinkNotTheLink() throws IOException {
        Path target = write("target.csv", "old");
        Files.createSymbolicLink(results(), target);
        assertThat(flights(write("week.csv", WEEK)).exitCode()).isZero();
        assertThat(results()).isSymbolicLink();
        assertThat(target).content().isEqualTo(RESULTS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "flights", // the input, which was processed
                "airports",
                "airport-days",
                "flights-app-airport-day-stats-changelog", // the state directory still has what is gone here
            })
    void shouldGiveTheSameResultsWhenABitFlipsAtTheEndOfASegment(String topic) throws IOException {
        flights(write("week.csv", WEEK));
        Path rest = write("rest.csv", HEADER + "2001-01-01T11:00,ATL,SAV,0,9\n2001-01-02T00:05,XX1,LAX,0,100\n");
        flights(rest); // a second batch in each partition
        String expected = Files.readString(results());
        assertThat(expected).contains("2001-01-01,ATL,Atlanta,GA,3,1,30", "2001-01-02,XX1,,,2,0,-1");
        assertThat(flipABitNearTheEndOfEachPartition(topic)).isPositive();
        Files.delete(results());

        for (int run = 0; run < 2; run++) {
            Cli again = Cli.run("flights", "--data", data(), "--results", results());
            assertThat(again.err()).isEmpty();
            assertThat(again.exitCode()).isZero();
            assertThat(again.out()).contains("records in 0, rejected 0, out 0");
            assertThat(results()).content().isEqualTo(expected);
        }
        // and what comes then is counted once
        Cli more =
                flights(write("more.csv", HEADER + "2001-01-02T00:02,XX1,LAX,20,100\n2001-01-01T12:00,ATL,SAV,1,9\n"));
        assertThat(more.out()).contains("records in 2,");
        assertThat(results()).content().contains("2001-01-01,ATL,Atlanta,GA,4,1,31", "2001-01-02,XX1,,,3,1,19");
    }

    @Test
    void shouldNameTheFileAndThePositionWhenItsJournalIsDamaged() throws IOException {
        flights(write("week.csv", WEEK));
        flipABitNearTheEndOfEachPartition("flights-loads");

        Cli again = Cli.run("flights", "--data", data(), "--results", results());

        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.out()).isEmpty();
        assertThat(again.err()).startsWith("tailrace: flights-loads-").contains(".log at ", "CRC-32C", "seek to");
        assertThat(results()).content().isEqualTo(RESULTS);
    }

    /** Returns in how many partitions. */
    private int flipABitNearTheEndOfEachPartition(String topic) throws IOException {
        int flipped = 0;
        try (DirectoryStream<Path> partitions = Files.newDirectoryStream(data(), topic + "-[0-9]")) {
            for (Path partition : partitions) {
                Path segment = partition.resolve("00000000000000000000.log");
                byte[] bytes = Files.exists(segment) ? Files.readAllBytes(segment) : new byte[0];
                if (bytes.length == 0) {
                    continue;
                }
                bytes[bytes.length - 5] ^= 4;
                Files.write(segment, bytes);
                flipped++;
            }
        }
        return flipped;
    }

    private Cli flights(Path input) {
        return Cli.run("flights", "--input", input, "--data", data(), "--results", results(), "--threads", 2);
    }

    private static void assertFails(Cli cli, String message) {
        assertThat(cli).isEqualTo(new Cli(1, "", "tailrace: " + message + System.lineSeparator()));
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    private Path data() {
        return directory.resolve("data");
    }

    private Path results() {
        return directory.resolve("results.csv");
    }
}
