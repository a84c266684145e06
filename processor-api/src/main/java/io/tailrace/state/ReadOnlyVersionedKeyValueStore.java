package io.tailrace.state;

import org.jspecify.annotations.Nullable;

/**
 * The read side of a {@link VersionedKeyValueStore}, for queries. Every method throws {@link
 * io.tailrace.errors.InvalidStateStoreException} when the store is not open. Kafka Streams has no such interface: its
 * versioned stores are read by queries only.
 */
public interface ReadOnlyVersionedKeyValueStore<K, V> {
    /** As {@link VersionedKeyValueStore#get(Object)}. */
    @Nullable
    VersionedRecord<V> get(K key);

    /** As {@link VersionedKeyValueStore#get(Object, long)}. */
    @Nullable
    VersionedRecord<V> get(K key, long asOfTimestamp);

    /**
     * The versions of one key that were valid at some time between two, both included.
     *
     * @param fromMs epoch milliseconds; what lies before the history retention is not found
     * @param toMs epoch milliseconds
     * @param ascending whether the oldest comes first
     */
    VersionedRecordIterator<V> history(K key, long fromMs, long toMs, boolean ascending);
}
