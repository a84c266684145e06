package io.tailrace.dsl;

import static io.tailrace.dsl.Checks.given;
import static io.tailrace.dsl.Checks.nameOf;

import io.tailrace.common.Bytes;
import io.tailrace.dsl.operator.AggregateOperators;
import io.tailrace.dsl.operator.Aggregation;
import io.tailrace.dsl.plan.Aggregate;
import io.tailrace.dsl.plan.TableStore;
import io.tailrace.kstream.Aggregator;
import io.tailrace.kstream.Initializer;
import io.tailrace.kstream.KGroupedStream;
import io.tailrace.kstream.KTable;
import io.tailrace.kstream.Materialized;
import io.tailrace.kstream.Named;
import io.tailrace.kstream.Reducer;
import io.tailrace.kstream.TimeWindowedKStream;
import io.tailrace.kstream.Windows;
import io.tailrace.serde.Serde;
import io.tailrace.serde.Serdes;
import io.tailrace.state.KeyValueStore;
import io.tailrace.state.Window;
import org.jspecify.annotations.Nullable;

/** A grouped stream of the plan. */
final class PlannedGroupedStream<K, V> implements KGroupedStream<K, V> {
    static final String AGGREGATE = "KSTREAM-AGGREGATE-";
    static final String REDUCE = "KSTREAM-REDUCE-";

    private final PlanBuilder plan;
    private final Grouping<K, V> grouping;

    PlannedGroupedStream(PlanBuilder plan, Grouping<K, V> grouping) {
        this.plan = plan;
        this.grouping = grouping;
    }

    @Override
    public KTable<K, Long> count() {
        return countAs(null, Materialized.with(null, null));
    }

    @Override
    public KTable<K, Long> count(Named named) {
        return countAs(nameOf(named), Materialized.with(null, null));
    }

    @Override
    public KTable<K, Long> count(Materialized<K, Long, KeyValueStore<Bytes, byte[]>> materialized) {
        return countAs(null, numbered(materialized));
    }

    @Override
    public KTable<K, Long> count(Named named, Materialized<K, Long, KeyValueStore<Bytes, byte[]>> materialized) {
        return countAs(nameOf(named), numbered(materialized));
    }

    @Override
    public KTable<K, V> reduce(Reducer<V> reducer) {
        return reduceAs(reducer, null, Materialized.with(null, null));
    }

    @Override
    public KTable<K, V> reduce(Reducer<V> reducer, Materialized<K, V, KeyValueStore<Bytes, byte[]>> materialized) {
        return reduceAs(reducer, null, materialized);
    }

    @Override
    public KTable<K, V> reduce(
            Reducer<V> reducer, Named named, Materialized<K, V, KeyValueStore<Bytes, byte[]>> materialized) {
        return reduceAs(reducer, nameOf(named), materialized);
    }

    @Override
    public <VOut> KTable<K, VOut> aggregate(
            Initializer<VOut> initializer, Aggregator<? super K, ? super V, VOut> aggregator) {
        return aggregateAs(initializer, aggregator, null, Materialized.with(null, null));
    }

    @Override
    public <VOut> KTable<K, VOut> aggregate(
            Initializer<VOut> initializer,
            Aggregator<? super K, ? super V, VOut> aggregator,
            Materialized<K, VOut, KeyValueStore<Bytes, byte[]>> materialized) {
        return aggregateAs(initializer, aggregator, null, materialized);
    }

    @Override
    public <VOut> KTable<K, VOut> aggregate(
            Initializer<VOut> initializer,
            Aggregator<? super K, ? super V, VOut> aggregator,
            Named named,
            Materialized<K, VOut, KeyValueStore<Bytes, byte[]>> materialized) {
        return aggregateAs(initializer, aggregator, nameOf(named), materialized);
    }

    @Override
    public <W extends Window> TimeWindowedKStream<K, V> windowedBy(Windows<W> windows) {
        return new PlannedWindowedStream<>(plan, grouping, given(windows, "windows"));
    }

    /** Takes a number that no store gets, as Kafka Streams does when a count has options but no name for its store. */
    private Materialized<K, Long, KeyValueStore<Bytes, byte[]>> numbered(
            Materialized<K, Long, KeyValueStore<Bytes, byte[]>> materialized) {
        if (given(materialized, "materialized").storeName() == null) {
            plan.storeName(AGGREGATE);
        }
        return materialized;
    }

    private KTable<K, Long> countAs(
            @Nullable String name, Materialized<K, Long, KeyValueStore<Bytes, byte[]>> materialized) {
        return add(AGGREGATE, Aggregation.count(), name, materialized, Serdes.Long());
    }

    private KTable<K, V> reduceAs(
            Reducer<V> reducer, @Nullable String name, Materialized<K, V, KeyValueStore<Bytes, byte[]>> materialized) {
        given(reducer, "reducer");
        return add(REDUCE, Aggregation.reduce(reducer), name, materialized, grouping.valueSerde());
    }

    private <A> KTable<K, A> aggregateAs(
            Initializer<A> initializer,
            Aggregator<? super K, ? super V, A> aggregator,
            @Nullable String name,
            Materialized<K, A, KeyValueStore<Bytes, byte[]>> materialized) {
        given(initializer, "initializer");
        given(aggregator, "aggregator");
        return add(AGGREGATE, Aggregation.aggregate(initializer, aggregator), name, materialized, null);
    }

    private <A> KTable<K, A> add(
            String prefix,
            Aggregation<K, V, A> aggregation,
            @Nullable String givenName,
            Materialized<K, A, KeyValueStore<Bytes, byte[]>> materialized,
            @Nullable Serde<A> defaultSerde) {
        given(materialized, "materialized");
        Serde<K> keys = materialized.keySerde() == null ? grouping.keySerde() : materialized.keySerde();
        Serde<A> values = materialized.valueSerde() == null ? defaultSerde : materialized.valueSerde();
        String storeName = materialized.storeName() == null ? plan.storeName(prefix) : materialized.storeName();
        String name = plan.name(givenName, prefix);
        TableStore store = new TableStore(TableStores.keyValue(storeName, materialized, keys, values), true, false);
        Aggregate aggregate = plan.add(new Aggregate(
                name,
                grouping.stream(),
                AggregateOperators.perKey(name, storeName, aggregation),
                store,
                grouping.rekeying(storeName)));
        return new PlannedTable<>(plan, aggregate, keys, values, materialized.storeName());
    }
}
