package io.tailrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.common.Bytes;
import io.tailrace.common.header.RecordHeaders;
import io.tailrace.dsl.StreamsBuilder;
import io.tailrace.kstream.Consumed;
import io.tailrace.kstream.KTable;
import io.tailrace.kstream.Materialized;
import io.tailrace.kstream.Produced;
import io.tailrace.kstream.TimeWindows;
import io.tailrace.processor.PunctuationType;
import io.tailrace.processor.api.ContextualProcessor;
import io.tailrace.processor.api.ProcessorContext;
import io.tailrace.processor.api.Record;
import io.tailrace.runtime.config.StreamsConfig;
import io.tailrace.serde.Serde;
import io.tailrace.serde.Serdes;
import io.tailrace.state.KeyValueStore;
import io.tailrace.stores.Stores;
import io.tailrace.topology.Topology;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the cache of a store lets through, by the rules that Kafka Streams documents for its record cache. */
class CachingTest {
    private static final Serde<String> TEXT = Serdes.String();
    private static final Consumed<String, String> TEXTS = Consumed.with(TEXT, TEXT);

    private static TopologyTestDriver driver(Topology topology, @Nullable Long cacheBytes) {
        Properties config = new Properties();
        config.put(StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG, Serdes.StringSerde.class);
        config.put(StreamsConfig.DEFAULT_VALUE_SERDE_CLASS_CONFIG, Serdes.StringSerde.class);
        config.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE); // outputs show at once
        if (cacheBytes != null) {
            config.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, cacheBytes);
        }
        return TopologyTestDriver.builder(topology)
                .config(config)
                .commitManually()
                .build();
    }

    private static TopologyTestDriver driver(Topology topology) {
        return driver(topology, null);
    }

    private static TestInputTopic<String, String> input(TopologyTestDriver driver) {
        return driver.createInputTopic("in", TEXT.serializer(), TEXT.serializer());
    }

    /** What was written since the last call: {@code key=value@timestamp}. */
    private static List<String> outputs(TopologyTestDriver driver) {
        return driver.createOutputTopic("out", TEXT.deserializer(), TEXT.deserializer()).readRecordsToList().stream()
                .map(record -> record.key() + "=" + record.value() + "@" + record.timestamp())
                .toList();
    }

    private static <V> Materialized<String, V, KeyValueStore<Bytes, byte[]>> stored(String name, Serde<V> values) {
        return Materialized.<String, V, KeyValueStore<Bytes, byte[]>>as(name)
                .withKeySerde(TEXT)
                .withValueSerde(values);
    }

    private static Topology counts(Materialized<String, Long, KeyValueStore<Bytes, byte[]>> materialized) {
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream("in", TEXTS)
                .groupByKey()
                .count(materialized)
                .toStream()
                .mapValues(String::valueOf)
                .to("out", Produced.with(TEXT, TEXT));
        return builder.build();
    }

    @Test
    void shouldForwardTheLastUpdateOfEachKeyAtTheCommit() {
        try (TopologyTestDriver driver = driver(counts(stored("counts", Serdes.Long())))) {
            TestInputTopic<String, String> in = input(driver);
            in.pipeInput("a", "x", 10);
            in.pipeInput("b", "x", 20);
            in.pipeInput("a", "x", 5);
            assertThat(outputs(driver)).isEmpty();
            assertThat(Objects.requireNonNull(driver.<String, Long>getKeyValueStore("counts"))
                            .get("a"))
                    .isEqualTo(2L);
            driver.commit();
            assertThat(outputs(driver)).containsExactly("b=1@20", "a=2@10");
            driver.commit();
            assertThat(outputs(driver)).isEmpty();
        }
    }

    @Test
    void shouldForwardAtOnceWithoutACache() {
        List<String> each = List.of("a=1@1", "a=2@2");
        try (TopologyTestDriver driver = driver(counts(stored("counts", Serdes.Long())), 0L)) {
            input(driver).pipeInput("a", "x", 1);
            input(driver).pipeInput("a", "x", 2);
            assertThat(outputs(driver)).isEqualTo(each);
        }
        try (TopologyTestDriver driver =
                driver(counts(stored("counts", Serdes.Long()).withCachingDisabled()))) {
            input(driver).pipeInput("a", "x", 1);
            input(driver).pipeInput("a", "x", 2);
            assertThat(outputs(driver)).isEqualTo(each);
        }
    }

    @Test
    void shouldForwardBeforeTheCommitWhenMemoryRunsShort() {
        try (TopologyTestDriver driver = driver(counts(stored("counts", Serdes.Long())), 1_000L)) {
            for (int key = 0; key < 20; key++) {
                input(driver).pipeInput("k" + key, "x", key);
            }
            List<String> early = outputs(driver);
            assertThat(early).hasSizeBetween(10, 19).startsWith("k0=1@0", "k1=1@1");
            driver.commit();
            assertThat(early.size() + outputs(driver).size()).isEqualTo(20);
        }
    }

    @Test
    void shouldKeepBackATableEntryThatComesAndGoesBetweenTwoCommits() {
        StreamsBuilder builder = new StreamsBuilder();
        builder.table("in", TEXTS, stored("table", TEXT)).toStream().to("out", Produced.with(TEXT, TEXT));
        try (TopologyTestDriver driver = driver(builder.build())) {
            TestInputTopic<String, String> in = input(driver);
            in.pipeInput("a", "x", 1);
            in.pipeInput("a", null, 2);
            in.pipeInput("b", "y", 3);
            driver.commit();
            assertThat(outputs(driver)).containsExactly("b=y@3");
            in.pipeInput("b", "z", 4);
            in.pipeInput("b", null, 5);
            driver.commit();
            assertThat(outputs(driver)).containsExactly("b=null@5");
        }
    }

    @Test
    void shouldFlushStoresOneAfterTheOtherDownstream() {
        StreamsBuilder builder = new StreamsBuilder();
        KTable<String, Long> counts = builder.stream("in", TEXTS).groupByKey().count(stored("counts", Serdes.Long()));
        counts.filter((key, count) -> count % 2 == 0, stored("even", Serdes.Long()))
                .mapValues(count -> "n" + count, stored("labels", TEXT))
                .toStream()
                .to("out", Produced.with(TEXT, TEXT));
        try (TopologyTestDriver driver = driver(builder.build())) {
            TestInputTopic<String, String> in = input(driver);
            for (int i = 1; i <= 4; i++) {
                in.pipeInput("a", "x", i);
                in.pipeInput("b", "x", i);
            }
            in.pipeInput("b", "x", 5);
            driver.commit();
            assertThat(outputs(driver)).containsExactly("a=n4@4"); // nobody has heard of b=4
            in.pipeInput("a", "x", 6);
            in.pipeInput("b", "x", 6);
            driver.commit();
            assertThat(outputs(driver)).containsExactly("a=null@6", "b=n6@6");
            driver.restartWithoutLocalState();
            assertThat(Objects.requireNonNull(driver.<String, String>getKeyValueStore("labels"))
                            .get("b"))
                    .isEqualTo("n6");
        }
    }

    @Test
    void shouldForwardWithTheHeadersAndThePlaceOfTheLastUpdate() {
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream("in", TEXTS)
                .groupByKey()
                .count(stored("counts", Serdes.Long()))
                .toStream()
                .process(Place::new)
                .to("out", Produced.with(TEXT, TEXT));
        try (TopologyTestDriver driver = driver(builder.build())) {
            TestInputTopic<String, String> in = input(driver);
            in.pipeInput(new TestRecord<>("a", "x", header("1"), 1L));
            in.pipeInput(new TestRecord<>("b", "x", header("2"), 2L));
            in.pipeInput(new TestRecord<>("a", "x", header("3"), 3L));
            in.pipeInput(new TestRecord<>("b", "x", new RecordHeaders(), 4L));
            driver.commit();
            assertThat(outputs(driver)).containsExactly("a=in-0@2 h3@3", "b=in-0@3@4");
        }
    }

    private static RecordHeaders header(String value) {
        RecordHeaders headers = new RecordHeaders();
        headers.add("h", value.getBytes(StandardCharsets.UTF_8));
        return headers;
    }

    private static final class Place extends ContextualProcessor<String, Long, String, String> {
        @Override
        public void process(Record<String, Long> record) {
            StringBuilder place = new StringBuilder();
            context()
                    .recordMetadata()
                    .ifPresent(at -> place.append(at.topic() + "-" + at.partition() + "@" + at.offset()));
            record.headers().forEach(header -> place.append(" h")
                    .append(new String(header.value() == null ? new byte[0] : header.value(), StandardCharsets.UTF_8)));
            context().forward(record.withValue(place.toString()));
        }
    }

    @Test
    void shouldForwardTheLastUpdateOfEachWindow() {
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream("in", TEXTS)
                .groupByKey()
                .windowedBy(TimeWindows.ofSizeWithNoGrace(Duration.ofMillis(10)))
                .count()
                .toStream((key, count) ->
                        key.key() + key.window().start() + "-" + key.window().end())
                .mapValues(String::valueOf)
                .to("out", Produced.with(TEXT, TEXT));
        try (TopologyTestDriver driver = driver(builder.build())) {
            TestInputTopic<String, String> in = input(driver);
            in.pipeInput("a", "x", 1);
            in.pipeInput("a", "x", 2);
            in.pipeInput("a", "x", 11);
            in.pipeInput("a", "x", 3); // late: its window is closed
            driver.commit();
            assertThat(outputs(driver)).containsExactly("a0-10=2@2", "a10-20=1@11");
        }
    }

    @Test
    void shouldCommitWhatAPunctuatorLeavesInTheCache() {
        StreamsBuilder builder = new StreamsBuilder();
        builder.addStateStore(Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore("ticks"), TEXT, TEXT)
                .withCachingEnabled());
        builder.stream("in", TEXTS).process(Ticks::new, "ticks");
        try (TopologyTestDriver driver = driver(builder.build())) {
            driver.advanceWallClockTime(Duration.ofSeconds(1));
            driver.commit();
            driver.restartWithoutLocalState();
            assertThat(Objects.requireNonNull(driver.<String, String>getKeyValueStore("ticks"))
                            .get("tick"))
                    .isEqualTo("tock");
        }
    }

    private static final class Ticks extends ContextualProcessor<String, String, Void, Void> {
        @Override
        public void init(ProcessorContext<Void, Void> context) {
            super.init(context);
            KeyValueStore<String, String> ticks = context.getStateStore("ticks");
            context.schedule(Duration.ofSeconds(1), PunctuationType.WALL_CLOCK_TIME, now -> ticks.put("tick", "tock"));
        }

        @Override
        public void process(Record<String, String> record) {}
    }

    /** A store that its user put first in the program, though what goes there comes out of another one's cache. */
    @Test
    void shouldCommitWhatAFlushWritesToAStoreThatWasFlushedBefore() {
        StreamsBuilder builder = new StreamsBuilder();
        builder.addStateStore(Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore("seen"), TEXT, TEXT)
                .withCachingEnabled());
        builder.stream("in", TEXTS).process(() -> new Seen<>("first"), "seen");
        builder.stream("in", TEXTS)
                .groupByKey()
                .count(stored("counts", Serdes.Long()))
                .toStream()
                .process(() -> new Seen<>("counted"), "seen");
        try (TopologyTestDriver driver = driver(builder.build())) {
            input(driver).pipeInput("a", "x", Instant.ofEpochMilli(1));
            driver.commit();
            driver.restartWithoutLocalState();
            assertThat(Objects.requireNonNull(driver.<String, String>getKeyValueStore("seen"))
                            .get("a"))
                    .isEqualTo("counted");
        }
    }

    private static final class Seen<V> extends ContextualProcessor<String, V, Void, Void> {
        private final String what;

        Seen(String what) {
            this.what = what;
        }

        @Override
        public void process(Record<String, V> record) {
            KeyValueStore<@Nullable String, String> seen = context().getStateStore("seen");
            seen.put(Objects.requireNonNull(record.key()), what);
        }
    }

    @Test
    void shouldForgetWithACrashWhatWasHeldBack() {
        try (TopologyTestDriver driver = driver(counts(stored("counts", Serdes.Long())))) {
            TestInputTopic<String, String> in = input(driver);
            in.pipeInput("a", "x", 1);
            driver.commit();
            in.pipeInput("a", "x", 2);
            driver.crash(); // processes the second record again
            driver.commit();
            assertThat(outputs(driver)).containsExactly("a=1@1", "a=2@2");
            assertThat(Objects.requireNonNull(driver.<String, Long>getKeyValueStore("counts"))
                            .get("a"))
                    .isEqualTo(2L);
        }
    }
}
