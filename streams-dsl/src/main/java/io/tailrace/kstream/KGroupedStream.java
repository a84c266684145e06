package io.tailrace.kstream;

import io.tailrace.common.Bytes;
import io.tailrace.state.KeyValueStore;
import io.tailrace.state.Window;

/**
 * A stream whose records with equal keys are together in one partition, ready to be aggregated. Records with a null key or
 * value are dropped.
 *
 * <p>Results are a table; every input record makes a change of it. A result's timestamp is the highest of the records that
 * went into it. The result's store, and the repartition topic if there is one, have the {@link Materialized}'s name or a
 * generated one.
 */
public interface KGroupedStream<K, V> {
    /** How many records there are per key. */
    KTable<K, Long> count();

    KTable<K, Long> count(Named named);

    KTable<K, Long> count(Materialized<K, Long, KeyValueStore<Bytes, byte[]>> materialized);

    KTable<K, Long> count(Named named, Materialized<K, Long, KeyValueStore<Bytes, byte[]>> materialized);

    /** Combines values of one type: the first is the result as it is, each further one is combined with the result so far. */
    KTable<K, V> reduce(Reducer<V> reducer);

    KTable<K, V> reduce(Reducer<V> reducer, Materialized<K, V, KeyValueStore<Bytes, byte[]>> materialized);

    KTable<K, V> reduce(Reducer<V> reducer, Named named, Materialized<K, V, KeyValueStore<Bytes, byte[]>> materialized);

    /** Takes each record into an aggregate, which may be of another type. */
    <VOut> KTable<K, VOut> aggregate(Initializer<VOut> initializer, Aggregator<? super K, ? super V, VOut> aggregator);

    <VOut> KTable<K, VOut> aggregate(
            Initializer<VOut> initializer,
            Aggregator<? super K, ? super V, VOut> aggregator,
            Materialized<K, VOut, KeyValueStore<Bytes, byte[]>> materialized);

    <VOut> KTable<K, VOut> aggregate(
            Initializer<VOut> initializer,
            Aggregator<? super K, ? super V, VOut> aggregator,
            Named named,
            Materialized<K, VOut, KeyValueStore<Bytes, byte[]>> materialized);

    /** Aggregates per key and window. */
    <W extends Window> TimeWindowedKStream<K, V> windowedBy(Windows<W> windows);
}
