package io.tailrace.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.common.Bytes;
import io.tailrace.common.header.RecordHeaders;
import io.tailrace.kstream.Consumed;
import io.tailrace.kstream.Grouped;
import io.tailrace.kstream.KGroupedStream;
import io.tailrace.kstream.KTable;
import io.tailrace.kstream.Materialized;
import io.tailrace.kstream.Named;
import io.tailrace.serde.Serdes;
import io.tailrace.state.KeyValueStore;
import io.tailrace.state.TimestampedKeyValueStore;
import io.tailrace.state.ValueAndTimestamp;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AggregateTest {
    private final StreamsBuilder builder = new StreamsBuilder();
    private final KGroupedStream<String, String> grouped = builder.stream(
                    "in", Consumed.with(Serdes.String(), Serdes.String()))
            .groupByKey();

    @Test
    void shouldCountPerKeyAndForwardEveryUpdate() {
        grouped.count().toStream().to("out");
        try (TopologyRunner runner = new TopologyRunner(builder.build())) {
            runner.send("in", "a", "x", 1);
            runner.send("in", "b", "x", 2);
            runner.send("in", "a", "y", 3);
            assertThat(runner.texts("out")).containsExactly("a=1@1", "b=1@2", "a=2@3");
        }
    }

    @Test
    void shouldGiveAResultTheHighestTimestampOfItsRecords() {
        grouped.count(Materialized.as("counts")).toStream().to("out");
        try (TopologyRunner runner = new TopologyRunner(builder.build())) {
            runner.send("in", "a", "x", 10);
            runner.send("in", "a", "x", 4);
            runner.send("in", "b", "x", 5);
            assertThat(runner.texts("out")).containsExactly("a=1@10", "a=2@10", "b=1@5");
            TimestampedKeyValueStore<String, Long> store = runner.store("counts");
            assertThat(store.get("a")).isEqualTo(ValueAndTimestamp.make(2L, 10));
        }
    }

    @Test
    void shouldDropNullKeysAndValues() {
        grouped.count().toStream().to("out");
        try (TopologyRunner runner = new TopologyRunner(builder.build())) {
            runner.send("in", null, "x", 1);
            runner.send("in", "a", null, 2);
            assertThat(runner.texts("out")).isEmpty();
        }
    }

    @Test
    void shouldReduceStartingWithTheFirstValue() {
        grouped.reduce((all, value) -> all + value).toStream().to("out");
        try (TopologyRunner runner = new TopologyRunner(builder.build())) {
            runner.send("in", "a", "x", 1);
            runner.send("in", "a", "y", 2);
            assertThat(runner.texts("out")).containsExactly("a=x@1", "a=xy@2");
        }
    }

    @Test
    void shouldForgetAKeyThatIsReducedToNull() {
        grouped.reduce((all, value) -> value.equals("stop") ? null : all + value, Materialized.as("store"))
                .toStream()
                .to("out");
        try (TopologyRunner runner = new TopologyRunner(builder.build())) {
            runner.send("in", "a", "x", 1);
            runner.send("in", "a", "stop", 2);
            TimestampedKeyValueStore<String, String> store = runner.store("store");
            assertThat(store.get("a")).isNull();
            runner.send("in", "a", "y", 3);
            assertThat(runner.texts("out")).containsExactly("a=x@1", "a=null@2", "a=y@3");
        }
    }

    @Test
    void shouldAggregateFromTheInitialValue() {
        grouped.aggregate(() -> 100L, (key, value, sum) -> sum + value.length(), Materialized.with(null, Serdes.Long()))
                .toStream()
                .to("out");
        try (TopologyRunner runner = new TopologyRunner(builder.build())) {
            runner.send("in", "a", "xx", 1);
            runner.send("in", "a", "yyy", 2);
            runner.send("in", "b", "z", 3);
            assertThat(runner.texts("out")).containsExactly("a=102@1", "a=105@2", "b=101@3");
        }
    }

    @Test
    void shouldKeepHeadersOfTheRecordThatTriggersAResult() {
        grouped.count().toStream().to("out");
        try (TopologyRunner runner = new TopologyRunner(builder.build())) {
            runner.send("in", "a", "x", 1, new RecordHeaders().add("h", new byte[] {1}));
            assertThat(runner.read("out").get(0).headers().lastHeader("h")).isNotNull();
        }
    }

    @Test
    void shouldCountPerNewKeyBehindARepartition() {
        builder.stream("words", Consumed.with(Serdes.Integer(), Serdes.String()))
                .groupBy((key, word) -> word, Grouped.with(Serdes.String(), Serdes.String()))
                .count(Named.as("counter"))
                .toStream()
                .to("out");
        try (TopologyRunner runner = new TopologyRunner(builder.build())) {
            runner.send("words", 1, "hey", 1);
            runner.send("words", 2, "hey", 2);
            runner.send("words", 3, null, 3);
            assertThat(runner.texts("out")).containsExactly("hey=1@1", "hey=2@2");
        }
    }

    @Test
    void shouldLogChangesUnlessLoggingIsDisabled() {
        grouped.count(Materialized.as("logged"));
        grouped.count(Materialized.<String, Long, KeyValueStore<Bytes, byte[]>>as("silent")
                .withLoggingDisabled());
        try (TopologyRunner runner = new TopologyRunner(builder.build())) {
            runner.send("in", "a", "x", 1);
            assertThat(runner.changelogged()).containsExactly("logged");
        }
    }

    @Test
    void shouldPassChangelogSettingsToTheStore() {
        grouped.count(Materialized.<String, Long, KeyValueStore<Bytes, byte[]>>as("store")
                .withLoggingEnabled(Map.of("segment.bytes", "1000000")));
        assertThat(builder.build().graph().stores().get(0).builder().logConfig())
                .containsEntry("segment.bytes", "1000000");
    }

    @Test
    void shouldSayByWhichNameAResultCanBeRead() {
        KTable<String, Long> named = grouped.count(Materialized.as("counts"));
        KTable<String, Long> unnamed = grouped.count();
        assertThat(named.queryableStoreName()).isEqualTo("counts");
        assertThat(unnamed.queryableStoreName()).isNull();
    }

    @Test
    void shouldKeepStateInTheKindOfStoreThatIsAskedFor() {
        grouped.count(Materialized.as(Materialized.StoreType.IN_MEMORY));
        grouped.count();
        try (TopologyRunner runner = new TopologyRunner(builder.build())) {
            TimestampedKeyValueStore<String, Long> memory = runner.store("KSTREAM-AGGREGATE-STATE-STORE-0000000002");
            TimestampedKeyValueStore<String, Long> rocks = runner.store("KSTREAM-AGGREGATE-STATE-STORE-0000000004");
            assertThat(memory.persistent()).isFalse();
            assertThat(rocks.persistent()).isTrue();
        }
    }
}
