package io.tailrace.samples.flights;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.common.header.Headers;
import io.tailrace.common.header.RecordHeaders;
import io.tailrace.serde.ByteArrayDeserializer;
import io.tailrace.serde.ByteArraySerializer;
import io.tailrace.serde.JsonSerde;
import io.tailrace.serde.StringDeserializer;
import io.tailrace.serde.StringSerializer;
import io.tailrace.testkit.TestInputTopic;
import io.tailrace.testkit.TestOutputTopic;
import io.tailrace.testkit.TestRecord;
import io.tailrace.testkit.TopologyTestDriver;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FlightsTopologyTest {
    private final TopologyTestDriver driver = new TopologyTestDriver(FlightsTopology.build());
    private final TestInputTopic<String, byte[]> flights =
            driver.createInputTopic("flights", new StringSerializer(), new ByteArraySerializer());
    private final TestInputTopic<String, Airport> airports = driver.createInputTopic(
            "airports", new StringSerializer(), JsonSerde.of(Airport.class).serializer());
    private final TestOutputTopic<String, AirportDay> days = driver.createOutputTopic(
            "airport-days",
            new StringDeserializer(),
            JsonSerde.of(AirportDay.class).deserializer());
    private final TestOutputTopic<String, byte[]> rejected =
            driver.createOutputTopic("flights-rejected", new StringDeserializer(), new ByteArrayDeserializer());

    @BeforeEach
    void fillTheTable() {
        airports.pipeInput("ATL", new Airport("ATL", "Hartsfield", "Atlanta", "GA"), 0);
    }

    @AfterEach
    void close() {
        driver.close();
    }

    @Test
    void shouldSumUpTheFlightsOfADay() {
        fly("2001-01-01T00:00", "ATL", 20);
        fly("2001-01-01T23:59", "ATL", -5);
        assertThat(days.readKeyValuesToMap())
                .containsOnly(java.util.Map.entry(
                        "2001-01-01 ATL",
                        new AirportDay(LocalDate.parse("2001-01-01"), "ATL", "Atlanta", "GA", 2, 1, 15)));
    }

    @Test
    void shouldSendEveryStepOfADay() {
        fly("2001-01-01T00:00", "ATL", 20);
        fly("2001-01-01T00:01", "ATL", 20);
        assertThat(days.readValuesToList()).extracting(AirportDay::flights).containsExactly(1L, 2L);
    }

    @Test
    void shouldKeepDaysAndAirportsApart() {
        fly("2001-01-01T23:59", "ATL", 1);
        fly("2001-01-02T00:00", "ATL", 1);
        fly("2001-01-02T00:00", "LAX", 1);
        assertThat(days.readKeyValuesToMap()).containsOnlyKeys("2001-01-01 ATL", "2001-01-02 ATL", "2001-01-02 LAX");
    }

    @Test
    void shouldKeepAFlightFromAnUnknownAirport() {
        fly("2001-01-01T00:00", "XX1", 1);
        assertThat(days.readValue()).isEqualTo(new AirportDay(LocalDate.parse("2001-01-01"), "XX1", "", "", 1, 0, 1));
    }

    @Test
    void shouldCountAFlightHoweverLateItIs() {
        fly("9999-12-31T00:00", "ATL", 1);
        fly("1970-01-01T00:00", "ATL", 1);
        fly("2001-01-01T00:00", "ATL", 1);
        assertThat(days.readKeyValuesToMap()).containsOnlyKeys("9999-12-31 ATL", "1970-01-01 ATL", "2001-01-01 ATL");
    }

    @Test
    void shouldSendALineThatIsNoFlightToTheRejectedAsItCameWithTheReason() {
        byte[] line = {'2', (byte) 0xff, ',', 'A', 'T', 'L'};
        flights.pipeInput("ATL", line, 5);
        TestRecord<String, byte[]> record = rejected.readRecord();
        assertThat(record.key()).isEqualTo("ATL");
        assertThat(record.value()).isEqualTo(line);
        assertThat(record.timestamp()).isEqualTo(5);
        assertThat(reason(record)).isEqualTo("byte 0xff at 1 is not UTF-8");
        assertThat(days.isEmpty()).isTrue();
    }

    @Test
    void shouldRejectADelayThatCannotBe() {
        fly("2001-01-01T00:00", "ATL", 3001);
        assertThat(reason(rejected.readRecord())).isEqualTo("delay 3001 outside [-120, 3000]");
        assertThat(days.isEmpty()).isTrue();
    }

    @Test
    void shouldTellTheWholeLengthOfALineThatWasCut() {
        Headers headers = new RecordHeaders().add("source.length", "10485760".getBytes(StandardCharsets.US_ASCII));
        flights.pipeInput(new TestRecord<>("", new byte[65_537], headers, 0L));
        assertThat(reason(rejected.readRecord())).isEqualTo("line of 10485760 bytes, at most 65536");
    }

    @Test
    void shouldKeepTheHeadersOfARejectedLine() {
        Headers headers = new RecordHeaders().add("source", new byte[16]);
        flights.pipeInput(new TestRecord<>("", new byte[0], headers, 0L));
        assertThat(rejected.readRecord().headers().lastHeader("source")).isNotNull();
    }

    @Test
    void shouldNameItsTopicsAndStoreInTheDescription() {
        assertThat(FlightsTopology.build().describe().toString())
                .contains(List.of("flights", "airports", "flights-rejected", "airport-days", "airport-day-stats"))
                .doesNotContain("repartition");
    }

    private void fly(String departure, String origin, int delay) {
        String line = departure + "," + origin + ",JFK," + delay + ",100";
        flights.pipeInput(
                origin,
                line.getBytes(StandardCharsets.UTF_8),
                LocalDateTime.parse(departure).toInstant(ZoneOffset.UTC));
    }

    private static String reason(TestRecord<String, byte[]> record) {
        return RejectionReason.of(record.headers());
    }
}
