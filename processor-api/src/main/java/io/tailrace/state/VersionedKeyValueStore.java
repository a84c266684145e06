package io.tailrace.state;

import io.tailrace.processor.StateStore;
import org.jspecify.annotations.Nullable;

/**
 * State of one task by key that remembers earlier values (KIP-889). Each {@link #put} adds a version, which is valid from
 * its timestamp until that of the next one; timestamps may come in any order. Owner: the task's thread; others read
 * through {@link QueryableStore}.
 *
 * <p><b>History retention</b> is how far back {@link #get(Object, long)} looks, counted from the stream time, which is the
 * highest timestamp put. It is also the grace period: a write that is older is dropped. The latest version of a key
 * never expires.
 */
public interface VersionedKeyValueStore<K, V> extends StateStore {
    /** What {@link #put} returns for a version that is the latest of its key: nothing ends it yet. */
    long PUT_RETURN_CODE_VALID_TO_UNDEFINED = -1;

    /** What {@link #put} returns for a version that came after the grace period and was dropped. */
    long PUT_RETURN_CODE_NOT_PUT = Long.MIN_VALUE;

    /**
     * Adds a version, or replaces the one with that timestamp.
     *
     * @param value null for a deletion as of that time
     * @param timestamp epoch milliseconds
     * @return the timestamp of the next later version, where the new one ends; or {@link
     *     #PUT_RETURN_CODE_VALID_TO_UNDEFINED} or {@link #PUT_RETURN_CODE_NOT_PUT}
     */
    long put(K key, @Nullable V value, long timestamp);

    /**
     * As {@link #put} of null.
     *
     * @return the version that was valid at that time, null when there was none or the write was dropped
     */
    @Nullable
    VersionedRecord<V> delete(K key, long timestamp);

    /** The latest version, null when there is none or it is a deletion. */
    @Nullable
    VersionedRecord<V> get(K key);

    /**
     * The version that was valid at a time.
     *
     * @param asOfTimestamp epoch milliseconds; before the history retention only the latest version is found
     * @return null when there was none or it has expired
     */
    @Nullable
    VersionedRecord<V> get(K key, long asOfTimestamp);
}
