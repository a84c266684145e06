package io.tailrace.state;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The read side of a {@link WindowStore}. Every method throws {@link io.tailrace.errors.InvalidStateStoreException}
 * when the store is not open. Time bounds are window starts, both included; an expired window is not found.
 *
 * <p><b>Order:</b> iterators over one key go by window start; those over several keys need not be sorted by key.
 */
public interface ReadOnlyWindowStore<K, V> {
    /**
     * The value of one window.
     *
     * @param time the window's start in epoch milliseconds
     * @return null when there is none
     */
    @Nullable
    V fetch(K key, long time);

    /** The windows of one key, oldest first. */
    WindowStoreIterator<V> fetch(K key, Instant timeFrom, Instant timeTo);

    /** As {@link #fetch(Object, Instant, Instant)}, newest first; a store that cannot go backwards throws. */
    default WindowStoreIterator<V> backwardFetch(K key, Instant timeFrom, Instant timeTo) {
        throw new UnsupportedOperationException(getClass().getName() + " cannot be read in reverse order");
    }

    /**
     * The windows of all keys between two, both included.
     *
     * @param keyFrom null for the first key
     * @param keyTo null for the last key
     */
    KeyValueIterator<Windowed<K>, V> fetch(@Nullable K keyFrom, @Nullable K keyTo, Instant timeFrom, Instant timeTo);

    /** As {@link #fetch(Object, Object, Instant, Instant)} in reverse; a store that cannot go backwards throws. */
    default KeyValueIterator<Windowed<K>, V> backwardFetch(
            @Nullable K keyFrom, @Nullable K keyTo, Instant timeFrom, Instant timeTo) {
        throw new UnsupportedOperationException(getClass().getName() + " cannot be read in reverse order");
    }

    /** Every window in the store. */
    KeyValueIterator<Windowed<K>, V> all();

    /** As {@link #all} in reverse; a store that cannot go backwards throws. */
    default KeyValueIterator<Windowed<K>, V> backwardAll() {
        throw new UnsupportedOperationException(getClass().getName() + " cannot be read in reverse order");
    }

    /** The windows of all keys that start in the given time. */
    KeyValueIterator<Windowed<K>, V> fetchAll(Instant timeFrom, Instant timeTo);

    /** As {@link #fetchAll} in reverse; a store that cannot go backwards throws. */
    default KeyValueIterator<Windowed<K>, V> backwardFetchAll(Instant timeFrom, Instant timeTo) {
        throw new UnsupportedOperationException(getClass().getName() + " cannot be read in reverse order");
    }
}
