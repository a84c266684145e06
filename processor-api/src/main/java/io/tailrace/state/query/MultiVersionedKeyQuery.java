package io.tailrace.state.query;

import io.tailrace.query.Query;
import io.tailrace.query.ResultOrder;
import io.tailrace.state.VersionedRecordIterator;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The versions of a key in a versioned store that were valid at some time between two, as of one commit (KIP-968). The newest
 * comes first unless ascending timestamps are asked for. The iterator has to be closed.
 */
public final class MultiVersionedKeyQuery<K, V> implements Query<VersionedRecordIterator<V>> {
    private final K key;
    private final Optional<Instant> from;
    private final Optional<Instant> to;
    private final ResultOrder order;

    private MultiVersionedKeyQuery(K key, Optional<Instant> from, Optional<Instant> to, ResultOrder order) {
        this.key = Objects.requireNonNull(key, "the key must not be null");
        this.from = from;
        this.to = to;
        this.order = order;
    }

    /** All versions of the key. */
    public static <K, V> MultiVersionedKeyQuery<K, V> withKey(K key) {
        return new MultiVersionedKeyQuery<>(key, Optional.empty(), Optional.empty(), ResultOrder.ANY);
    }

    /** @param fromTime included; null for no bound */
    public MultiVersionedKeyQuery<K, V> fromTime(@Nullable Instant fromTime) {
        return new MultiVersionedKeyQuery<>(key, Optional.ofNullable(fromTime), to, order);
    }

    /** @param toTime included; null for no bound */
    public MultiVersionedKeyQuery<K, V> toTime(@Nullable Instant toTime) {
        return new MultiVersionedKeyQuery<>(key, from, Optional.ofNullable(toTime), order);
    }

    /** The oldest first. */
    public MultiVersionedKeyQuery<K, V> withAscendingTimestamps() {
        return new MultiVersionedKeyQuery<>(key, from, to, ResultOrder.ASCENDING);
    }

    /** The newest first. */
    public MultiVersionedKeyQuery<K, V> withDescendingTimestamps() {
        return new MultiVersionedKeyQuery<>(key, from, to, ResultOrder.DESCENDING);
    }

    public K key() {
        return key;
    }

    public Optional<Instant> fromTime() {
        return from;
    }

    public Optional<Instant> toTime() {
        return to;
    }

    public ResultOrder resultOrder() {
        return order;
    }
}
