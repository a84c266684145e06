package io.tailrace.state;

import io.tailrace.common.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * A versioned store of serialized keys and values. It is a key-value store too, so that its supplier fits where one of
 * those is expected. Values that it returns have their timestamp in front: 8 bytes, big-endian, epoch milliseconds.
 */
public interface VersionedBytesStore extends KeyValueStore<Bytes, byte[]> {
    /** As {@link VersionedKeyValueStore#get(Object, long)}. */
    byte @Nullable [] get(Bytes key, long asOfTimestamp);

    /** As {@link VersionedKeyValueStore#put}; the value is bare. */
    long put(Bytes key, byte @Nullable [] value, long timestamp);

    /** As {@link VersionedKeyValueStore#delete}. */
    byte @Nullable [] delete(Bytes key, long timestamp);
}
