package io.tailrace.samples.flights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.common.Time;
import io.tailrace.log.EmbeddedLog;
import io.tailrace.log.api.EventLog;
import io.tailrace.samples.Progress;
import io.tailrace.samples.SampleException;
import io.tailrace.samples.input.InputFile;
import io.tailrace.samples.input.Inputs;
import io.tailrace.samples.log.SampleTopics;
import io.tailrace.serde.ByteArrayDeserializer;
import io.tailrace.serde.StringDeserializer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlightsPipelineTest {
    private static final String FLIGHT = "2001-01-01T00:01,ATL,LAX,30,100\n";
    private static final String HEADER = "departure,origin,destination,delay,distance\n";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void shouldGiveTheTableOfAPlainLoopForTheShippedWeek(int threads) {
        PlainLoop expected = PlainLoop.over(FlightsPipeline.shippedWeek());
        FlightsReport report = run(Optional.of(FlightsPipeline.shippedWeek()), threads);
        assertThat(report.days()).isEqualTo(expected.days()).hasSizeGreaterThan(1000);
        assertThat(report.loaded()).isEqualTo(113_493);
        assertThat(report.in()).isEqualTo(113_493);
        assertThat(report.rejected()).isEqualTo(expected.rejected());
        // Of several updates of a day between two commits only the last is sent on.
        assertThat(report.out()).isBetween((long) expected.days().size(), 113_493 - expected.rejected());
    }

    @Test
    void shouldGiveTheTableOfAPlainLoopForFlightsOutOfOrderAndMalformed() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new FlightsGenerator(1).write(bytes, 20_000);
        InputFile file = Inputs.of("generated.csv", bytes.toByteArray());
        PlainLoop expected = PlainLoop.over(file);
        FlightsReport report = run(Optional.of(file), 2);
        assertThat(report.days()).isEqualTo(expected.days());
        assertThat(report.rejected()).isEqualTo(expected.rejected()).isPositive();
    }

    @Test
    void shouldProcessNothingTwice() {
        InputFile file = Inputs.of("a.csv", HEADER + FLIGHT.repeat(100));
        FlightsReport first = run(Optional.of(file), 2);
        FlightsReport second = run(Optional.of(file), 2);
        FlightsReport third = run(Optional.empty(), 4);
        assertThat(first.in()).isEqualTo(100);
        assertThat(List.of(second.loaded(), second.in(), second.out(), third.in(), third.out()))
                .containsOnly(0L);
        assertThat(second.days()).isEqualTo(first.days());
        assertThat(third.days()).isEqualTo(first.days());
    }

    @Test
    void shouldRestoreTheResultWhenTheStateWasDeleted() throws IOException {
        FlightsReport first = run(Optional.of(FlightsPipeline.shippedWeek()), 2);
        deleteState();
        FlightsReport second = run(Optional.empty(), 2);
        assertThat(second.in()).isZero();
        assertThat(second.days()).isEqualTo(first.days());
    }

    @Test
    void shouldAddAnotherFileToWhatIsThere() throws IOException {
        InputFile first = Inputs.of("a.csv", HEADER + FLIGHT);
        InputFile second = Inputs.of("b.csv", HEADER + FLIGHT + "2001-01-02T00:00,ATL,LAX,1,1\n");
        run(Optional.of(first), 1);
        deleteState();
        FlightsReport report = run(Optional.of(second), 1);
        assertThat(report.in()).isEqualTo(2);
        assertThat(report.days()).isEqualTo(PlainLoop.over(first, second).days());
    }

    @Test
    void shouldRejectALineOfTenMegabytesAndBytesThatAreNoTextAndGoOn() {
        byte[] text = (HEADER + "x".repeat(10 * 1024 * 1024) + "\n?\n" + FLIGHT).getBytes(StandardCharsets.UTF_8);
        text[HEADER.length() + 10 * 1024 * 1024 + 1] = (byte) 0xff;
        FlightsReport report = run(Optional.of(Inputs.of("a.csv", text)), 2);
        assertThat(report.in()).isEqualTo(3);
        assertThat(report.days()).hasSize(1);
        assertThat(rejections())
                .containsExactlyInAnyOrder("line of 10485760 bytes, at most 65536", "byte 0xff at 0 is not UTF-8");
    }

    @Test
    void shouldNotRunWithoutAnyFlights() {
        assertThatThrownBy(() -> run(Optional.empty(), 1))
                .isInstanceOf(SampleException.class)
                .hasMessage("no flights were loaded yet; give a file with --input");
    }

    private FlightsReport run(Optional<InputFile> input, int threads) {
        try (EventLog log = EmbeddedLog.open(directory)) {
            return new FlightsPipeline(log, Progress.SILENT, Time.SYSTEM)
                    .run(input.map(FlightsPipeline::scan), OptionalInt.of(threads));
        }
    }

    private List<String> rejections() {
        List<String> reasons = new ArrayList<>();
        try (EventLog log = EmbeddedLog.open(directory)) {
            SampleTopics.read(
                    log,
                    FlightsTopology.REJECTED,
                    new StringDeserializer(),
                    new ByteArrayDeserializer(),
                    record -> reasons.add(RejectionReason.of(record.headers())));
        }
        return reasons;
    }

    private void deleteState() throws IOException {
        Path state = directory.resolve("state");
        assertThat(state).isDirectory();
        try (Stream<Path> found = Files.walk(state)) {
            for (Path each : found.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
