package io.tailrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.dsl.StreamsBuilder;
import io.tailrace.errors.StreamsException;
import io.tailrace.kstream.Consumed;
import io.tailrace.kstream.Grouped;
import io.tailrace.kstream.Joined;
import io.tailrace.kstream.KTable;
import io.tailrace.kstream.Materialized;
import io.tailrace.kstream.Produced;
import io.tailrace.kstream.TimeWindows;
import io.tailrace.runtime.config.StreamsConfig;
import io.tailrace.serde.Serdes;
import io.tailrace.state.KeyValueIterator;
import io.tailrace.state.KeyValueStore;
import io.tailrace.state.WindowStore;
import io.tailrace.topology.Topology;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a driver does with several partitions, workers, repartition topics, restarts and crashes. */
class PartitionsTest {
    private static final Consumed<String, String> TEXTS = Consumed.with(Serdes.String(), Serdes.String());

    /** Counts words, which moves each record to the partition of its word. */
    private static Topology wordCount() {
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream("in", TEXTS)
                .flatMapValues(line -> List.of(line.toLowerCase(Locale.ROOT).split(" ")))
                .groupBy((key, word) -> word, Grouped.with(Serdes.String(), Serdes.String()))
                .count(Materialized.as("counts"))
                .toStream()
                .to("out", Produced.with(Serdes.String(), Serdes.Long()));
        return builder.build();
    }

    private static TestInputTopic<String, String> input(TopologyTestDriver driver, String topic) {
        return driver.createInputTopic(
                topic, Serdes.String().serializer(), Serdes.String().serializer());
    }

