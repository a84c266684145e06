package io.tailrace.kstream;

import io.tailrace.common.config.ConfigKey;
import io.tailrace.common.errors.SerializationException;
import io.tailrace.common.header.Headers;
import io.tailrace.common.header.RecordHeaders;
import io.tailrace.serde.Deserializer;
import io.tailrace.serde.Serde;
import io.tailrace.state.TimeWindow;
import io.tailrace.state.Windowed;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link TimeWindowedSerializer} writes; the window's end is its start plus the size given here. Owner: one
 * thread, as for the deserializer inside.
 */
public class TimeWindowedDeserializer<T> implements Deserializer<Windowed<T>> {
    /** Milliseconds from a window's start to its end, for a deserializer that was created without. */
    public static final String WINDOW_SIZE_MS_CONFIG = "window.size.ms";

    /** The class of a {@link Serde} for the key inside, for a deserializer that was created without one. */
    public static final String WINDOWED_INNER_DESERIALIZER_CLASS = "windowed.inner.deserializer.class";

    private @Nullable Deserializer<T> inner;
    private @Nullable Long windowSize;
    private boolean isChangelogTopic;

    /** To be configured with the two keys of this class. */
    public TimeWindowedDeserializer() {}

    /** @param windowSize in milliseconds; null when it will be configured */
    public TimeWindowedDeserializer(Deserializer<T> inner, @Nullable Long windowSize) {
        this.inner = inner;
        this.windowSize = windowSize;
    }

    /** In milliseconds; null when it is not known yet. */
    public @Nullable Long getWindowSize() {
        return windowSize;
    }

    /** @param isChangelogTopic true when the keys to be read are those of a window store's changelog */
    public void setIsChangelogTopic(boolean isChangelogTopic) {
        this.isChangelogTopic = isChangelogTopic;
    }

    /** @throws io.tailrace.common.config.ConfigException when the deserializer inside or the size is not known then */
    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        Object size = windowSize == null ? configs.get(WINDOW_SIZE_MS_CONFIG) : null;
        if (size != null) {
            windowSize = ConfigKey.longNumber(WINDOW_SIZE_MS_CONFIG)
                    .doc("milliseconds from a window's start to its end")
                    .parse(size, configs);
        }
        if (windowSize == null) {
            throw WindowedKeys.missing(WINDOW_SIZE_MS_CONFIG, "a TimeWindowedDeserializer");
        }
        Serde<?> configured =
                inner == null ? WindowedKeys.innerSerde(WINDOWED_INNER_DESERIALIZER_CLASS, configs) : null;
        if (configured != null) {
            @SuppressWarnings("unchecked") // the caller's word; a wrong serde fails where the key is used
            Deserializer<T> deserializer = (Deserializer<T>) configured.deserializer();
            inner = deserializer;
        }
        if (inner == null) {
            throw WindowedKeys.missing(WINDOWED_INNER_DESERIALIZER_CLASS, "a TimeWindowedDeserializer");
        }
        inner.configure(configs, isKey);
    }

    @Override
    public @Nullable Windowed<T> deserialize(String topic, byte @Nullable [] data) {
        return deserialize(topic, new RecordHeaders(), data);
    }

    @Override
    public @Nullable Windowed<T> deserialize(String topic, Headers headers, byte @Nullable [] data) {
        if (data == null || data.length == 0) {
            return null;
        }
        if (inner == null || windowSize == null) {
            throw new IllegalStateException("this deserializer lacks the one for the key inside, or the window size:"
                    + " call configure first");
        }
        int tail = WindowedKeys.START_BYTES + (isChangelogTopic ? WindowedKeys.SEQUENCE_BYTES : 0);
        if (data.length < tail) {
            throw new SerializationException("windowed key of topic '" + topic + "' has " + data.length
                    + " bytes, expected " + tail + " or more");
        }
        int keyLength = data.length - tail;
        T key = inner.deserialize(topic, headers, Arrays.copyOf(data, keyLength));
        if (key == null) {
            throw new SerializationException("the key inside a windowed key of topic '" + topic + "' was read as null");
        }
        return new Windowed<>(key, window(topic, ByteBuffer.wrap(data).getLong(keyLength), windowSize));
    }

    private static TimeWindow window(String topic, long startMs, long sizeMs) {
        if (startMs < 0) {
            throw new SerializationException(
                    "windowed key of topic '" + topic + "' has window start " + startMs + ", expected 0 or more");
        }
        long endMs = startMs + sizeMs;
        return new TimeWindow(startMs, endMs < 0 ? Long.MAX_VALUE : endMs);
    }

    @Override
    public void close() {
        if (inner != null) {
            inner.close();
        }
    }
}
