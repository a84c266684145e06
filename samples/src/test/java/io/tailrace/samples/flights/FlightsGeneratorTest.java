package io.tailrace.samples.flights;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.samples.input.Inputs;
import io.tailrace.samples.input.ScannedFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class FlightsGeneratorTest {
    private static final int LINES = 50_000;

    @Test
    void shouldWriteAFileOfTheShippedFormWithTheGivenNumberOfLines() throws IOException {
        ScannedFile scanned = FlightsPipeline.scan(Inputs.of("x.csv", generate(1)));
        assertThat(scanned.lines()).isEqualTo(LINES);
    }

    @Test
    void shouldWriteTheSameBytesForTheSameSeedOnly() throws IOException {
        assertThat(generate(1)).isEqualTo(generate(1)).isNotEqualTo(generate(2));
    }

    @Test
    void shouldMakeSomeLinesMalformedForEveryReasonAndSomeOutOfOrder() throws IOException {
        List<ParsedLine> lines = new String(generate(1), StandardCharsets.UTF_8)
                .lines()
                .skip(1)
                .map(line -> FlightParser.parse(line.getBytes(StandardCharsets.UTF_8)))
                .toList();
        List<String> reasons = lines.stream()
                .filter(Rejection.class::isInstance)
                .map(line -> ((Rejection) line).reason())
                .distinct()
                .toList();
        assertThat(reasons).hasSize(6);
        List<String> departures = lines.stream()
                .filter(Flight.class::isInstance)
                .map(line -> ((Flight) line).departure().toString())
                .toList();
        assertThat(departures)
                .hasSizeBetween(LINES * 99 / 100, LINES - 1)
                .isNotEqualTo(departures.stream().sorted().toList());
    }

    private static byte[] generate(long seed) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new FlightsGenerator(seed).write(bytes, LINES);
        return bytes.toByteArray();
    }
}
