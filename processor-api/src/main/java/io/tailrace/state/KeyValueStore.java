package io.tailrace.state;

import io.tailrace.processor.KeyValue;
import io.tailrace.processor.StateStore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A map of one task's state. Owner: the task's thread; others read through {@link QueryableStore}. */
public interface KeyValueStore<K, V> extends StateStore, ReadOnlyKeyValueStore<K, V> {
    /** @param value null deletes the key */
    void put(K key, @Nullable V value);

    /**
     * Writes only when the key is absent.
     *
     * @return the value that was there, null when this one was written
     */
    @Nullable
    V putIfAbsent(K key, @Nullable V value);

    /** As {@link #put} for each entry in turn. */
    void putAll(List<KeyValue<K, V>> entries);

    /** Returns the value that was there, null when there was none. */
    @Nullable
    V delete(K key);
}
