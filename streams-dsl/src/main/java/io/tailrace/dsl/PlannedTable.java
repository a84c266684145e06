package io.tailrace.dsl;

import static io.tailrace.dsl.Checks.given;
import static io.tailrace.dsl.Checks.nameOf;

import io.tailrace.common.Bytes;
import io.tailrace.dsl.operator.TableFunction;
import io.tailrace.dsl.plan.TableNode;
import io.tailrace.dsl.plan.TableStep;
import io.tailrace.dsl.plan.TableStore;
import io.tailrace.dsl.plan.ToStream;
import io.tailrace.kstream.KStream;
import io.tailrace.kstream.KTable;
import io.tailrace.kstream.KeyValueMapper;
import io.tailrace.kstream.Materialized;
import io.tailrace.kstream.Named;
import io.tailrace.kstream.Predicate;
import io.tailrace.kstream.ValueMapper;
import io.tailrace.kstream.ValueMapperWithKey;
import io.tailrace.serde.Serde;
import io.tailrace.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** A table of the plan: its node, and what is known of its serdes. */
record PlannedTable<K, V>(
        PlanBuilder plan,
        TableNode node,
        @Nullable Serde<K> keySerde,
        @Nullable Serde<V> valueSerde,
        @Nullable String queryableStoreName)
        implements KTable<K, V> {

    @Override
    public KTable<K, V> filter(Predicate<? super K, ? super V> predicate) {
        return filterAs(predicate, true, null, null);
    }

    @Override
    public KTable<K, V> filter(Predicate<? super K, ? super V> predicate, Named named) {
        return filterAs(predicate, true, nameOf(named), null);
    }

    @Override
    public KTable<K, V> filter(
            Predicate<? super K, ? super V> predicate, Materialized<K, V, KeyValueStore<Bytes, byte[]>> materialized) {
        return filterAs(predicate, true, null, given(materialized, "materialized"));
    }

    @Override
    public KTable<K, V> filter(
            Predicate<? super K, ? super V> predicate,
            Named named,
            Materialized<K, V, KeyValueStore<Bytes, byte[]>> materialized) {
        return filterAs(predicate, true, nameOf(named), given(materialized, "materialized"));
    }

    @Override
    public KTable<K, V> filterNot(Predicate<? super K, ? super V> predicate) {
        return filterAs(predicate, false, null, null);
    }

    @Override
    public KTable<K, V> filterNot(Predicate<? super K, ? super V> predicate, Named named) {
        return filterAs(predicate, false, nameOf(named), null);
    }

    @Override
    public KTable<K, V> filterNot(
            Predicate<? super K, ? super V> predicate, Materialized<K, V, KeyValueStore<Bytes, byte[]>> materialized) {
        return filterAs(predicate, false, null, given(materialized, "materialized"));
    }

    @Override
    public KTable<K, V> filterNot(
            Predicate<? super K, ? super V> predicate,
            Named named,
            Materialized<K, V, KeyValueStore<Bytes, byte[]>> materialized) {
        return filterAs(predicate, false, nameOf(named), given(materialized, "materialized"));
    }

    @Override
    public <VR> KTable<K, VR> mapValues(ValueMapper<? super V, ? extends VR> mapper) {
        return map(withKey(mapper), null, null);
    }

    @Override
    public <VR> KTable<K, VR> mapValues(ValueMapper<? super V, ? extends VR> mapper, Named named) {
        return map(withKey(mapper), nameOf(named), null);
    }

    @Override
    public <VR> KTable<K, VR> mapValues(ValueMapperWithKey<? super K, ? super V, ? extends VR> mapper) {
        return map(mapper, null, null);
    }

    @Override
    public <VR> KTable<K, VR> mapValues(ValueMapperWithKey<? super K, ? super V, ? extends VR> mapper, Named named) {
        return map(mapper, nameOf(named), null);
    }

    @Override
    public <VR> KTable<K, VR> mapValues(
            ValueMapper<? super V, ? extends VR> mapper,
            Materialized<K, VR, KeyValueStore<Bytes, byte[]>> materialized) {
        return map(withKey(mapper), null, given(materialized, "materialized"));
    }

    @Override
    public <VR> KTable<K, VR> mapValues(
            ValueMapper<? super V, ? extends VR> mapper,
            Named named,
            Materialized<K, VR, KeyValueStore<Bytes, byte[]>> materialized) {
        return map(withKey(mapper), nameOf(named), given(materialized, "materialized"));
    }

    @Override
    public <VR> KTable<K, VR> mapValues(
            ValueMapperWithKey<? super K, ? super V, ? extends VR> mapper,
            Materialized<K, VR, KeyValueStore<Bytes, byte[]>> materialized) {
        return map(mapper, null, given(materialized, "materialized"));
    }

    @Override
    public <VR> KTable<K, VR> mapValues(
            ValueMapperWithKey<? super K, ? super V, ? extends VR> mapper,
            Named named,
            Materialized<K, VR, KeyValueStore<Bytes, byte[]>> materialized) {
        return map(mapper, nameOf(named), given(materialized, "materialized"));
    }

    @Override
    public KStream<K, V> toStream() {
        return stream(null);
    }

    @Override
    public KStream<K, V> toStream(Named named) {
        return stream(nameOf(named));
    }

    @Override
    public <KR> KStream<KR, V> toStream(KeyValueMapper<? super K, ? super V, ? extends KR> mapper) {
        given(mapper, "mapper");
        return stream(null).selectKey(mapper);
    }

    @Override
    public <KR> KStream<KR, V> toStream(KeyValueMapper<? super K, ? super V, ? extends KR> mapper, Named named) {
        given(mapper, "mapper");
        return stream(nameOf(named)).selectKey(mapper);
    }

    private KStream<K, V> stream(@Nullable String name) {
        ToStream toStream = plan.add(new ToStream(plan.name(name, "KTABLE-TOSTREAM-"), node));
        return new PlannedStream<>(plan, toStream, keySerde, valueSerde);
    }

    private KTable<K, V> filterAs(
            Predicate<? super K, ? super V> predicate,
            boolean keep,
            @Nullable String name,
            @Nullable Materialized<K, V, KeyValueStore<Bytes, byte[]>> materialized) {
        given(predicate, "predicate");
        return step("KTABLE-FILTER-", TableFunction.filter(predicate, keep), name, materialized, valueSerde);
    }

    private <VR> KTable<K, VR> map(
            ValueMapperWithKey<? super K, ? super V, ? extends VR> mapper,
            @Nullable String name,
            @Nullable Materialized<K, VR, KeyValueStore<Bytes, byte[]>> materialized) {
        given(mapper, "mapper");
        return step("KTABLE-MAPVALUES-", TableFunction.mapValues(mapper), name, materialized, null);
    }

    /** @param inheritedSerde of the values, in case that {@code materialized} has none */
    private <VR> KTable<K, VR> step(
            String prefix,
            TableFunction<?, ?, ?> function,
            @Nullable String name,
            @Nullable Materialized<K, VR, KeyValueStore<Bytes, byte[]>> materialized,
            @Nullable Serde<VR> inheritedSerde) {
        Serde<K> keys = keySerde;
        Serde<VR> values = inheritedSerde;
        TableStore store = null;
        String storeName = null;
        if (materialized != null) {
            keys = materialized.keySerde() == null ? keys : materialized.keySerde();
            values = materialized.valueSerde() == null ? values : materialized.valueSerde();
            storeName = materialized.storeName();
            if (storeName == null) {
                plan.storeName(prefix); // takes the number of a store that is not made, as Kafka Streams does
            } else {
                store = new TableStore(TableStores.keyValue(storeName, materialized, keys, values), true, false);
            }
        }
        TableStep step = plan.add(new TableStep(plan.name(name, prefix), node, function, store));
        return new PlannedTable<>(plan, step, keys, values, storeName);
    }

    private static <K, V, VR> ValueMapperWithKey<K, V, VR> withKey(ValueMapper<V, VR> mapper) {
        given(mapper, "mapper");
        return (key, value) -> mapper.apply(value);
    }
}
