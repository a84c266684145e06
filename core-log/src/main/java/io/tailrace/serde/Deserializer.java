package io.tailrace.serde;

import io.tailrace.common.header.Headers;
import java.io.Closeable;
import java.nio.ByteBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns bytes back into keys or values.
 *
 * @param <T> what is deserialized
 */
public interface Deserializer<T> extends Closeable {
    /**
     * Called once, before the first record, when the deserializer was created by its class name.
     *
     * @param configs everything that was configured where the deserializer is used
     * @param isKey true for keys, false for values
     */
    default void configure(Map<String, ?> configs, boolean isKey) {}

    /**
     * Deserializes one key or value.
     *
     * @param topic the record's topic
     * @param data the stored bytes, not to be changed; null by convention becomes null
     * @throws io.tailrace.common.errors.SerializationException when the bytes do not express a {@code T}
     */
    @Nullable
    T deserialize(String topic, byte @Nullable [] data);

    /** As {@link #deserialize(String, byte[])}, and may read the headers. */
    default @Nullable T deserialize(String topic, Headers headers, byte @Nullable [] data) {
        return deserialize(topic, data);
    }

    /**
     * As {@link #deserialize(String, Headers, byte[])}, from a buffer (KIP-863): overridden where that saves the copy.
     *
     * @param data the bytes are those between position and limit; borrowed until return, its position may not be relied on
     */
    default @Nullable T deserialize(String topic, Headers headers, @Nullable ByteBuffer data) {
        return deserialize(topic, headers, Buffers.copy(data));
    }

    /** Releases what the deserializer holds. A second call does nothing. */
    @Override
    default void close() {}
}
