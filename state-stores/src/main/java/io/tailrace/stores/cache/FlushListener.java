package io.tailrace.stores.cache;

import io.tailrace.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Hears what a cache gives away: at a commit, or when it is full. Owner: the task's thread. */
@FunctionalInterface
public interface FlushListener<K, V> {
    /**
     * One key has changed since the last time. It is in the store already.
     *
     * @param newValue null when it was deleted
     * @param oldValue what was the new value last time, null for none, and always if old values are not sent
     * @param timestamp of the record that caused the last change, in epoch milliseconds
     * @param headers of that record; not to be changed
     */
    void flushed(K key, @Nullable V newValue, @Nullable V oldValue, long timestamp, Headers headers);
}
