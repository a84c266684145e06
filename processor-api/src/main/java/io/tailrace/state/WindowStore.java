package io.tailrace.state;

import io.tailrace.processor.StateStore;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * State of one task by key and window start. Windows older than the retention, counted back from the newest one
 * written, expire. Owner: the task's thread; others read through {@link QueryableStore}.
 *
 * <p>The variants with {@code long} bounds are for processors, in epoch milliseconds of window starts, both included.
 */
public interface WindowStore<K, V> extends StateStore, ReadOnlyWindowStore<K, V> {
    /**
     * Writes the value of one window. A window that has expired already is dropped.
     *
     * @param value null deletes the window
     * @param windowStartTimestamp epoch milliseconds
     */
    void put(K key, @Nullable V value, long windowStartTimestamp);

    WindowStoreIterator<V> fetch(K key, long timeFrom, long timeTo);

    @Override
    default WindowStoreIterator<V> fetch(K key, Instant timeFrom, Instant timeTo) {
        return fetch(key, EpochMillis.of("timeFrom", timeFrom), EpochMillis.of("timeTo", timeTo));
    }

    default WindowStoreIterator<V> backwardFetch(K key, long timeFrom, long timeTo) {
        throw new UnsupportedOperationException(getClass().getName() + " cannot be read in reverse order");
    }

    @Override
    default WindowStoreIterator<V> backwardFetch(K key, Instant timeFrom, Instant timeTo) {
        return backwardFetch(key, EpochMillis.of("timeFrom", timeFrom), EpochMillis.of("timeTo", timeTo));
    }

    KeyValueIterator<Windowed<K>, V> fetch(@Nullable K keyFrom, @Nullable K keyTo, long timeFrom, long timeTo);

    @Override
    default KeyValueIterator<Windowed<K>, V> fetch(
            @Nullable K keyFrom, @Nullable K keyTo, Instant timeFrom, Instant timeTo) {
        return fetch(keyFrom, keyTo, EpochMillis.of("timeFrom", timeFrom), EpochMillis.of("timeTo", timeTo));
    }

    default KeyValueIterator<Windowed<K>, V> backwardFetch(
            @Nullable K keyFrom, @Nullable K keyTo, long timeFrom, long timeTo) {
        throw new UnsupportedOperationException(getClass().getName() + " cannot be read in reverse order");
    }

    @Override
    default KeyValueIterator<Windowed<K>, V> backwardFetch(
            @Nullable K keyFrom, @Nullable K keyTo, Instant timeFrom, Instant timeTo) {
        return backwardFetch(keyFrom, keyTo, EpochMillis.of("timeFrom", timeFrom), EpochMillis.of("timeTo", timeTo));
    }

    KeyValueIterator<Windowed<K>, V> fetchAll(long timeFrom, long timeTo);

    @Override
    default KeyValueIterator<Windowed<K>, V> fetchAll(Instant timeFrom, Instant timeTo) {
        return fetchAll(EpochMillis.of("timeFrom", timeFrom), EpochMillis.of("timeTo", timeTo));
    }

    default KeyValueIterator<Windowed<K>, V> backwardFetchAll(long timeFrom, long timeTo) {
        throw new UnsupportedOperationException(getClass().getName() + " cannot be read in reverse order");
    }

    @Override
    default KeyValueIterator<Windowed<K>, V> backwardFetchAll(Instant timeFrom, Instant timeTo) {
        return backwardFetchAll(EpochMillis.of("timeFrom", timeFrom), EpochMillis.of("timeTo", timeTo));
    }
}
