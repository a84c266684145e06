package io.tailrace.kstream;

import io.tailrace.common.errors.SerializationException;
import io.tailrace.common.header.Headers;
import io.tailrace.common.header.RecordHeaders;
import io.tailrace.serde.Serde;
import io.tailrace.serde.Serializer;
import io.tailrace.state.Windowed;
import java.nio.ByteBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes the key, then the window's start as 8 bytes, big-endian, in epoch milliseconds: the bytes of Kafka Streams. The
 * window's end is not written. Owner: one thread, as for the serializer inside.
 */
public class TimeWindowedSerializer<T> implements WindowedSerializer<T> {
    /** The class of a {@link Serde} for the key inside, for a serializer that was created without one. */
    public static final String WINDOWED_INNER_SERIALIZER_CLASS = "windowed.inner.serializer.class";

    private @Nullable Serializer<T> inner;

    /** To be configured with {@link #WINDOWED_INNER_SERIALIZER_CLASS}. */
    public TimeWindowedSerializer() {}

    public TimeWindowedSerializer(Serializer<T> inner) {
        this.inner = inner;
    }

    /** @throws io.tailrace.common.config.ConfigException when there is no serializer inside and none is configured */
    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        Serde<?> configured = inner == null ? WindowedKeys.innerSerde(WINDOWED_INNER_SERIALIZER_CLASS, configs) : null;
        if (configured != null) {
            @SuppressWarnings("unchecked") // the caller's word; a wrong serde fails when a key is written
            Serializer<T> serializer = (Serializer<T>) configured.serializer();
            inner = serializer;
        }
        if (inner == null) {
            throw WindowedKeys.missing(WINDOWED_INNER_SERIALIZER_CLASS, "a TimeWindowedSerializer");
        }
        inner.configure(configs, isKey);
    }

    @Override
    public byte @Nullable [] serialize(String topic, @Nullable Windowed<T> data) {
        return serialize(topic, new RecordHeaders(), data);
    }

    @Override
    public byte @Nullable [] serialize(String topic, Headers headers, @Nullable Windowed<T> data) {
        if (data == null) {
            return null;
        }
        byte[] key = serializeBaseKey(topic, headers, data);
        if (key == null) {
            throw new SerializationException(
                    "the key of a window was serialized to null for topic '" + topic + "': a windowed key needs bytes");
        }
        return ByteBuffer.allocate(key.length + WindowedKeys.START_BYTES)
                .put(key)
                .putLong(data.window().start())
                .array();
    }

    public byte @Nullable [] serializeBaseKey(String topic, Windowed<T> data) {
        return serializeBaseKey(topic, new RecordHeaders(), data);
    }

    @Override
    public byte @Nullable [] serializeBaseKey(String topic, Headers headers, Windowed<T> data) {
        Serializer<T> serializer = inner;
        if (serializer == null) {
            throw new IllegalStateException("this serializer has none for the key inside: call configure first");
        }
        return serializer.serialize(topic, headers, data.key());
    }

    @Override
    public void close() {
        if (inner != null) {
            inner.close();
        }
    }
}
