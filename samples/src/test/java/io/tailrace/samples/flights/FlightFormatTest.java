package io.tailrace.samples.flights;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.samples.SampleException;
import io.tailrace.samples.input.Line;
import io.tailrace.samples.input.LineFormat.Entry;
import io.tailrace.serde.JsonSerde;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class FlightFormatTest {
    private final FlightFormat format = new FlightFormat();

    @Test
    void shouldTakeTheOriginAsKeyTheDepartureAsTimestampAndTheLineAsValue() {
        Line line = line("2001-01-01T00:01,ANC,LAX,-13,2345");
        Entry entry = format.entry(line);
        assertThat(entry.key()).isEqualTo("ANC");
        assertThat(entry.timestampMs())
                .isEqualTo(Instant.parse("2001-01-01T00:01:00Z").toEpochMilli());
        assertThat(entry.value()).isEqualTo(line.bytes());
    }

    @Test
    void shouldGiveALineWithoutASecondColumnTheEmptyKey() {
        assertThat(format.entry(line("2001-01-01T00:01")).key()).isEmpty();
        assertThat(format.entry(line("2001-01-01T00:01,")).key()).isEmpty();
        assertThat(format.entry(line("")).key()).isEmpty();
    }

    @Test
    void shouldTakeAnOriginAtTheEndOfALine() {
        assertThat(format.entry(line("x,ANC")).key()).isEqualTo("ANC");
    }

    @Test
    void shouldGiveALineWithoutDepartureTheTimestampOfTheOneBefore() {
        assertThat(format.entry(line("no date,ANC,LAX,1,1")).timestampMs()).isZero();
        format.entry(line("2001-01-01T00:01,ANC,LAX,1,1"));
        assertThat(format.entry(line("1969-12-31T23:59,ANC,LAX,1,1")).timestampMs())
                .isEqualTo(Instant.parse("2001-01-01T00:01:00Z").toEpochMilli());
    }

    @Test
    void shouldTakeTheDepartureEvenOfALineThatWillBeRejected() {
        assertThat(format.entry(line("2001-01-01T00:01,ANC")).timestampMs())
                .isEqualTo(Instant.parse("2001-01-01T00:01:00Z").toEpochMilli());
    }

    @Test
    void shouldReadAirportsWithQuotedCommasAndQuotes() {
        Entry entry = new AirportFormat().entry(line("DBN,\"W. H. \"\"Bud\"\" Barron, Jr.\",Dublin,GA,USA,32.5,-82.9"));
        assertThat(entry.key()).isEqualTo("DBN");
        assertThat(entry.timestampMs()).isZero();
        assertThat(JsonSerde.of(Airport.class).deserializer().deserialize("airports", entry.value()))
                .isEqualTo(new Airport("DBN", "W. H. \"Bud\" Barron, Jr.", "Dublin", "GA"));
    }

    @Test
    void shouldNotTakeALineOfAirportsThatLacksColumns() {
        Assertions.assertThatThrownBy(() -> new AirportFormat().entry(line("DBN,x")))
                .isInstanceOf(SampleException.class)
                .hasMessage("airports, line 7: 2 columns, expected 7");
    }

    private static Line line(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new Line(7, bytes, bytes.length);
    }
}
