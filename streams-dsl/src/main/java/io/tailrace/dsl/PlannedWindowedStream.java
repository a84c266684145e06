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
import io.tailrace.kstream.KTable;
import io.tailrace.kstream.Materialized;
import io.tailrace.kstream.Named;
import io.tailrace.kstream.Reducer;
import io.tailrace.kstream.TimeWindowedKStream;
import io.tailrace.kstream.WindowedSerdes;
import io.tailrace.kstream.Windows;
import io.tailrace.serde.Serde;
import io.tailrace.serde.Serdes;
import io.tailrace.state.Window;
import io.tailrace.state.WindowStore;
import io.tailrace.state.Windowed;
import org.jspecify.annotations.Nullable;

/** A windowed, grouped stream of the plan. */
final class PlannedWindowedStream<K, V, W extends Window> implements TimeWindowedKStream<K, V> {
    private final PlanBuilder plan;
    private final Grouping<K, V> grouping;
    private final Windows<W> windows;

    PlannedWindowedStream(PlanBuilder plan, Grouping<K, V> grouping, Windows<W> windows) {
        this.plan = plan;
        this.grouping = grouping;
        this.windows = windows;
    }

    @Override
    public KTable<Windowed<K>, Long> count() {
        return countAs(null, Materialized.with(null, null));
    }

    @Override
    public KTable<Windowed<K>, Long> count(Named named) {
        return countAs(nameOf(named), Materialized.with(null, null));
    }

    @Override
    public KTable<Windowed<K>, Long> count(Materialized<K, Long, WindowStore<Bytes, byte[]>> materialized) {
        return countAs(null, numbered(materialized));
    }

    @Override
    public KTable<Windowed<K>, Long> count(
            Named named, Materialized<K, Long, WindowStore<Bytes, byte[]>> materialized) {
        return countAs(nameOf(named), numbered(materialized));
    }

    @Override
    public KTable<Windowed<K>, V> reduce(Reducer<V> reducer) {
        return reduceAs(reducer, null, Materialized.with(null, null));
    }

    @Override
    public KTable<Windowed<K>, V> reduce(Reducer<V> reducer, Named named) {
        return reduceAs(reducer, nameOf(named), Materialized.with(null, null));
    }

    @Override
    public KTable<Windowed<K>, V> reduce(
            Reducer<V> reducer, Materialized<K, V, WindowStore<Bytes, byte[]>> materialized) {
        return reduceAs(reducer, null, materialized);
    }

    @Override
    public KTable<Windowed<K>, V> reduce(
            Reducer<V> reducer, Named named, Materialized<K, V, WindowStore<Bytes, byte[]>> materialized) {
        return reduceAs(reducer, nameOf(named), materialized);
    }

    @Override
    public <VOut> KTable<Windowed<K>, VOut> aggregate(
            Initializer<VOut> initializer, Aggregator<? super K, ? super V, VOut> aggregator) {
        return aggregateAs(initializer, aggregator, null, Materialized.with(null, null));
    }

    @Override
    public <VOut> KTable<Windowed<K>, VOut> aggregate(
            Initializer<VOut> initializer, Aggregator<? super K, ? super V, VOut> aggregator, Named named) {
        return aggregateAs(initializer, aggregator, nameOf(named), Materialized.with(null, null));
    }

    @Override
    public <VOut> KTable<Windowed<K>, VOut> aggregate(
            Initializer<VOut> initializer,
            Aggregator<? super K, ? super V, VOut> aggregator,
            Materialized<K, VOut, WindowStore<Bytes, byte[]>> materialized) {
        return aggregateAs(initializer, aggregator, null, materialized);
    }

    @Override
    public <VOut> KTable<Windowed<K>, VOut> aggregate(
            Initializer<VOut> initializer,
            Aggregator<? super K, ? super V, VOut> aggregator,
            Named named,
            Materialized<K, VOut, WindowStore<Bytes, byte[]>> materialized) {
        return aggregateAs(initializer, aggregator, nameOf(named), materialized);
    }

    /** Takes a number that no store gets, as Kafka Streams does when a count has options but no name for its store. */
    private Materialized<K, Long, WindowStore<Bytes, byte[]>> numbered(
            Materialized<K, Long, WindowStore<Bytes, byte[]>> materialized) {
        if (given(materialized, "materialized").storeName() == null) {
            plan.storeName(PlannedGroupedStream.AGGREGATE);
        }
        return materialized;
    }

    private KTable<Windowed<K>, Long> countAs(
            @Nullable String name, Materialized<K, Long, WindowStore<Bytes, byte[]>> materialized) {
        return add(PlannedGroupedStream.AGGREGATE, Aggregation.count(), name, materialized, Serdes.Long());
    }

    private KTable<Windowed<K>, V> reduceAs(
            Reducer<V> reducer, @Nullable String name, Materialized<K, V, WindowStore<Bytes, byte[]>> materialized) {
        given(reducer, "reducer");
        return add(PlannedGroupedStream.REDUCE, Aggregation.reduce(reducer), name, materialized, grouping.valueSerde());
    }

    private <A> KTable<Windowed<K>, A> aggregateAs(
            Initializer<A> initializer,
            Aggregator<? super K, ? super V, A> aggregator,
            @Nullable String name,
            Materialized<K, A, WindowStore<Bytes, byte[]>> materialized) {
        given(initializer, "initializer");
        given(aggregator, "aggregator");
        return add(
                PlannedGroupedStream.AGGREGATE,
                Aggregation.aggregate(initializer, aggregator),
                name,
                materialized,
                null);
    }

    private <A> KTable<Windowed<K>, A> add(
            String prefix,
            Aggregation<K, V, A> aggregation,
            @Nullable String givenName,
            Materialized<K, A, WindowStore<Bytes, byte[]>> materialized,
            @Nullable Serde<A> defaultSerde) {
        given(materialized, "materialized");
        Serde<K> keys = materialized.keySerde() == null ? grouping.keySerde() : materialized.keySerde();
        Serde<A> values = materialized.valueSerde() == null ? defaultSerde : materialized.valueSerde();
        String storeName = materialized.storeName() == null ? plan.storeName(prefix) : materialized.storeName();
        String name = plan.name(givenName, prefix);
        TableStore store = TableStores.windowed(storeName, windows, materialized, keys, values);
        Aggregate aggregate = plan.add(new Aggregate(
                name,
                grouping.stream(),
                AggregateOperators.perWindow(name, storeName, windows, aggregation),
                store,
                grouping.rekeying(storeName)));
        Serde<Windowed<K>> windowedKeys =
                keys == null ? null : new WindowedSerdes.TimeWindowedSerde<>(keys, windows.size());
        return new PlannedTable<>(plan, aggregate, windowedKeys, values, materialized.storeName());
    }
}
