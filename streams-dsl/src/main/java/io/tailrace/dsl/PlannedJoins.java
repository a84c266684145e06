package io.tailrace.dsl;

import static io.tailrace.dsl.Checks.given;
import static io.tailrace.dsl.Checks.nameOf;

import io.tailrace.dsl.operator.StreamJoin;
import io.tailrace.dsl.plan.KeyChange;
import io.tailrace.dsl.plan.Rekeying;
import io.tailrace.dsl.plan.StreamGlobalJoin;
import io.tailrace.dsl.plan.StreamNode;
import io.tailrace.dsl.plan.StreamTableJoin;
import io.tailrace.errors.TopologyException;
import io.tailrace.kstream.GlobalKTable;
import io.tailrace.kstream.Joined;
import io.tailrace.kstream.KStream;
import io.tailrace.kstream.KTable;
import io.tailrace.kstream.KeyValueMapper;
import io.tailrace.kstream.Named;
import io.tailrace.kstream.ValueJoiner;
import io.tailrace.kstream.ValueJoinerWithKey;
import io.tailrace.serde.Serde;
import org.jspecify.annotations.Nullable;

/** The part of a {@link PlannedStream} that joins it with tables, apart because of its many overloads. */
abstract class PlannedJoins<K, V> extends PlannedSteps<K, V> {
    private @Nullable Rekeying shared;

    PlannedJoins(PlanBuilder plan, StreamNode node, @Nullable Serde<K> keySerde, @Nullable Serde<V> valueSerde) {
        super(plan, node, keySerde, valueSerde);
    }

    @Override
    public <TableValue, VOut> KStream<K, VOut> join(
            KTable<K, TableValue> table, ValueJoiner<? super V, ? super TableValue, ? extends VOut> joiner) {
        return withTable(table, withKey(joiner), Joined.as(null), false);
    }

    @Override
    public <TableValue, VOut> KStream<K, VOut> join(
            KTable<K, TableValue> table,
            ValueJoinerWithKey<? super K, ? super V, ? super TableValue, ? extends VOut> joiner) {
        return withTable(table, joiner, Joined.as(null), false);
    }

    @Override
    public <TableValue, VOut> KStream<K, VOut> join(
            KTable<K, TableValue> table,
            ValueJoiner<? super V, ? super TableValue, ? extends VOut> joiner,
            Joined<K, V, TableValue> joined) {
        return withTable(table, withKey(joiner), joined, false);
    }

    @Override
    public <TableValue, VOut> KStream<K, VOut> join(
            KTable<K, TableValue> table,
            ValueJoinerWithKey<? super K, ? super V, ? super TableValue, ? extends VOut> joiner,
            Joined<K, V, TableValue> joined) {
        return withTable(table, joiner, joined, false);
    }

    @Override
    public <VTable, VOut> KStream<K, VOut> leftJoin(
            KTable<K, VTable> table, ValueJoiner<? super V, ? super VTable, ? extends VOut> joiner) {
        return withTable(table, withKey(joiner), Joined.as(null), true);
    }

    @Override
    public <VTable, VOut> KStream<K, VOut> leftJoin(
            KTable<K, VTable> table, ValueJoinerWithKey<? super K, ? super V, ? super VTable, ? extends VOut> joiner) {
        return withTable(table, joiner, Joined.as(null), true);
    }

    @Override
    public <VTable, VOut> KStream<K, VOut> leftJoin(
            KTable<K, VTable> table,
            ValueJoiner<? super V, ? super VTable, ? extends VOut> joiner,
            Joined<K, V, VTable> joined) {
        return withTable(table, withKey(joiner), joined, true);
    }

    @Override
    public <VTable, VOut> KStream<K, VOut> leftJoin(
            KTable<K, VTable> table,
            ValueJoinerWithKey<? super K, ? super V, ? super VTable, ? extends VOut> joiner,
            Joined<K, V, VTable> joined) {
        return withTable(table, joiner, joined, true);
    }

    @Override
    public <GlobalKey, GlobalValue, VOut> KStream<K, VOut> join(
            GlobalKTable<GlobalKey, GlobalValue> globalTable,
            KeyValueMapper<? super K, ? super V, ? extends GlobalKey> keySelector,
            ValueJoiner<? super V, ? super GlobalValue, ? extends VOut> joiner) {
        return withGlobal(globalTable, keySelector, withKey(joiner), null, false);
    }

    @Override
    public <GlobalKey, GlobalValue, VOut> KStream<K, VOut> join(
            GlobalKTable<GlobalKey, GlobalValue> globalTable,
            KeyValueMapper<? super K, ? super V, ? extends GlobalKey> keySelector,
            ValueJoinerWithKey<? super K, ? super V, ? super GlobalValue, ? extends VOut> joiner) {
        return withGlobal(globalTable, keySelector, joiner, null, false);
    }

    @Override
    public <GlobalKey, GlobalValue, VOut> KStream<K, VOut> join(
            GlobalKTable<GlobalKey, GlobalValue> globalTable,
            KeyValueMapper<? super K, ? super V, ? extends GlobalKey> keySelector,
            ValueJoiner<? super V, ? super GlobalValue, ? extends VOut> joiner,
            Named named) {
        return withGlobal(globalTable, keySelector, withKey(joiner), nameOf(named), false);
    }

