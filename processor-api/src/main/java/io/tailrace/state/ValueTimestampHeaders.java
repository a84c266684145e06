package io.tailrace.state;

import io.tailrace.common.header.Headers;
import io.tailrace.common.header.RecordHeaders;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A value with the event time of its last change in epoch milliseconds, and the headers of that change (KIP-1271). The headers are
 * those given, not a copy; what comes out of a store has headers of its own.
 */
public final class ValueTimestampHeaders<V> {
    private final @Nullable V value;
    private final long timestamp;
    private final Headers headers;

    private ValueTimestampHeaders(@Nullable V value, long timestamp, @Nullable Headers headers) {
        this.value = value;
        this.timestamp = timestamp;
        this.headers = headers == null ? new RecordHeaders() : headers;
    }

    /**
     * Returns null for a null value, because a store deletes on null.
     *
     * @param headers null for none
     */
    public static <V> @Nullable ValueTimestampHeaders<V> make(
            @Nullable V value, long timestamp, @Nullable Headers headers) {
        return value == null ? null : new ValueTimestampHeaders<>(value, timestamp, headers);
    }

    /** As {@link #make}, but a null value keeps its timestamp and headers: for deletions on their way downstream, not for stores. */
    public static <V> ValueTimestampHeaders<V> makeAllowNullable(
            @Nullable V value, long timestamp, @Nullable Headers headers) {
        return new ValueTimestampHeaders<>(value, timestamp, headers);
    }

    /** The value, null also when there is no {@code valueTimestampHeaders} at all. */
    public static <V> @Nullable V getValueOrNull(@Nullable ValueTimestampHeaders<V> valueTimestampHeaders) {
        return valueTimestampHeaders == null ? null : valueTimestampHeaders.value;
    }

    /** Value and timestamp, null also when there is no {@code valueTimestampHeaders} at all. Kafka Streams has no such method. */
    public static <V> @Nullable ValueAndTimestamp<V> getValueAndTimestampOrNull(
            @Nullable ValueTimestampHeaders<V> valueTimestampHeaders) {
        return valueTimestampHeaders == null
                ? null
                : ValueAndTimestamp.make(valueTimestampHeaders.value, valueTimestampHeaders.timestamp);
    }

    /** Null only if made by {@link #makeAllowNullable}. */
    public @Nullable V value() {
        return value;
    }

    public long timestamp() {
        return timestamp;
    }

    public Headers headers() {
        return headers;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ValueTimestampHeaders<?> that
                && timestamp == that.timestamp
                && Objects.equals(value, that.value)
                && headers.equals(that.headers);
    }

    @Override
    public int hashCode() {
        return Objects.hash(value, timestamp, headers);
    }

    @Override
    public String toString() {
        return "ValueTimestampHeaders{value=" + value + ", timestamp=" + timestamp + ", headers=" + headers + "}";
    }
}
