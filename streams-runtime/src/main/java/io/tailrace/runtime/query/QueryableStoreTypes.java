package io.tailrace.runtime.query;

import io.tailrace.errors.InvalidStateStoreException;
import io.tailrace.processor.StateStore;
import io.tailrace.state.AggregationWithHeaders;
import io.tailrace.state.KeyValueStore;
import io.tailrace.state.QueryableStore;
import io.tailrace.state.ReadOnlyKeyValueStore;
import io.tailrace.state.ReadOnlySessionStore;
import io.tailrace.state.ReadOnlyWindowStore;
import io.tailrace.state.SessionStore;
import io.tailrace.state.SessionStoreWithHeaders;
import io.tailrace.state.TimestampedKeyValueStore;
import io.tailrace.state.TimestampedKeyValueStoreWithHeaders;
import io.tailrace.state.TimestampedWindowStore;
import io.tailrace.state.TimestampedWindowStoreWithHeaders;
import io.tailrace.state.ValueAndTimestamp;
import io.tailrace.state.ValueTimestampHeaders;
import io.tailrace.state.WindowStore;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The ways to read the stores that exist. The plain ones also read stores with timestamps and headers, and leave those out; the
 * timestamped ones also read stores with headers.
 */
public final class QueryableStoreTypes {
    private QueryableStoreTypes() {}

    public static <K, V> QueryableStoreType<ReadOnlyKeyValueStore<K, V>> keyValueStore() {
        return new Type<>(
                "a key-value store",
                List.of(KeyValueStore.class),
                QueryableStoreTypes::plainKeyValues,
                CompositeKeyValueStore::new);
    }

    public static <K, V> QueryableStoreType<ReadOnlyKeyValueStore<K, ValueAndTimestamp<V>>> timestampedKeyValueStore() {
        return new Type<>(
                "a timestamped key-value store",
                List.of(TimestampedKeyValueStore.class, TimestampedKeyValueStoreWithHeaders.class),
                QueryableStoreTypes::timestampedKeyValues,
                CompositeKeyValueStore::new);
    }

    public static <K, V>
            QueryableStoreType<ReadOnlyKeyValueStore<K, ValueTimestampHeaders<V>>>
                    timestampedKeyValueStoreWithHeaders() {
        return new Type<>(
                "a timestamped key-value store with headers",
                List.of(TimestampedKeyValueStoreWithHeaders.class),
                QueryableStoreTypes::<ReadOnlyKeyValueStore<K, ValueTimestampHeaders<V>>>view,
                CompositeKeyValueStore::new);
    }

    public static <K, V> QueryableStoreType<ReadOnlyWindowStore<K, V>> windowStore() {
        return new Type<>(
                "a window store",
                List.of(WindowStore.class),
                QueryableStoreTypes::plainWindows,
                CompositeWindowStore::new);
    }

    public static <K, V> QueryableStoreType<ReadOnlyWindowStore<K, ValueAndTimestamp<V>>> timestampedWindowStore() {
        return new Type<>(
                "a timestamped window store",
                List.of(TimestampedWindowStore.class, TimestampedWindowStoreWithHeaders.class),
                QueryableStoreTypes::timestampedWindows,
                CompositeWindowStore::new);
    }

    public static <K, V>
            QueryableStoreType<ReadOnlyWindowStore<K, ValueTimestampHeaders<V>>> timestampedWindowStoreWithHeaders() {
        return new Type<>(
                "a timestamped window store with headers",
                List.of(TimestampedWindowStoreWithHeaders.class),
                QueryableStoreTypes::<ReadOnlyWindowStore<K, ValueTimestampHeaders<V>>>view,
                CompositeWindowStore::new);
    }

    public static <K, V> QueryableStoreType<ReadOnlySessionStore<K, V>> sessionStore() {
        return new Type<>(
                "a session store",
                List.of(SessionStore.class),
                QueryableStoreTypes::plainSessions,
                CompositeSessionStore::new);
    }

