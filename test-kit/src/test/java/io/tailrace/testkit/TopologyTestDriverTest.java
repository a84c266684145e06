package io.tailrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.errors.StreamsException;
import io.tailrace.processor.KeyValue;
import io.tailrace.processor.PunctuationType;
import io.tailrace.serde.Serdes;
import io.tailrace.state.KeyValueStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class TopologyTestDriverTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static TestInputTopic<String, String> input(TopologyTestDriver driver) {
        return driver.createInputTopic(
                "in", Serdes.String().serializer(), Serdes.String().serializer());
    }

    private static TestOutputTopic<String, String> texts(TopologyTestDriver driver) {
        return driver.createOutputTopic(
                "out", Serdes.String().deserializer(), Serdes.String().deserializer());
    }

    private static TestOutputTopic<String, Long> numbers(TopologyTestDriver driver) {
        return driver.createOutputTopic(
                "out", Serdes.String().deserializer(), Serdes.Long().deserializer());
    }

    @Test
    void shouldProcessWhatIsPipedIn() {
        try (TopologyTestDriver driver = new TopologyTestDriver(Topologies.upperCase(), START)) {
            input(driver).pipeInput("k", "hello", START.plusSeconds(5));

            TestRecord<String, String> out = texts(driver).readRecord();
            assertThat(out.key()).isEqualTo("k");
            assertThat(out.value()).isEqualTo("HELLO");
            assertThat(out.getRecordTime()).isEqualTo(START.plusSeconds(5));
        }
    }

    @Test
    void shouldKeepStateBetweenRecords() {
        try (TopologyTestDriver driver = new TopologyTestDriver(Topologies.countByKey(Topologies.inMemoryCounts()))) {
            input(driver)
                    .pipeKeyValueList(
                            List.of(KeyValue.pair("a", "1"), KeyValue.pair("b", "2"), KeyValue.pair("a", "3")));

            assertThat(numbers(driver).readKeyValuesToList())
                    .containsExactly(KeyValue.pair("a", 1L), KeyValue.pair("b", 1L), KeyValue.pair("a", 2L));
            KeyValueStore<String, Long> counts = Objects.requireNonNull(driver.getKeyValueStore("counts"));
            assertThat(counts.get("a")).isEqualTo(2L);
        }
    }

    @Test
    void shouldHandAProcessorsExceptionToTheCaller() {
        try (TopologyTestDriver driver = new TopologyTestDriver(Topologies.upperCase())) {
            TestInputTopic<String, String> in = input(driver);
            in.pipeInput("k", "fine");

            assertThatThrownBy(() -> in.pipeInput("k", "fail"))
                    .isInstanceOf(StreamsException.class)
                    .hasMessage("task 0_0, processor upper, in-0@1: java.lang.IllegalStateException: told to fail")
                    .hasCauseInstanceOf(IllegalStateException.class);
            assertThat(texts(driver).readValuesToList()).containsExactly("FINE");
        }
    }

    @Test
    void shouldFireWallClockPunctuatorsWhenTheClockIsMoved() {
        try (TopologyTestDriver driver = new TopologyTestDriver(
                Topologies.punctuating(Duration.ofSeconds(10), PunctuationType.WALL_CLOCK_TIME), START)) {
            driver.advanceWallClockTime(Duration.ofSeconds(9));
            assertThat(numbers(driver).isEmpty()).isTrue();

            driver.advanceWallClockTime(Duration.ofSeconds(1));
            assertThat(numbers(driver).readValue())
                    .isEqualTo(START.plusSeconds(10).toEpochMilli());
        }
    }

    @Test
    void shouldSayWhichTopicsHaveRecordsWhenOneHasNone() {
        try (TopologyTestDriver driver = new TopologyTestDriver(Topologies.upperCase())) {
            input(driver).pipeInput("a");
            TestOutputTopic<String, String> out = texts(driver);
            out.readRecord();

            assertThatThrownBy(out::readRecord)
                    .isInstanceOf(NoSuchElementException.class)
                    .hasMessageContaining("'out'")
                    .hasMessageContaining("[out]");
        }
    }
}
