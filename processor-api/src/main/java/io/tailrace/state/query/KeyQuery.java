package io.tailrace.state.query;

import io.tailrace.query.Query;
import java.util.Objects;

/** The value of a key in a key-value store; of a timestamped one the bare value. Null when the key is absent. */
public final class KeyQuery<K, V> implements Query<V> {
    private final K key;
    private final boolean skipCache;

    private KeyQuery(K key, boolean skipCache) {
        this.key = Objects.requireNonNull(key, "the key must not be null");
        this.skipCache = skipCache;
    }

    public static <K, V> KeyQuery<K, V> withKey(K key) {
        return new KeyQuery<>(key, false);
    }

    /** Not to look into a cache. Answers come from committed state, where no cache is in between: this changes nothing. */
    public KeyQuery<K, V> skipCache() {
        return new KeyQuery<>(key, true);
    }

    public K getKey() {
        return key;
    }

    public boolean isSkipCache() {
        return skipCache;
    }
}