    public static <K, V>
            QueryableStoreType<ReadOnlySessionStore<K, AggregationWithHeaders<V>>> sessionStoreWithHeaders() {
        return new Type<>(
                "a session store with headers",
                List.of(SessionStoreWithHeaders.class),
                QueryableStoreTypes::<ReadOnlySessionStore<K, AggregationWithHeaders<V>>>view,
                CompositeSessionStore::new);
    }

    private static <K, V> ReadOnlyKeyValueStore<K, V> plainKeyValues(StateStore store) {
        if (store instanceof TimestampedKeyValueStoreWithHeaders) {
            ReadOnlyKeyValueStore<K, ValueTimestampHeaders<V>> view = view(store);
            return new PlainKeyValueView<>(view, ValueTimestampHeaders::getValueOrNull);
        }
        if (store instanceof TimestampedKeyValueStore) {
            ReadOnlyKeyValueStore<K, ValueAndTimestamp<V>> view = view(store);
            return new PlainKeyValueView<>(view, ValueAndTimestamp::getValueOrNull);
        }
        return view(store);
    }

    private static <K, V> ReadOnlyKeyValueStore<K, ValueAndTimestamp<V>> timestampedKeyValues(StateStore store) {
        if (store instanceof TimestampedKeyValueStoreWithHeaders) {
            ReadOnlyKeyValueStore<K, ValueTimestampHeaders<V>> view = view(store);
            return new PlainKeyValueView<>(view, ValueTimestampHeaders::getValueAndTimestampOrNull);
        }
        return view(store);
    }

    private static <K, V> ReadOnlyWindowStore<K, V> plainWindows(StateStore store) {
        if (store instanceof TimestampedWindowStoreWithHeaders) {
            ReadOnlyWindowStore<K, ValueTimestampHeaders<V>> view = view(store);
            return new PlainWindowView<>(view, ValueTimestampHeaders::getValueOrNull);
        }
        if (store instanceof TimestampedWindowStore) {
            ReadOnlyWindowStore<K, ValueAndTimestamp<V>> view = view(store);
            return new PlainWindowView<>(view, ValueAndTimestamp::getValueOrNull);
        }
        return view(store);
    }

    private static <K, V> ReadOnlyWindowStore<K, ValueAndTimestamp<V>> timestampedWindows(StateStore store) {
        if (store instanceof TimestampedWindowStoreWithHeaders) {
            ReadOnlyWindowStore<K, ValueTimestampHeaders<V>> view = view(store);
            return new PlainWindowView<>(view, ValueTimestampHeaders::getValueAndTimestampOrNull);
        }
        return view(store);
    }

    private static <K, V> ReadOnlySessionStore<K, V> plainSessions(StateStore store) {
        if (store instanceof SessionStoreWithHeaders) {
            ReadOnlySessionStore<K, AggregationWithHeaders<V>> view = view(store);
            return new PlainSessionView<>(view, AggregationWithHeaders::getAggregationOrNull);
        }
        return view(store);
    }

    /** The view of a store whose kind was checked; the types of key and value are for the caller to know. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // as said
    private static <R> R view(StateStore store) {
        if (store instanceof QueryableStore<?> queryable) {
            return (R) queryable.readOnlyView();
        }
        throw new InvalidStateStoreException("store '" + store.name() + "' of "
                + store.getClass().getName() + " cannot be read by other threads: it has no read-only view");
    }

    /**
     * @param kinds of stores that it reads
     * @param reader makes the face of one instance
     */
    private record Type<T>(
            String description,
            List<Class<? extends StateStore>> kinds,
            Function<StateStore, T> reader,
            Function<Supplier<List<T>>, T> composite)
            implements QueryableStoreType<T> {
        @Override
        public boolean accepts(StateStore store) {
            return kinds.stream().anyMatch(kind -> kind.isInstance(store));
        }

        @Override
        public T create(StoreProvider provider, String storeName) {
            return composite.apply(
                    () -> provider.stores(storeName, this).stream().map(reader).toList());
        }

        @Override
        public String toString() {
            return description;
        }
    }
}
