package io.tailrace.kstream;

import io.tailrace.common.Bytes;
import io.tailrace.state.WindowStore;
import io.tailrace.state.Windowed;

/**
 * A grouped stream to be aggregated per key and window; a record goes into every window that its timestamp lies in. As for
 * {@link KGroupedStream}, each record makes changes, records with a null key or value are dropped, and a result's timestamp
 * is the highest of its records.
 *
 * <p><b>Late records:</b> a window is closed once stream time has reached its end plus the grace period; records for it are
 * dropped then. Stream time here is the highest timestamp that this operation has seen in this task.
 *
 * <p>Windows are kept for their size plus the grace period, longer with {@link Materialized#withRetention}.
 */
public interface TimeWindowedKStream<K, V> {
    /** How many records there are per key and window. */
    KTable<Windowed<K>, Long> count();

    KTable<Windowed<K>, Long> count(Named named);

    KTable<Windowed<K>, Long> count(Materialized<K, Long, WindowStore<Bytes, byte[]>> materialized);

    KTable<Windowed<K>, Long> count(Named named, Materialized<K, Long, WindowStore<Bytes, byte[]>> materialized);

    /** Combines values of one type: the first is the result as it is, each further one is combined with the result so far. */
    KTable<Windowed<K>, V> reduce(Reducer<V> reducer);

    KTable<Windowed<K>, V> reduce(Reducer<V> reducer, Named named);

    KTable<Windowed<K>, V> reduce(Reducer<V> reducer, Materialized<K, V, WindowStore<Bytes, byte[]>> materialized);

    KTable<Windowed<K>, V> reduce(
            Reducer<V> reducer, Named named, Materialized<K, V, WindowStore<Bytes, byte[]>> materialized);

    /** Takes each record into an aggregate, which may be of another type. */
    <VOut> KTable<Windowed<K>, VOut> aggregate(
            Initializer<VOut> initializer, Aggregator<? super K, ? super V, VOut> aggregator);

    <VOut> KTable<Windowed<K>, VOut> aggregate(
            Initializer<VOut> initializer, Aggregator<? super K, ? super V, VOut> aggregator, Named named);

    <VOut> KTable<Windowed<K>, VOut> aggregate(
            Initializer<VOut> initializer,
            Aggregator<? super K, ? super V, VOut> aggregator,
            Materialized<K, VOut, WindowStore<Bytes, byte[]>> materialized);

    <VOut> KTable<Windowed<K>, VOut> aggregate(
            Initializer<VOut> initializer,
            Aggregator<? super K, ? super V, VOut> aggregator,
            Named named,
            Materialized<K, VOut, WindowStore<Bytes, byte[]>> materialized);
}
