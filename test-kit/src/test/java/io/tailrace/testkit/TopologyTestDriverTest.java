package io.tailrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.common.config.ConfigException;
import io.tailrace.common.header.RecordHeaders;
import io.tailrace.errors.StreamsException;
import io.tailrace.processor.KeyValue;
import io.tailrace.processor.PunctuationType;
import io.tailrace.serde.Serdes;
import io.tailrace.state.KeyValueStore;
import io.tailrace.topology.Topology;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Properties;
import java.util.regex.Pattern;
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
    void shouldReadTopicsByPatternThatAppearLater() {
        Topology topology =
                new Topology().addSource("source", Pattern.compile("in-.*")).addSink("sink", "out", "source");
        try (TopologyTestDriver driver = new TopologyTestDriver(topology)) {
            for (String topic : List.of("in-a", "in-b")) {
                driver.createInputTopic(
                                topic,
                                Serdes.String().serializer(),
                                Serdes.String().serializer())
                        .pipeInput("k", topic);
            }
            assertThat(texts(driver).readValuesToList()).containsExactly("in-a", "in-b");
            TestInputTopic<String, String> other = driver.createInputTopic(
                    "other", Serdes.String().serializer(), Serdes.String().serializer());
            assertThatThrownBy(() -> other.pipeInput("k", "v")).hasMessageContaining("other");
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

    @Test
    void shouldKeepGoingAfterARestartOfAFailedApplication() {
        try (TopologyTestDriver driver = new TopologyTestDriver(Topologies.countByKey(Topologies.inMemoryCounts()))) {
            TestInputTopic<String, String> in = input(driver);
            in.pipeInput("a", "1");
            assertThatThrownBy(() -> in.pipeInput("a", "fail")).isInstanceOf(StreamsException.class);

            assertThatThrownBy(() -> in.pipeInput("a", "2"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("told to fail");
            assertThatThrownBy(driver::restart)
                    .isInstanceOf(StreamsException.class)
                    .hasMessageContaining("in-0@1");
        }
    }

    @Test
    void shouldRefuseATopicThatTheTopologyDoesNotRead() {
        try (TopologyTestDriver driver = new TopologyTestDriver(Topologies.upperCase())) {
            TestInputTopic<String, String> wrong = driver.createInputTopic(
                    "inn", Serdes.String().serializer(), Serdes.String().serializer());

            assertThatThrownBy(() -> wrong.pipeInput("v"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("Unknown topic: inn, the topology reads [in]");
        }
    }

    @Test
    void shouldNameTheTopicsThatWereWrittenTo() {
        try (TopologyTestDriver driver = new TopologyTestDriver(Topologies.countByKey(Topologies.inMemoryCounts()))) {
            assertThat(driver.producedTopicNames()).isEmpty();
            input(driver).pipeInput("a", "1");

            assertThat(driver.producedTopicNames()).containsExactly("out", "topology-test-driver-counts-changelog");
        }
    }

    @Test
    void shouldTakeTheApplicationIdFromTheConfiguration() {
        Properties config = new Properties();
        config.setProperty("application.id", "mine");
        config.setProperty("bootstrap.servers", "ignored:9092");
        try (TopologyTestDriver driver =
                new TopologyTestDriver(Topologies.countByKey(Topologies.inMemoryCounts()), config, START)) {
            input(driver).pipeInput("a", "1");

            assertThat(driver.producedTopicNames()).contains("mine-counts-changelog");
            assertThat(driver.time().milliseconds()).isEqualTo(START.toEpochMilli());
        }
    }

    @Test
    void shouldShowOnlyWhatTheTopologyWroteToATopicThatIsAlsoAnInput() {
        Topology loop = new Topology()
                .addSource(
                        "source",
                        Serdes.String().deserializer(),
                        Serdes.String().deserializer(),
                        "in")
                .addProcessor("upper", Topologies.UpperCase::new, "source")
                .addSink(
                        "sink",
                        "through",
                        Serdes.String().serializer(),
                        Serdes.String().serializer(),
                        "upper")
                .addSource(
                        "again", Serdes.String().deserializer(), Serdes.String().deserializer(), "through")
                .addSink(
                        "end",
                        "out",
                        Serdes.String().serializer(),
                        Serdes.String().serializer(),
                        "again");
        try (TopologyTestDriver driver = new TopologyTestDriver(loop)) {
            driver.createInputTopic(
                            "through",
                            Serdes.String().serializer(),
                            Serdes.String().serializer())
                    .pipeInput("piped");
            input(driver).pipeInput("written");

            assertThat(driver.createOutputTopic(
                                    "through",
                                    Serdes.String().deserializer(),
                                    Serdes.String().deserializer())
                            .readValuesToList())
                    .containsExactly("WRITTEN");
            assertThat(texts(driver).readValuesToList()).containsExactly("piped", "WRITTEN");
        }
    }

    @Test
    void shouldLetATestWriteAStore() {
        try (TopologyTestDriver driver = new TopologyTestDriver(Topologies.countByKey(Topologies.inMemoryCounts()))) {
            Objects.requireNonNull(driver.<String, Long>getKeyValueStore("counts"))
                    .put("a", 41L);
            input(driver).pipeInput("a", "1");

            assertThat(numbers(driver).readValue()).isEqualTo(42L);
        }
    }

    @Test
    void shouldReturnNullForAStoreOfAnotherNameOrKind() {
        try (TopologyTestDriver driver = new TopologyTestDriver(Topologies.countByKey(Topologies.inMemoryCounts()))) {
            assertThat(driver.getStateStore("other")).isNull();
            assertThat(driver.getKeyValueStore("other")).isNull();
            assertThat(driver.getWindowStore("counts")).isNull();
            assertThat(driver.getTimestampedKeyValueStore("counts")).isNull();
            assertThat(driver.getAllStateStores()).containsOnlyKeys("counts");
        }
    }

    @Test
    void shouldReadKeyValuesIntoAMapOfTheLastValues() {
        try (TopologyTestDriver driver = new TopologyTestDriver(Topologies.countByKey(Topologies.inMemoryCounts()))) {
            TestInputTopic<String, String> in = input(driver);
            in.pipeInput("a", "1");
            in.pipeInput("b", "1");
            in.pipeInput("a", "1");
            TestOutputTopic<String, Long> out = numbers(driver);
            assertThat(out.getQueueSize()).isEqualTo(3);

            assertThat(out.readKeyValuesToMap()).isEqualTo(Map.of("a", 2L, "b", 1L));
            assertThat(out.isEmpty()).isTrue();
        }
    }

    @Test
    void shouldKeepTombstonesAndHeaders() {
        try (TopologyTestDriver driver = new TopologyTestDriver(Topologies.upperCase())) {
            RecordHeaders headers = new RecordHeaders();
            headers.add("trace", new byte[] {7});
            input(driver).pipeInput(new TestRecord<>("k", null, headers, START));
            TestRecord<String, String> out = texts(driver).readRecord();

            assertThat(out.value()).isNull();
            assertThat(Objects.requireNonNull(out.headers().lastHeader("trace")).value())
                    .containsExactly(7);
            assertThat(out.timestamp()).isEqualTo(START.toEpochMilli());
        }
    }

    @Test
    void shouldGiveRecordsTheTimeOfTheClockOrOfTheTopic() {
        try (TopologyTestDriver driver = new TopologyTestDriver(Topologies.upperCase(), START)) {
            driver.advanceWallClockTime(Duration.ofSeconds(3));
            input(driver).pipeInput("by clock");
            TestInputTopic<String, String> timed = driver.createInputTopic(
                    "in",
                    Serdes.String().serializer(),
                    Serdes.String().serializer(),
                    Instant.ofEpochMilli(100),
                    Duration.ofMillis(10));
            timed.pipeValueList(List.of("by topic", "and ten later"));
            timed.advanceTime(Duration.ofSeconds(1));
            timed.pipeInput("much later");
            timed.pipeInput("k", "by record", 5);
            timed.pipeKeyValueList(
                    List.of(KeyValue.pair("k", "list 1"), KeyValue.pair("k", "list 2")),
                    Instant.ofEpochMilli(7),
                    Duration.ofMillis(2));

            assertThat(texts(driver).readRecordsToList())
                    .extracting(TestRecord::timestamp)
                    .containsExactly(START.plusSeconds(3).toEpochMilli(), 100L, 110L, 1120L, 5L, 7L, 9L);
        }
    }

    @Test
    void shouldFireStreamTimePunctuatorsAsRecordsAdvanceTime() {
        try (TopologyTestDriver driver = new TopologyTestDriver(
                Topologies.punctuating(Duration.ofSeconds(1), PunctuationType.STREAM_TIME), START)) {
            input(driver).pipeInput("k", "v", 0);
            input(driver).pipeInput("k", "v", 999);
            input(driver).pipeInput("k", "v", 1500);
            driver.advanceWallClockTime(Duration.ofHours(1));

            assertThat(numbers(driver).readValuesToList()).containsExactly(0L, 1500L);
        }
    }

    @Test
    void shouldBeClosedTwiceAndUsedNoMore() {
        TopologyTestDriver driver = new TopologyTestDriver(Topologies.upperCase());
        driver.close();
        driver.close();

        assertThatThrownBy(() -> input(driver).pipeInput("v")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldRefuseWrongConfigurationsAndCounts() {
        Properties config = new Properties();
        config.setProperty("no.such.key", "1");

        assertThatThrownBy(() -> new TopologyTestDriver(Topologies.upperCase(), config))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("no.such.key");
        TopologyTestDriver.Builder builder = TopologyTestDriver.builder(Topologies.upperCase());
        assertThatThrownBy(() -> builder.partitions("in", 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.workers(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldLeaveNothingBehindWhenItDoesNotOpen() {
        Topology failing = new Topology()
                .addSource(
                        "source",
                        Serdes.String().deserializer(),
                        Serdes.String().deserializer(),
                        "in")
                .addProcessor("broken", Topologies.FailsInInit::new, "source");

        assertThatThrownBy(() -> new TopologyTestDriver(failing))
                .isInstanceOf(StreamsException.class)
                .hasMessageContaining("processor broken, init");
        new TopologyTestDriver(Topologies.upperCase()).close(); // the same application id is free again
    }
}
