package io.tailrace.state.query;

import io.tailrace.query.Query;
import io.tailrace.state.VersionedRecord;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * The latest version of a key in a versioned store, or the one that was valid at a time (KIP-960). Null when there was none, it
 * was a deletion, or the time lies before the history retention.
 */
public final class VersionedKeyQuery<K, V> implements Query<VersionedRecord<V>> {
    private final K key;
    private final Optional<Instant> asOf;

    private VersionedKeyQuery(K key, Optional<Instant> asOf) {
        this.key = Objects.requireNonNull(key, "the key must not be null");
        this.asOf = asOf;
    }

    /** The latest version. */
    public static <K, V> VersionedKeyQuery<K, V> withKey(K key) {
        return new VersionedKeyQuery<>(key, Optional.empty());
    }

    public VersionedKeyQuery<K, V> asOf(Instant asOfTimestamp) {
        return new VersionedKeyQuery<>(key, Optional.of(asOfTimestamp));
    }

    public K key() {
        return key;
    }

    /** Empty for the latest version. */
    public Optional<Instant> asOfTimestamp() {
        return asOf;
    }
}
