package io.tailrace.serde;

import java.io.Closeable;
import java.util.Map;

/**
 * A serializer and the deserializer that understands it.
 *
 * @param <T> what they turn into bytes and back
 */
public interface Serde<T> extends Closeable {
    /** Configures both, as {@link Serializer#configure(Map, boolean)} says. */
    default void configure(Map<String, ?> configs, boolean isKey) {}

    /** Closes both. A second call does nothing. */
    @Override
    default void close() {}

    Serializer<T> serializer();

    Deserializer<T> deserializer();

    /**
     * Whether the objects may be kept instead of their bytes: nobody can change them once they are made, and two of them are
     * {@link Object#equals equal} exactly when their bytes are. Caches in front of stores keep such keys and values as they are; of
     * others they keep the bytes. Text, numbers and UUIDs are immutable; of JSON those Java records that hold nothing else.
     */
    default boolean isImmutable() {
        return false;
    }
}
