package io.tailrace.state.query;

import io.tailrace.query.Query;
import io.tailrace.state.ValueAndTimestamp;
import java.util.Objects;

/** The value and timestamp of a key in a timestamped key-value store (KIP-992). Null when the key is absent. */
public final class TimestampedKeyQuery<K, V> implements Query<ValueAndTimestamp<V>> {
    private final K key;
    private final boolean skipCache;

    private TimestampedKeyQuery(K key, boolean skipCache) {
        this.key = Objects.requireNonNull(key, "the key must not be null");
        this.skipCache = skipCache;
    }

    public static <K, V> TimestampedKeyQuery<K, V> withKey(K key) {
        return new TimestampedKeyQuery<>(key, false);
    }

    /** As {@link KeyQuery#skipCache()}. */
    public TimestampedKeyQuery<K, V> skipCache() {
        return new TimestampedKeyQuery<>(key, true);
    }

    public K key() {
        return key;
    }

    public boolean isSkipCache() {
        return skipCache;
    }
}
