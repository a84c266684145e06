package io.tailrace.serde;

import io.tailrace.common.header.Headers;
import java.io.Closeable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns keys or values into bytes.
 *
 * @param <T> what is serialized
 */
public interface Serializer<T> extends Closeable {
    /**
     * Called once, before the first record, when the serializer was created by its class name.
     *
     * @param configs everything that was configured where the serializer is used
     * @param isKey true for keys, false for values
     */
    default void configure(Map<String, ?> configs, boolean isKey) {}

    /**
     * Serializes one key or value.
     *
     * @param topic the record's topic
     * @param data null by convention becomes null
     * @return bytes that the caller may keep; null is stored as null
     * @throws io.tailrace.common.errors.SerializationException when the data cannot be expressed
     */
    byte @Nullable [] serialize(String topic, @Nullable T data);

    /** As {@link #serialize(String, Object)}, and may read or add headers. */
    default byte @Nullable [] serialize(String topic, Headers headers, @Nullable T data) {
        return serialize(topic, data);
    }

    /** Releases what the serializer holds. A second call does nothing. */
    @Override
    default void close() {}
}
