package io.tailrace.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.common.Bytes;
import io.tailrace.kstream.Consumed;
import io.tailrace.kstream.KStream;
import io.tailrace.kstream.KTable;
import io.tailrace.kstream.Materialized;
import io.tailrace.kstream.Named;
import io.tailrace.serde.Serdes;
import io.tailrace.state.KeyValueStore;
import io.tailrace.state.TimestampedKeyValueStore;
import io.tailrace.state.ValueAndTimestamp;
import org.junit.jupiter.api.Test;

class TableTest {
    private final StreamsBuilder builder = new StreamsBuilder();

    @Test
    void shouldPassOnUpdatesAndDeletions() {
        builder.table("t", Consumed.<String, String>as("table")).toStream().to("out");
        try (TopologyRunner runner = new TopologyRunner(builder.build())) {
            runner.send("t", "a", "one", 1);
            runner.send("t", null, "lost", 2);
            runner.send("t", "a", null, 3);
            assertThat(runner.texts("out")).containsExactly("a=one@1", "a=null@3");
        }
    }

    @Test
    void shouldTakeAnOlderUpdateThatComesLater() {
        KTable<String, String> table = builder.table("t", Materialized.as("store"));
        table.toStream().to("out");
        try (TopologyRunner runner = new TopologyRunner(builder.build())) {
            runner.send("t", "a", "new", 10);
            runner.send("t", "a", "old", 5);
            assertThat(runner.texts("out")).containsExactly("a=new@10", "a=old@5");
            TimestampedKeyValueStore<String, String> store = runner.store("store");
            assertThat(store.get("a")).isEqualTo(ValueAndTimestamp.make("old", 5));
        }
    }

    @Test
    void shouldTurnWhatAFilterDropsIntoDeletions() {
        KTable<String, String> table = builder.table("t");
        table.filter((key, value) -> value.length() > 2).toStream().to("out");
        table.filterNot((key, value) -> value.length() > 2).toStream().to("not");
        try (TopologyRunner runner = new TopologyRunner(builder.build())) {
            runner.send("t", "a", "long", 1);
            runner.send("t", "a", "s", 2);
            runner.send("t", "a", null, 3);
            assertThat(runner.texts("out")).containsExactly("a=long@1", "a=null@2", "a=null@3");
            assertThat(runner.texts("not")).containsExactly("a=null@1", "a=s@2", "a=null@3");
        }
    }

    @Test
    void shouldDeleteOnlyWhatAFilterOfAKeptTableLetPass() {
        KTable<String, String> table = builder.table("t", Materialized.as("store"));
        table.filter((key, value) -> value.length() > 2).toStream().to("out");
        try (TopologyRunner runner = new TopologyRunner(builder.build())) {
            runner.send("t", "a", "s", 1);
            runner.send("t", "a", "long", 2);
            runner.send("t", "a", "s", 3);
            runner.send("t", "a", null, 4);
            assertThat(runner.texts("out")).containsExactly("a=long@2", "a=null@3");
        }
    }

    @Test
    void shouldDeleteACountWhoseStartAFilterLetPass() {
        builder.<String, String>stream("in")
                .groupByKey()
                .count()
                .filter((key, count) -> count % 2 == 0)
                .toStream()
                .to("out");
        try (TopologyRunner runner = new TopologyRunner(builder.build())) {
            runner.send("in", "a", "x", 1);
            assertThat(runner.texts("out")).containsExactly("a=null@1");
        }
    }

    @Test
    void shouldMapValuesButNotDeletions() {
        KTable<String, String> table = builder.table("t");
        table.mapValues(value -> value.length()).toStream().to("out");
        try (TopologyRunner runner = new TopologyRunner(builder.build())) {
            runner.send("t", "a", "long", 1);
            runner.send("t", "a", null, 2);
            assertThat(runner.texts("out")).containsExactly("a=4@1", "a=null@2");
        }
    }

    @Test
    void shouldKeepTheResultsOfAStepThatHasANamedStore() {
        KTable<String, String> table = builder.table("t");
        KTable<String, Integer> lengths = table.mapValues(
                (key, value) -> value.length(),
                Named.as("length"),
                Materialized.<String, Integer, KeyValueStore<Bytes, byte[]>>as("lengths")
                        .withValueSerde(Serdes.Integer()));
        assertThat(lengths.queryableStoreName()).isEqualTo("lengths");
        try (TopologyRunner runner = new TopologyRunner(builder.build())) {
            runner.send("t", "a", "long", 7);
            TimestampedKeyValueStore<String, Integer> store = runner.store("lengths");
            assertThat(store.get("a")).isEqualTo(ValueAndTimestamp.make(4, 7));
            runner.send("t", "a", null, 8);
            assertThat(store.get("a")).isNull();
        }
    }

    @Test
    void shouldSelectNewKeysOnTheWayToAStream() {
        KTable<String, String> table = builder.table("t");
        KStream<Integer, String> byLength = table.toStream((key, value) -> value == null ? 0 : value.length());
        byLength.to("out");
        try (TopologyRunner runner = new TopologyRunner(builder.build())) {
            runner.send("t", "a", "long", 1);
            runner.send("t", "a", null, 2);
            assertThat(runner.texts("out")).containsExactly("4=long@1", "0=null@2");
        }
    }

    @Test
    void shouldMakeATableOfARekeyedStream() {
        KStream<String, String> stream = builder.stream("s", Consumed.with(Serdes.String(), Serdes.String()));
        stream.selectKey((key, value) -> value == null ? null : value.substring(0, 1))
                .toTable(Named.as("by-letter"), Materialized.as("letters"))
                .toStream()
                .to("out");
        try (TopologyRunner runner = new TopologyRunner(builder.build())) {
            runner.send("s", "k", "apple", 1);
            runner.send("s", "k", "almond", 2);
            runner.send("s", "k", null, 3);
            assertThat(runner.texts("out")).containsExactly("a=apple@1", "a=almond@2");
            TimestampedKeyValueStore<String, String> store = runner.store("letters");
            assertThat(store.get("a")).isEqualTo(ValueAndTimestamp.make("almond", 2));
        }
    }
}
