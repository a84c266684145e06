package io.tailrace.dsl;

import static io.tailrace.dsl.Checks.given;

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
import io.tailrace.kstream.ValueJoiner;
import io.tailrace.kstream.ValueJoinerWithKey;
import io.tailrace.serde.Serde;
import org.jspecify.annotations.Nullable;

/** The joins of one stream with tables. Owner: one thread. */
final class PlannedJoins<K, V> {
    private final PlanBuilder plan;
    private final StreamNode stream;
    private final @Nullable Serde<K> keySerde;
    private final @Nullable Serde<V> valueSerde;
    private @Nullable Rekeying shared;

    PlannedJoins(PlanBuilder plan, StreamNode stream, @Nullable Serde<K> keySerde, @Nullable Serde<V> valueSerde) {
        this.plan = plan;
        this.stream = stream;
        this.keySerde = keySerde;
        this.valueSerde = valueSerde;
    }

    <VTable, VOut> KStream<K, VOut> withTable(
            KTable<K, VTable> table,
            ValueJoinerWithKey<? super K, ? super V, ? super VTable, ? extends VOut> joiner,
            Joined<K, V, VTable> joined,
            boolean left) {
        PlannedTable<K, VTable> planned = (PlannedTable<K, VTable>) given(table, "table");
        given(joiner, "joiner");
        given(joined, "joined");
        checkSameBuilder(planned.plan(), planned.node().name());
        Serde<K> keys = joined.keySerde() == null ? keySerde : joined.keySerde();
        Rekeying rekeying = KeyChange.mayHaveChanged(stream) ? rekeying(joined, keys) : null;
        String name = plan.name(joined.name(), left ? "KSTREAM-LEFTJOIN-" : "KSTREAM-JOIN-");
        StreamJoin<K, V, K, VTable, VOut> join = new StreamJoin<>(null, joiner, left);
        StreamTableJoin node = plan.add(new StreamTableJoin(name, stream, planned.node(), join, rekeying));
        return new PlannedStream<>(plan, node, keys, null);
    }

    <KG, VG, VOut> KStream<K, VOut> withGlobal(
            GlobalKTable<KG, VG> table,
            KeyValueMapper<? super K, ? super V, ? extends KG> keySelector,
            ValueJoinerWithKey<? super K, ? super V, ? super VG, ? extends VOut> joiner,
            @Nullable String givenName,
            boolean left) {
        PlannedGlobalTable<KG, VG> planned = (PlannedGlobalTable<KG, VG>) given(table, "globalTable");
        given(keySelector, "keySelector");
        given(joiner, "joiner");
        checkSameBuilder(planned.plan(), planned.node().name());
        String name = plan.name(givenName, left ? "KSTREAM-LEFTJOIN-" : "KSTREAM-JOIN-");
        StreamJoin<K, V, KG, VG, VOut> join = new StreamJoin<>(keySelector, joiner, left);
        StreamGlobalJoin node = plan.add(new StreamGlobalJoin(name, stream, planned.node(), join));
        return new PlannedStream<>(plan, node, keySerde, null);
    }

    static <K, V, VO, VR> ValueJoinerWithKey<K, V, VO, VR> withKey(ValueJoiner<V, VO, VR> joiner) {
        given(joiner, "joiner");
        return (key, value, other) -> joiner.apply(value, other);
    }

    /** Joins without a name share the topic that is named after the stream; each takes numbers for names all the same. */
    private Rekeying rekeying(Joined<K, V, ?> joined, @Nullable Serde<K> keys) {
        Serde<V> values = joined.leftValueSerde() == null ? valueSerde : joined.leftValueSerde();
        String name = joined.name();
        Rekeying rekeying = plan.rekeying(name == null ? stream.name() : name, name != null, keys, values);
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
            throw new TopologyException("table '" + table + "' is of another StreamsBuilder than stream '"
                    + stream.name() + "': join what comes from one builder");
        }
    }
}
