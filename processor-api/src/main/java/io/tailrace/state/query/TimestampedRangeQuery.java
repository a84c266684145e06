package io.tailrace.state.query;

import io.tailrace.query.Query;
import io.tailrace.query.ResultOrder;
import io.tailrace.state.KeyValueIterator;
import io.tailrace.state.ValueAndTimestamp;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a timestamped key-value store between two keys, as of one commit (KIP-992). The iterator has to be closed.
 */
public final class TimestampedRangeQuery<K, V> implements Query<KeyValueIterator<K, ValueAndTimestamp<V>>> {
    private final Optional<K> lower;
    private final Optional<K> upper;
    private final ResultOrder order;

    private TimestampedRangeQuery(Optional<K> lower, Optional<K> upper, ResultOrder order) {
        this.lower = lower;
        this.upper = upper;
        this.order = order;
    }

    /**
     * @param lower included; null for no bound
     * @param upper included; null for no bound
     */
    public static <K, V> TimestampedRangeQuery<K, V> withRange(@Nullable K lower, @Nullable K upper) {
        return new TimestampedRangeQuery<>(Optional.ofNullable(lower), Optional.ofNullable(upper), ResultOrder.ANY);
    }

    /** @param upper included; null for no bound */
    public static <K, V> TimestampedRangeQuery<K, V> withUpperBound(@Nullable K upper) {
        return withRange(null, upper);
    }

    /** @param lower included; null for no bound */
    public static <K, V> TimestampedRangeQuery<K, V> withLowerBound(@Nullable K lower) {
        return withRange(lower, null);
    }

    public static <K, V> TimestampedRangeQuery<K, V> withNoBounds() {
        return withRange(null, null);
    }

    /** By serialized key, within each partition. */
    public TimestampedRangeQuery<K, V> withAscendingKeys() {
        return new TimestampedRangeQuery<>(lower, upper, ResultOrder.ASCENDING);
    }

    /** By serialized key downwards, within each partition. */
    public TimestampedRangeQuery<K, V> withDescendingKeys() {
        return new TimestampedRangeQuery<>(lower, upper, ResultOrder.DESCENDING);
    }

    public ResultOrder resultOrder() {
        return order;
    }

    public Optional<K> lowerBound() {
        return lower;
    }

    public Optional<K> upperBound() {
        return upper;
    }
}