    @Override
    public <GlobalKey, GlobalValue, VOut> KStream<K, VOut> join(
            GlobalKTable<GlobalKey, GlobalValue> globalTable,
            KeyValueMapper<? super K, ? super V, ? extends GlobalKey> keySelector,
            ValueJoinerWithKey<? super K, ? super V, ? super GlobalValue, ? extends VOut> joiner,
            Named named) {
        return withGlobal(globalTable, keySelector, joiner, nameOf(named), false);
    }

    @Override
    public <GlobalKey, GlobalValue, VOut> KStream<K, VOut> leftJoin(
            GlobalKTable<GlobalKey, GlobalValue> globalTable,
            KeyValueMapper<? super K, ? super V, ? extends GlobalKey> keySelector,
            ValueJoiner<? super V, ? super GlobalValue, ? extends VOut> joiner) {
        return withGlobal(globalTable, keySelector, withKey(joiner), null, true);
    }

    @Override
    public <GlobalKey, GlobalValue, VOut> KStream<K, VOut> leftJoin(
            GlobalKTable<GlobalKey, GlobalValue> globalTable,
            KeyValueMapper<? super K, ? super V, ? extends GlobalKey> keySelector,
            ValueJoinerWithKey<? super K, ? super V, ? super GlobalValue, ? extends VOut> joiner) {
        return withGlobal(globalTable, keySelector, joiner, null, true);
    }

    @Override
    public <GlobalKey, GlobalValue, VOut> KStream<K, VOut> leftJoin(
            GlobalKTable<GlobalKey, GlobalValue> globalTable,
            KeyValueMapper<? super K, ? super V, ? extends GlobalKey> keySelector,
            ValueJoiner<? super V, ? super GlobalValue, ? extends VOut> joiner,
            Named named) {
        return withGlobal(globalTable, keySelector, withKey(joiner), nameOf(named), true);
    }

    @Override
    public <GlobalKey, GlobalValue, VOut> KStream<K, VOut> leftJoin(
            GlobalKTable<GlobalKey, GlobalValue> globalTable,
            KeyValueMapper<? super K, ? super V, ? extends GlobalKey> keySelector,
            ValueJoinerWithKey<? super K, ? super V, ? super GlobalValue, ? extends VOut> joiner,
            Named named) {
        return withGlobal(globalTable, keySelector, joiner, nameOf(named), true);
    }

    private <VTable, VOut> KStream<K, VOut> withTable(
            KTable<K, VTable> table,
            ValueJoinerWithKey<? super K, ? super V, ? super VTable, ? extends VOut> joiner,
            Joined<K, V, VTable> joined,
            boolean left) {
        PlannedTable<K, VTable> planned = (PlannedTable<K, VTable>) given(table, "table");
        given(joiner, "joiner");
        given(joined, "joined");
        checkSameBuilder(planned.plan(), planned.node().name());
        Serde<K> keys = joined.keySerde() == null ? keySerde : joined.keySerde();
        Rekeying rekeying = KeyChange.mayHaveChanged(node) ? rekeying(joined, keys) : null;
        String name = plan.name(joined.name(), left ? "KSTREAM-LEFTJOIN-" : "KSTREAM-JOIN-");
        StreamJoin<K, V, K, VTable, VOut> join = new StreamJoin<>(null, joiner, left);
        StreamTableJoin result = plan.add(new StreamTableJoin(name, node, planned.node(), join, rekeying));
        return new PlannedStream<>(plan, result, keys, null);
    }

    private <KG, VG, VOut> KStream<K, VOut> withGlobal(
            GlobalKTable<KG, VG> table,
            KeyValueMapper<? super K, ? super V, ? extends KG> keySelector,
            ValueJoinerWithKey<? super K, ? super V, ? super VG, ? extends VOut> joiner,
            @Nullable String givenName,
            boolean left) {
        PlannedGlobalTable<KG, VG> planned = (PlannedGlobalTable<KG, VG>) given(table, "globalTable");
        given(keySelector, "keySelector");
        given(joiner, "joiner");
        checkSameBuilder(planned.plan(), planned.node().name());
        String name = plan.name(givenName, "KSTREAM-LEFTJOIN-"); // of inner joins too, as Kafka Streams names them
        StreamJoin<K, V, KG, VG, VOut> join = new StreamJoin<>(keySelector, joiner, left);
        StreamGlobalJoin result = plan.add(new StreamGlobalJoin(name, node, planned.node(), join));
        return new PlannedStream<>(plan, result, keySerde, null);
    }

    private static <K, V, VO, VR> ValueJoinerWithKey<K, V, VO, VR> withKey(ValueJoiner<V, VO, VR> joiner) {
        given(joiner, "joiner");
        return (key, value, other) -> joiner.apply(value, other);
    }

    /** Joins without a name share the topic that is named after the stream; each takes numbers for names all the same. */
    private Rekeying rekeying(Joined<K, V, ?> joined, @Nullable Serde<K> keys) {
        Serde<V> values = joined.leftValueSerde() == null ? valueSerde : joined.leftValueSerde();
        String name = joined.name();
        Rekeying rekeying = plan.rekeying(name == null ? node.name() : name, name != null, keys, values);
        if (name != null) {
            return rekeying;
        }
        if (shared == null) {
            shared = rekeying;
        }
        return shared;
    }

    private void checkSameBuilder(PlanBuilder other, String table) {
        if (other != plan) {
            throw new TopologyException("table '" + table + "' is of another StreamsBuilder than stream '" + node.name()
                    + "': join what comes from one builder");
        }
    }
}
