package io.tailrace.state.query;

import io.tailrace.query.Query;
import io.tailrace.query.ResultOrder;
import io.tailrace.state.KeyValueIterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a key-value store between two keys, as of one commit; of a timestamped store with their bare values. The
 * iterator has to be closed.
 */
public final class RangeQuery<K, V> implements Query<KeyValueIterator<K, V>> {
    private final Optional<K> lower;
    private final Optional<K> upper;
    private final ResultOrder order;

    private RangeQuery(Optional<K> lower, Optional<K> upper, ResultOrder order) {
        this.lower = lower;
        this.upper = upper;
        this.order = order;
    }

    /**
     * @param lower included; null for no bound
     * @param upper included; null for no bound
     */
    public static <K, V> RangeQuery<K, V> withRange(@Nullable K lower, @Nullable K upper) {
        return new RangeQuery<>(Optional.ofNullable(lower), Optional.ofNullable(upper), ResultOrder.ANY);
    }

    /** @param upper included; null for no bound */
    public static <K, V> RangeQuery<K, V> withUpperBound(@Nullable K upper) {
        return withRange(null, upper);
    }

    /** @param lower included; null for no bound */
    public static <K, V> RangeQuery<K, V> withLowerBound(@Nullable K lower) {
        return withRange(lower, null);
    }

    public static <K, V> RangeQuery<K, V> withNoBounds() {
        return withRange(null, null);
    }

    /** By serialized key, within each partition. */
    public RangeQuery<K, V> withAscendingKeys() {
        return new RangeQuery<>(lower, upper, ResultOrder.ASCENDING);
    }

    /** By serialized key downwards, within each partition. */
    public RangeQuery<K, V> withDescendingKeys() {
        return new RangeQuery<>(lower, upper, ResultOrder.DESCENDING);
    }

    public ResultOrder resultOrder() {
        return order;
    }

    public Optional<K> getLowerBound() {
        return lower;
    }

    public Optional<K> getUpperBound() {
        return upper;
    }
}