    private static TestOutputTopic<String, Long> numbers(TopologyTestDriver driver) {
        return driver.createOutputTopic(
                "out", Serdes.String().deserializer(), Serdes.Long().deserializer());
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "4, 1", "4, 2", "4, 4", "3, 8"})
    void shouldCountTheSameWithAnyNumberOfPartitionsAndWorkers(int partitions, int workers) {
        try (TopologyTestDriver driver = TopologyTestDriver.builder(wordCount())
                .partitions("in", partitions)
                .workers(workers)
                .build()) {
            TestInputTopic<String, String> in = input(driver, "in");
            in.pipeInput("line 1", "to be or not to be");
            in.pipeInput("line 2", "that is the question");
            in.pipeInput("line 3", "Be that");

            assertThat(numbers(driver).readKeyValuesToMap())
                    .isEqualTo(Map.of(
                            "to", 2L, "be", 3L, "or", 1L, "not", 1L, "that", 2L, "is", 1L, "the", 1L, "question", 1L));
        }
    }

    @Test
    void shouldUseARepartitionTopic() {
        try (TopologyTestDriver driver =
                TopologyTestDriver.builder(wordCount()).partitions("in", 3).build()) {
            input(driver, "in").pipeInput("k", "word");

            assertThat(driver.producedTopicNames()).anyMatch(topic -> topic.endsWith("-repartition"));
            String repartition = driver.producedTopicNames().stream()
                    .filter(topic -> topic.endsWith("-repartition"))
                    .findFirst()
                    .orElseThrow();
            assertThat(driver.log().admin().describeTopic(repartition).partitions())
                    .isEqualTo(3);
        }
    }

    @Test
    void shouldShowAStoreOfSeveralPartitionsAsOne() {
        try (TopologyTestDriver driver = TopologyTestDriver.builder(wordCount())
                .partitions("in", 4)
                .workers(2)
                .build()) {
            input(driver, "in").pipeInput("k", "a b c d e f g h");
            KeyValueStore<String, Long> counts = Objects.requireNonNull(driver.getKeyValueStore("counts"));

            List<String> words = new ArrayList<>();
            try (KeyValueIterator<String, Long> all = counts.all()) {
                all.forEachRemaining(entry -> words.add(entry.key + entry.value));
            }
            assertThat(words).containsExactlyInAnyOrder("a1", "b1", "c1", "d1", "e1", "f1", "g1", "h1");
            assertThat(counts.get("c")).isEqualTo(1L);
            assertThat(Objects.requireNonNull(driver.<String, Long>getTimestampedKeyValueStore("counts"))
                            .get("c"))
                    .isNotNull();
            assertThatThrownBy(() -> counts.put("c", 9L)).isInstanceOf(UnsupportedOperationException.class);
        }
    }

    @Test
    void shouldKeepStateAndOffsetsOverARestart() {
        try (TopologyTestDriver driver = TopologyTestDriver.builder(wordCount())
                .partitions("in", 2)
                .workers(2)
                .build()) {
            input(driver, "in").pipeInput("k", "again and again");
            driver.restart();
            input(driver, "in").pipeInput("k", "again");

            assertThat(numbers(driver).readKeyValuesToList())
                    .extracting(entry -> entry.key + entry.value)
                    .containsExactlyInAnyOrder("again2", "and1", "again3"); // again1 was never committed
        }
    }

    @Test
    void shouldLoseNothingInACrashAfterACommit() {
        try (TopologyTestDriver driver =
                TopologyTestDriver.builder(wordCount()).partitions("in", 2).build()) {
            input(driver, "in").pipeInput("k", "once");
            driver.crash();
            input(driver, "in").pipeInput("k", "once");

            assertThat(numbers(driver).readValuesToList()).containsExactly(1L, 2L);
        }
    }

    @Test
    void shouldRepeatInACrashWhatWasNotCommitted() {
        try (TopologyTestDriver driver = TopologyTestDriver.builder(
                        Topologies.countByKey(Topologies.persistentCounts()))
                .commitManually()
                .build()) {
            input(driver, "in").pipeInput("a", "committed");
            driver.commit();
            input(driver, "in").pipeInput("a", "not committed");
            assertThat(numbers(driver).readValuesToList()).containsExactly(1L);
            driver.crash();
            assertThat(numbers(driver).readValuesToList()).isEmpty();
            driver.commit();

            assertThat(numbers(driver).readValuesToList()).containsExactly(2L);
        }
    }

    @Test
    void shouldRepeatInACrashWhatWasSeenBeforeItsCommit() {
        Properties atLeastOnce = new Properties();
        atLeastOnce.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
        try (TopologyTestDriver driver = TopologyTestDriver.builder(
                        Topologies.countByKey(Topologies.persistentCounts()))
                .config(atLeastOnce)
                .commitManually()
                .build()) {
            input(driver, "in").pipeInput("a", "committed");
            driver.commit();
            input(driver, "in").pipeInput("a", "not committed");
            assertThat(numbers(driver).readValuesToList()).containsExactly(1L, 2L);
            driver.crash();

            // the changelog already holds the second count, and the record is counted again
            assertThat(numbers(driver).readValuesToList()).containsExactly(3L);
        }
    }

    @Test
    void shouldRepeatNothingInACrashAfterAManualCommit() {
        try (TopologyTestDriver driver = TopologyTestDriver.builder(
                        Topologies.countByKey(Topologies.persistentCounts()))
                .commitManually()
                .build()) {
            input(driver, "in").pipeInput("a", "1");
            driver.commit();
            driver.crash();
            input(driver, "in").pipeInput("a", "2");
            driver.commit();

            assertThat(numbers(driver).readValuesToList()).containsExactly(1L, 2L);
        }
    }

    @Test
    void shouldProcessTheRecordThatFailedAgainAfterACrash() {
        try (TopologyTestDriver driver = TopologyTestDriver.builder(
                        Topologies.countByKey(Topologies.persistentCounts()))
                .partitions("in", 2)
                .build()) {
            TestInputTopic<String, String> in = input(driver, "in");
            assertThatThrownBy(() -> in.pipeInput("a", "fail")).isInstanceOf(StreamsException.class);
            assertThatThrownBy(driver::crash)
                    .isInstanceOf(StreamsException.class)
                    .hasMessageContaining("told to fail");
        }
    }

    @Test
    void shouldWindowByEventTime() {
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream("in", TEXTS)
                .groupByKey()
                .windowedBy(TimeWindows.ofSizeAndGrace(Duration.ofSeconds(10), Duration.ofSeconds(5)))
                .count(Materialized.as("windows"));
        try (TopologyTestDriver driver =
                TopologyTestDriver.builder(builder.build()).partitions("in", 2).build()) {
            TestInputTopic<String, String> in = input(driver, "in");
            in.pipeInput("a", "v", 1_000);
            in.pipeInput("a", "v", 9_999);
            in.pipeInput("a", "v", 10_000);
            in.pipeInput("a", "in grace", 2_000);
            WindowStore<String, Long> windows = Objects.requireNonNull(driver.getWindowStore("windows"));
            assertThat(windows.fetch("a", 0)).isEqualTo(3L);

            in.pipeInput("a", "v", 20_000);
            in.pipeInput("a", "too late", 3_000);
            assertThat(windows.fetch("a", 0)).isNull(); // expired: past the end of the window and its grace
            assertThat(windows.fetch("a", 10_000)).isEqualTo(1L);
            assertThat(Objects.requireNonNull(driver.<String, Long>getTimestampedWindowStore("windows"))
                            .fetch("a", 20_000))
                    .isNotNull();
        }
    }

    @Test
    void shouldStillRefuseLateRecordsAfterARestart() {
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream("in", TEXTS)
                .groupByKey()
                .windowedBy(TimeWindows.ofSizeWithNoGrace(Duration.ofSeconds(10)))
                .count(Materialized.as("windows"));
        try (TopologyTestDriver driver = new TopologyTestDriver(builder.build())) {
            input(driver, "in").pipeInput("a", "v", 25_000);
            driver.restart();
            input(driver, "in").pipeInput("a", "too late", 3_000);

            assertThat(Objects.requireNonNull(driver.<String, Long>getWindowStore("windows"))
                            .fetch("a", 0))
                    .isNull();
        }
    }

    @Test
    void shouldJoinAStreamWithATableOfTheSamePartitions() {
        try (TopologyTestDriver driver = TopologyTestDriver.builder(joined())
                .partitions("in", 3)
                .partitions("table", 3)
                .workers(3)
                .build()) {
            input(driver, "table").pipeInput("de", "Germany", 1);
            input(driver, "table").pipeInput("fr", "France", 1);
            input(driver, "in").pipeInput("fr", "Paris", 2);
            input(driver, "in").pipeInput("xx", "Nowhere", 2);

            assertThat(driver.createOutputTopic(
                                    "out",
                                    Serdes.String().deserializer(),
                                    Serdes.String().deserializer())
                            .readValuesToList())
                    .containsExactlyInAnyOrder("Paris in France");
        }
    }

    @Test
    void shouldRefuseToJoinTopicsWithDifferentPartitionCounts() {
        assertThatThrownBy(() -> TopologyTestDriver.builder(joined())
                        .partitions("in", 3)
                        .partitions("table", 2)
                        .build())
                .hasMessageContaining("in=3")
                .hasMessageContaining("table=2");
    }

    private static Topology joined() {
        StreamsBuilder builder = new StreamsBuilder();
        KTable<String, String> countries = builder.table("table", TEXTS);
        builder.stream("in", TEXTS)
                .join(
                        countries,
                        (city, country) -> city + " in " + country,
                        Joined.with(Serdes.String(), Serdes.String(), Serdes.String()))
                .to("out", Produced.with(Serdes.String(), Serdes.String()));
        return builder.build();
    }

    @Test
    void shouldJoinWithAGlobalTable() {
        StreamsBuilder builder = new StreamsBuilder();
        var codes = builder.globalTable("codes", TEXTS, Materialized.as("codes-store"));
        builder.stream("in", TEXTS)
                .leftJoin(codes, (key, value) -> value, (value, name) -> value + "=" + name)
                .to("out", Produced.with(Serdes.String(), Serdes.String()));
        try (TopologyTestDriver driver = TopologyTestDriver.builder(builder.build())
                .partitions("in", 2)
                .partitions("codes", 3)
                .workers(2)
                .build()) {
            input(driver, "codes").pipeInput("a", "Alpha");
            input(driver, "codes").pipeInput("b", "Beta");
            input(driver, "in").pipeInput("k", "b");
            driver.restart();
            input(driver, "in").pipeInput("k", "a");
            input(driver, "in").pipeInput("k", "c");

            assertThat(driver.createOutputTopic(
                                    "out",
                                    Serdes.String().deserializer(),
                                    Serdes.String().deserializer())
                            .readValuesToList())
                    .containsExactly("b=Beta", "a=Alpha", "c=null");
            assertThat(Objects.requireNonNull(driver.<String, String>getKeyValueStore("codes-store"))
                            .get("a"))
                    .isEqualTo("Alpha");
        }
    }

    @Property(tries = 25)
    void shouldCountWhatAMapCountsWhateverThePartitionsAndRestarts(
            @ForAll @Size(max = 30) List<@IntRange(min = 0, max = 5) Integer> keys,
            @ForAll @IntRange(min = 1, max = 4) int partitions,
            @ForAll @IntRange(min = 1, max = 3) int workers,
            @ForAll @IntRange(min = 2, max = 9) int restartEvery) {
        Map<String, Long> expected = new HashMap<>();
        try (TopologyTestDriver driver = TopologyTestDriver.builder(Topologies.countByKey(Topologies.inMemoryCounts()))
                .partitions("in", partitions)
                .workers(workers)
                .build()) {
            TestInputTopic<String, String> in = input(driver, "in");
            int piped = 0;
            for (int key : keys) {
                in.pipeInput("k" + key, "v");
                expected.merge("k" + key, 1L, Long::sum);
                piped++;
                if (piped % restartEvery == 0) {
                    if (piped % 2 == 0) {
                        driver.restart();
                    } else {
                        driver.crash();
                    }
                }
            }
            assertThat(numbers(driver).readKeyValuesToMap()).isEqualTo(expected);
        }
    }
}
