package io.tailrace.samples.flights;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.samples.input.LineReader;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FlightParserTest {
    @Test
    void shouldParseAFlight() {
        assertThat(parse("2001-01-01T00:01,ANC,LAX,-13,2345"))
                .isEqualTo(new Flight(LocalDateTime.parse("2001-01-01T00:01"), "ANC", "LAX", -13, 2345));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "\"\" | 1 column, expected 5",
                "2001-01-01T00:01,ANC,LAX,-13 | 4 columns, expected 5",
                "2001-01-01T00:01,ANC,LAX,-13,2345, | 6 columns, expected 5",
                "2001-13-01T00:00,ANC,LAX,1,1 | departure '2001-13-01T00:00': Invalid value for MonthOfYear (valid values 1 - 12): 13",
                "2001-02-29T00:00,ANC,LAX,1,1 | departure '2001-02-29T00:00': Invalid date 'February 29' as '2001' is not a leap year",
                "2001-01-01,ANC,LAX,1,1 | departure '2001-01-01': expected a date and time like 2001-01-31T23:59",
                ",ANC,LAX,1,1 | departure '': expected a date and time like 2001-01-31T23:59",
                "1969-12-31T23:59,ANC,LAX,1,1 | departure '1969-12-31T23:59': expected a year from 1970 to 9999",
                "+10000-01-01T00:00,ANC,LAX,1,1 | departure '+10000-01-01T00:00': expected a year from 1970 to 9999",
                "2001-01-01T00:01,,LAX,1,1 | origin is empty",
                "2001-01-01T00:01,ANC,,1,1 | destination is empty",
                "2001-01-01T00:01,ANC,LAX,abc,1 | delay 'abc' is not a whole number of 32 bits",
                "2001-01-01T00:01,ANC,LAX,,1 | delay '' is not a whole number of 32 bits",
                "2001-01-01T00:01,ANC,LAX,1.5,1 | delay '1.5' is not a whole number of 32 bits",
                "2001-01-01T00:01,ANC,LAX,5000000000,1 | delay '5000000000' is not a whole number of 32 bits",
                "2001-01-01T00:01,ANC,LAX,5000,1 | delay 5000 outside [-120, 3000]",
                "2001-01-01T00:01,ANC,LAX,-121,1 | delay -121 outside [-120, 3000]",
                "2001-01-01T00:01,ANC,LAX,1,far | distance 'far' is not a whole number of 32 bits",
            })
    void shouldSayWhyALineIsRejected(String line, String reason) {
        assertThat(reasonOf(line.getBytes(StandardCharsets.UTF_8))).isEqualTo(reason);
    }

    @ParameterizedTest
    @ValueSource(ints = {-120, 0, 3000})
    void shouldTakeTheBordersOfTheDelay(int delay) {
        assertThat(parse("2001-01-01T00:01,ANC,LAX," + delay + ",1")).isInstanceOf(Flight.class);
    }

    @Test
    void shouldNameTheByteThatIsNoText() {
        byte[] line = "2001-01-01T00:01,AN?,LAX,1,1".getBytes(StandardCharsets.US_ASCII);
        line[19] = (byte) 0xff;
        assertThat(reasonOf(line)).isEqualTo("byte 0xff at 19 is not UTF-8");
    }

    @Test
    void shouldNoticeTextThatEndsInTheMiddleOfACharacter() {
        assertThat(reasonOf(new byte[] {'a', (byte) 0xc3})).isEqualTo("byte 0xc3 at 1 is not UTF-8");
    }

    @Test
    void shouldQuoteOnlyTheBeginningOfALongColumn() {
        String line = "2001-01-01T00:01,ANC,LAX," + "9".repeat(1000) + ",1";
        assertThat(reasonOf(line.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("delay '" + "9".repeat(40) + "...' is not a whole number of 32 bits");
    }

    @Test
    void shouldRejectALineThatIsTooLongEvenIfItWouldParse() {
        String zeros = "0".repeat(LineReader.MAX_LINE_BYTES);
        assertThat(reasonOf(("2001-01-01T00:01,ANC,LAX,1," + zeros).getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("line of 65563 bytes, at most 65536");
    }

    @Property(tries = 500)
    void shouldNeverFailAndKeepTheBytesOfWhatItRejects(@ForAll byte[] line) {
        assertThat(FlightParser.parse(line)).isInstanceOfSatisfying(Rejection.class, rejection -> {
            assertThat(rejection.line()).isSameAs(line);
            assertThat(rejection.reason()).isNotBlank().doesNotContain("\n");
        });
    }

    private static ParsedLine parse(String line) {
        return FlightParser.parse(line.getBytes(StandardCharsets.UTF_8));
    }

    private static String reasonOf(byte[] line) {
        return ((Rejection) FlightParser.parse(line)).reason();
    }
}
