package io.tailrace.testkit;

import io.tailrace.common.ConsumerRecord;
import io.tailrace.common.header.RecordHeaders;
import io.tailrace.processor.StateStore;
import io.tailrace.state.KeyValueStore;
import io.tailrace.state.SessionStore;
import io.tailrace.state.SessionStoreWithHeaders;
import io.tailrace.state.TimestampedKeyValueStore;
import io.tailrace.state.TimestampedKeyValueStoreWithHeaders;
import io.tailrace.state.TimestampedWindowStore;
import io.tailrace.state.TimestampedWindowStoreWithHeaders;
import io.tailrace.state.ValueAndTimestamp;
import io.tailrace.state.ValueTimestampHeaders;
import io.tailrace.state.VersionedKeyValueStore;
import io.tailrace.state.WindowStore;
import org.jspecify.annotations.Nullable;

/**
 * A store as a test asks for it: one that keeps timestamps or headers also without them. Null for a store of another kind, or none. The
 * types of key and value are for the test to know. One thread.
 */
@SuppressWarnings("unchecked") // as said
final class StoreKinds {
    private StoreKinds() {}

    private static <V> @Nullable ValueAndTimestamp<V> stamped(@Nullable V value) {
        return ValueAndTimestamp.make(value, ConsumerRecord.NO_TIMESTAMP);
    }

    private static <V> @Nullable ValueTimestampHeaders<V> withHeaders(@Nullable V value) {
        return ValueTimestampHeaders.make(value, ConsumerRecord.NO_TIMESTAMP, new RecordHeaders());
    }

    private static <V> @Nullable ValueTimestampHeaders<V> withHeadersOf(@Nullable ValueAndTimestamp<V> value) {
        return value == null ? null : ValueTimestampHeaders.make(value.value(), value.timestamp(), new RecordHeaders());
    }

    static <K, V> @Nullable KeyValueStore<K, V> keyValue(@Nullable StateStore store) {
        if (store instanceof TimestampedKeyValueStoreWithHeaders<?, ?> kept) {
            return new PlainKeyValueStore<K, ValueTimestampHeaders<V>, V>(
                    (TimestampedKeyValueStoreWithHeaders<K, V>) kept,
                    ValueTimestampHeaders::getValueOrNull,
                    StoreKinds::withHeaders);
        }
        if (store instanceof TimestampedKeyValueStore<?, ?> kept) {
            return new PlainKeyValueStore<>(
                    (TimestampedKeyValueStore<K, V>) kept, ValueAndTimestamp::getValueOrNull, StoreKinds::stamped);
        }
        return store instanceof KeyValueStore<?, ?> plain ? (KeyValueStore<K, V>) plain : null;
    }

    static <K, V> @Nullable KeyValueStore<K, ValueAndTimestamp<V>> timestampedKeyValue(@Nullable StateStore store) {
        if (store instanceof TimestampedKeyValueStoreWithHeaders<?, ?> kept) {
            return new PlainKeyValueStore<K, ValueTimestampHeaders<V>, ValueAndTimestamp<V>>(
                    (TimestampedKeyValueStoreWithHeaders<K, V>) kept,
                    ValueTimestampHeaders::getValueAndTimestampOrNull,
                    StoreKinds::withHeadersOf);
        }
        return store instanceof TimestampedKeyValueStore<?, ?> kept ? (TimestampedKeyValueStore<K, V>) kept : null;
    }

    static <K, V> @Nullable WindowStore<K, V> window(@Nullable StateStore store) {
        if (store instanceof TimestampedWindowStoreWithHeaders<?, ?> kept) {
            return new PlainWindowStore<K, ValueTimestampHeaders<V>, V>(
                    (TimestampedWindowStoreWithHeaders<K, V>) kept,
                    ValueTimestampHeaders::getValueOrNull,
                    StoreKinds::withHeaders);
        }
        if (store instanceof TimestampedWindowStore<?, ?> kept) {
            return new PlainWindowStore<>(
                    (TimestampedWindowStore<K, V>) kept, ValueAndTimestamp::getValueOrNull, StoreKinds::stamped);
        }
        return store instanceof WindowStore<?, ?> plain ? (WindowStore<K, V>) plain : null;
    }

    static <K, V> @Nullable WindowStore<K, ValueAndTimestamp<V>> timestampedWindow(@Nullable StateStore store) {
        if (store instanceof TimestampedWindowStoreWithHeaders<?, ?> kept) {
            return new PlainWindowStore<K, ValueTimestampHeaders<V>, ValueAndTimestamp<V>>(
                    (TimestampedWindowStoreWithHeaders<K, V>) kept,
                    ValueTimestampHeaders::getValueAndTimestampOrNull,
                    StoreKinds::withHeadersOf);
        }
        return store instanceof TimestampedWindowStore<?, ?> kept ? (TimestampedWindowStore<K, V>) kept : null;
    }

    static <K, V> @Nullable SessionStore<K, V> session(@Nullable StateStore store) {
        if (store instanceof SessionStoreWithHeaders<?, ?> kept) {
            return new PlainSessionStore<>((SessionStoreWithHeaders<K, V>) kept);
        }
        return store instanceof SessionStore<?, ?> plain ? (SessionStore<K, V>) plain : null;
    }

    static <K, V> @Nullable KeyValueStore<K, ValueTimestampHeaders<V>> keyValueWithHeaders(@Nullable StateStore store) {
        return store instanceof TimestampedKeyValueStoreWithHeaders<?, ?> kept
                ? (TimestampedKeyValueStoreWithHeaders<K, V>) kept
                : null;
    }

    static <K, V> @Nullable WindowStore<K, ValueTimestampHeaders<V>> windowWithHeaders(@Nullable StateStore store) {
        return store instanceof TimestampedWindowStoreWithHeaders<?, ?> kept
                ? (TimestampedWindowStoreWithHeaders<K, V>) kept
                : null;
    }

    static <K, V> @Nullable SessionStoreWithHeaders<K, V> sessionWithHeaders(@Nullable StateStore store) {
        return store instanceof SessionStoreWithHeaders<?, ?> kept ? (SessionStoreWithHeaders<K, V>) kept : null;
    }

    static <K, V> @Nullable VersionedKeyValueStore<K, V> versioned(@Nullable StateStore store) {
        return store instanceof VersionedKeyValueStore<?, ?> versions ? (VersionedKeyValueStore<K, V>) versions : null;
    }
}
