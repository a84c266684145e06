package io.tailrace.dsl.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.dsl.TopologyRunner;
import io.tailrace.processor.api.ProcessorSupplier;
import io.tailrace.serde.Serdes;
import io.tailrace.state.StoreBuilder;
import io.tailrace.state.TimestampedKeyValueStore;
import io.tailrace.stores.Stores;
import io.tailrace.topology.Topology;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** What changes say of the value before, for a reader that asks for it and for one that does not. */
class OldValuesTest {
    private static final StoreBuilder<TimestampedKeyValueStore<String, String>> STORE =
            Stores.timestampedKeyValueStoreBuilder(Stores.inMemoryKeyValueStore("s"), Serdes.String(), Serdes.String());

    /** The changes that the operators forward for a=one, a=two, a=null. */
    private static List<String> changes(Topology topology) {
        try (TopologyRunner runner = new TopologyRunner(topology)) {
            runner.send("in", "a", "one", 1);
            runner.send("in", "a", "two", 2);
            runner.send("in", "a", null, 3);
            return runner.read("out").stream()
                    .map(record -> String.valueOf(record.value()))
                    .toList();
        }
    }

    private static ProcessorSupplier<String, Change<String>, String, Change<String>> upper(
            boolean stored, boolean oldValues) {
        TableFunction<String, String, String> function = (key, value) -> value.toUpperCase(Locale.ROOT);
        return TableOperators.compute(function, stored ? "s" : null, oldValues);
    }

    @Test
    void shouldReadOldValuesOfATableFromItsStore() {
        Topology topology = new Topology()
                .addSource("source", "in")
                .addProcessor("table", TableOperators.update("table", "s", true), "source")
                .addStateStore(STORE, "table")
                .addSink("sink", "out", "table");
        assertThat(changes(topology))
                .containsExactly(
                        "Change[newValue=one, oldValue=null]",
                        "Change[newValue=two, oldValue=one]",
                        "Change[newValue=null, oldValue=two]");
    }

    @Test
    void shouldLeaveOldValuesOutWhenNobodyReadsThem() {
        Topology topology = new Topology()
                .addSource("source", "in")
                .addProcessor("table", TableOperators.update("table", "s", false), "source")
                .addStateStore(STORE, "table")
                .addSink("sink", "out", "table");
        assertThat(changes(topology))
                .containsExactly(
                        "Change[newValue=one, oldValue=null]",
                        "Change[newValue=two, oldValue=null]",
                        "Change[newValue=null, oldValue=null]");
    }

    @Test
    void shouldComputeOldValuesFromThoseOfTheInput() {
        Topology topology = new Topology()
                .addSource("source", "in")
                .addProcessor("table", TableOperators.update("table", "s", true), "source")
                .addStateStore(STORE, "table")
                .addProcessor("upper", upper(false, true), "table")
                .addSink("sink", "out", "upper");
        assertThat(changes(topology))
                .containsExactly(
                        "Change[newValue=ONE, oldValue=null]",
                        "Change[newValue=TWO, oldValue=ONE]",
                        "Change[newValue=null, oldValue=TWO]");
    }

    @Test
    void shouldReadOldValuesOfAComputedTableFromItsOwnStore() {
        Topology topology = new Topology()
                .addSource("source", "in")
                .addProcessor("table", TableOperators.update("table", null, false), "source")
                .addProcessor("upper", upper(true, true), "table")
                .addStateStore(STORE, "upper")
                .addSink("sink", "out", "upper");
        assertThat(changes(topology))
                .containsExactly(
                        "Change[newValue=ONE, oldValue=null]",
                        "Change[newValue=TWO, oldValue=ONE]",
                        "Change[newValue=null, oldValue=TWO]");
    }

    @Test
    void shouldCountTheRecordsThatAnAggregationDrops() {
        Topology topology = new Topology()
                .addSource("source", "in")
                .addProcessor(
                        "reduce", AggregateOperators.perKey("reduce", "s", Aggregation.reduce((a, b) -> b)), "source")
                .addStateStore(STORE, "reduce");
        try (TopologyRunner runner = new TopologyRunner(topology)) {
            runner.send("in", "a", "one", 1);
            runner.send("in", null, "two", 2);
            runner.send("in", "a", null, 3);
            assertThat(((StoreOperator<?, ?, ?, ?, ?>) (Object) runner.processor("reduce")).droppedCount())
                    .isEqualTo(2);
        }
    }
}
