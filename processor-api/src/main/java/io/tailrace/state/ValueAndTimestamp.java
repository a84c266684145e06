package io.tailrace.state;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A value with the event time of its last change in epoch milliseconds (KIP-258). Immutable if the value is. */
public final class ValueAndTimestamp<V> {
    private final @Nullable V value;
    private final long timestamp;

    private ValueAndTimestamp(@Nullable V value, long timestamp) {
        this.value = value;
        this.timestamp = timestamp;
    }

    /** Returns null for a null value, because a store deletes on null. */
    public static <V> @Nullable ValueAndTimestamp<V> make(@Nullable V value, long timestamp) {
        return value == null ? null : new ValueAndTimestamp<>(value, timestamp);
    }

    /** As {@link #make}, but a null value keeps its timestamp: for deletions on their way downstream, not for stores. */
    public static <V> ValueAndTimestamp<V> makeAllowNullable(@Nullable V value, long timestamp) {
        return new ValueAndTimestamp<>(value, timestamp);
    }

    /** The value, null also when there is no {@code valueAndTimestamp} at all. */
    public static <V> @Nullable V getValueOrNull(@Nullable ValueAndTimestamp<V> valueAndTimestamp) {
        return valueAndTimestamp == null ? null : valueAndTimestamp.value;
    }

    /** Null only if made by {@link #makeAllowNullable}. */
    public @Nullable V value() {
        return value;
    }

    public long timestamp() {
        return timestamp;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ValueAndTimestamp<?> that
                && timestamp == that.timestamp
                && Objects.equals(value, that.value);
    }

    @Override
    public int hashCode() {
        return Objects.hash(value, timestamp);
    }

    @Override
    public String toString() {
        return "<" + value + "," + timestamp + ">";
    }
}
