package io.tailrace.testkit;

import io.tailrace.processor.StateStore;
import io.tailrace.state.KeyValueStore;
import io.tailrace.state.TimestampedKeyValueStore;
import io.tailrace.state.TimestampedWindowStore;
import io.tailrace.state.ValueAndTimestamp;
import io.tailrace.state.WindowStore;
import org.jspecify.annotations.Nullable;

/** A store as the kind that a test asks for, null when it is of another one. The types of key and value are the test's to know. */
final class StoreKinds {
    private StoreKinds() {}

    /** A timestamped one without its timestamps. */
    @SuppressWarnings("unchecked")
    static <K, V> @Nullable KeyValueStore<K, V> keyValue(@Nullable StateStore store) {
        if (store instanceof TimestampedKeyValueStore<?, ?> timestamped) {
            return new PlainKeyValueStore<>((TimestampedKeyValueStore<K, V>) timestamped);
        }
        return store instanceof KeyValueStore<?, ?> keyValues ? (KeyValueStore<K, V>) keyValues : null;
    }

    @SuppressWarnings("unchecked")
    static <K, V> @Nullable KeyValueStore<K, ValueAndTimestamp<V>> timestampedKeyValue(@Nullable StateStore store) {
        return store instanceof TimestampedKeyValueStore<?, ?> timestamped
                ? (TimestampedKeyValueStore<K, V>) timestamped
                : null;
    }

    /** A timestamped one without its timestamps. */
    @SuppressWarnings("unchecked")
    static <K, V> @Nullable WindowStore<K, V> window(@Nullable StateStore store) {
        if (store instanceof TimestampedWindowStore<?, ?> timestamped) {
            return new PlainWindowStore<>((TimestampedWindowStore<K, V>) timestamped);
        }
        return store instanceof WindowStore<?, ?> windows ? (WindowStore<K, V>) windows : null;
    }

    @SuppressWarnings("unchecked")
    static <K, V> @Nullable WindowStore<K, ValueAndTimestamp<V>> timestampedWindow(@Nullable StateStore store) {
        return store instanceof TimestampedWindowStore<?, ?> timestamped
                ? (TimestampedWindowStore<K, V>) timestamped
                : null;
    }
}
