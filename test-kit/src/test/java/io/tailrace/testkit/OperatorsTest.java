package io.tailrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.common.Bytes;
import io.tailrace.dsl.StreamsBuilder;
import io.tailrace.kstream.Consumed;
import io.tailrace.kstream.Grouped;
import io.tailrace.kstream.Joined;
import io.tailrace.kstream.KTable;
import io.tailrace.kstream.Materialized;
import io.tailrace.kstream.Produced;
import io.tailrace.kstream.Repartitioned;
import io.tailrace.kstream.TimeWindows;
import io.tailrace.log.api.Admin;
import io.tailrace.processor.KeyValue;
import io.tailrace.serde.Serde;
import io.tailrace.serde.Serdes;
import io.tailrace.state.KeyValueStore;
import io.tailrace.state.WindowStore;
import io.tailrace.stores.Stores;
import io.tailrace.topology.Topology;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** DSL operators on the real runtime, with several partitions and workers. */
class OperatorsTest {
    private static final Serde<String> TEXT = Serdes.String();
    private static final Consumed<String, String> TEXTS = Consumed.with(TEXT, TEXT);

    private static TestInputTopic<String, String> input(TopologyTestDriver driver, String topic) {
        return driver.createInputTopic(topic, TEXT.serializer(), TEXT.serializer());
    }

    private static List<String> outputs(TopologyTestDriver driver) {
        return driver.createOutputTopic("out", TEXT.deserializer(), TEXT.deserializer()).readKeyValuesToList().stream()
                .map(entry -> entry.key + "=" + entry.value)
                .toList();
    }

    @Test
    void shouldJoinAStreamWithATableMadeOfARekeyedStream() {
        StreamsBuilder builder = new StreamsBuilder();
        KTable<String, String> lastPlace = builder.stream("moves", TEXTS) // place -> person
                .map((place, person) -> KeyValue.pair(person, place))
                .toTable(Materialized.<String, String, KeyValueStore<Bytes, byte[]>>as("places")
                        .withKeySerde(TEXT)
                        .withValueSerde(TEXT));
        builder.stream("calls", TEXTS) // person -> what
                .leftJoin(lastPlace, (what, place) -> what + "@" + place, Joined.with(TEXT, TEXT, TEXT))
                .to("out", Produced.with(TEXT, TEXT));
        try (TopologyTestDriver driver = TopologyTestDriver.builder(builder.build())
                .partitions("moves", 4)
                .partitions("calls", 4)
                .workers(2)
                .build()) {
            TestInputTopic<String, String> moves = input(driver, "moves");
            moves.pipeInput("Rome", "ann", 1);
            moves.pipeInput("Oslo", "bob", 2);
            moves.pipeInput("Bern", "ann", 3);
            TestInputTopic<String, String> calls = input(driver, "calls");
            calls.pipeInput("ann", "hi", 4);
            driver.crash();
            calls.pipeInput("bob", "hello", 5);
            calls.pipeInput("eve", "psst", 6);

            assertThat(outputs(driver)).containsExactlyInAnyOrder("ann=hi@Bern", "bob=hello@Oslo", "eve=psst@null");
        }
    }

    @Test
    void shouldRepartitionIntoAsManyPartitionsAsAskedForAndKeepTheOrderOfAKey() {
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream("in", TEXTS)
                .selectKey((key, value) -> value.substring(0, 1))
                .repartition(Repartitioned.<String, String>as("by-letter")
                        .withKeySerde(TEXT)
                        .withValueSerde(TEXT)
                        .withNumberOfPartitions(5))
                .mapValues(value -> value.toUpperCase(Locale.ROOT))
                .to("out", Produced.with(TEXT, TEXT));
        try (TopologyTestDriver driver = TopologyTestDriver.builder(builder.build())
                .partitions("in", 2)
                .partitions("out", 3)
                .workers(3)
                .build()) {
            TestInputTopic<String, String> in = input(driver, "in");
            in.pipeInput("x", "a1", 1);
            in.pipeInput("x", "b1", 2);
            in.pipeInput("x", "a2", 3);
            in.pipeInput("x", "a3", 4);

            assertThat(outputs(driver))
                    .containsSubsequence("a=A1", "a=A2", "a=A3")
                    .contains("b=B1")
                    .hasSize(4);
            Admin admin = driver.log().admin();
            assertThat(admin.describeTopic("topology-test-driver-by-letter-repartition")
                            .partitions())
                    .isEqualTo(5);
        }
    }

    private static Topology counts(boolean inMemory) {
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream("in", TEXTS)
                .groupBy((key, value) -> value, Grouped.with(TEXT, TEXT))
                .count(Materialized.<String, Long>as(
                                inMemory
                                        ? Stores.inMemoryKeyValueStore("counts")
                                        : Stores.persistentKeyValueStore("counts"))
                        .withKeySerde(TEXT));
        builder.stream("in", TEXTS)
                .groupByKey(Grouped.with(TEXT, TEXT))
                .windowedBy(TimeWindows.ofSizeAndGrace(Duration.ofMinutes(1), Duration.ofMinutes(5)))
                .count(Materialized.<String, Long>as(
                                inMemory
                                        ? Stores.inMemoryWindowStore(
                                                "windows", Duration.ofMinutes(10), Duration.ofMinutes(1), false)
                                        : Stores.persistentWindowStore(
                                                "windows", Duration.ofMinutes(10), Duration.ofMinutes(1), false))
                        .withKeySerde(TEXT));
        return builder.build();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldRestoreKeyValueAndWindowStoresWhoseLocalStateIsGone(boolean inMemory) {
        try (TopologyTestDriver driver = TopologyTestDriver.builder(counts(inMemory))
                .partitions("in", 4)
                .workers(2)
                .build()) {
            for (int i = 0; i < 100; i++) {
                input(driver, "in").pipeInput("k" + i % 10, "v" + i % 3, i * 1_000L);
            }
            driver.restartWithoutLocalState();

            KeyValueStore<String, Long> counts = Objects.requireNonNull(driver.getKeyValueStore("counts"));
            assertThat(counts.get("v0")).isEqualTo(34L);
            assertThat(counts.get("v1")).isEqualTo(33L);
            WindowStore<String, Long> windows = Objects.requireNonNull(driver.getWindowStore("windows"));
            assertThat(windows.fetch("k3", 0)).isEqualTo(6L);
            assertThat(windows.fetch("k3", 60_000)).isEqualTo(4L);

            input(driver, "in").pipeInput("k3", "v0", Instant.ofEpochSecond(30)); // late, within the grace period
            assertThat(windows(driver).fetch("k3", 0)).isEqualTo(7L);
        }
    }

    private static WindowStore<String, Long> windows(TopologyTestDriver driver) {
        return Objects.requireNonNull(driver.getWindowStore("windows"));
    }
}
