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
}
