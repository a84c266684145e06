package io.tailrace.runtime.query;

import io.tailrace.errors.InvalidStateStoreException;
import io.tailrace.processor.StateStore;
import io.tailrace.state.KeyValueStore;
import io.tailrace.state.QueryableStore;
import io.tailrace.state.ReadOnlyKeyValueStore;
import io.tailrace.state.ReadOnlySessionStore;
import io.tailrace.state.ReadOnlyWindowStore;
import io.tailrace.state.SessionStore;
import io.tailrace.state.TimestampedKeyValueStore;
import io.tailrace.state.TimestampedWindowStore;
import io.tailrace.state.ValueAndTimestamp;
import io.tailrace.state.WindowStore;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** The ways to read the stores that exist. The plain ones read timestamped stores, too, and leave the timestamps out. */
public final class QueryableStoreTypes {
    private QueryableStoreTypes() {}

    public static <K, V> QueryableStoreType<ReadOnlyKeyValueStore<K, V>> keyValueStore() {
        return new Type<>(
                "a key-value store",
                KeyValueStore.class,
                QueryableStoreTypes::plainKeyValues,
                CompositeKeyValueStore::new);
    }

    public static <K, V> QueryableStoreType<ReadOnlyKeyValueStore<K, ValueAndTimestamp<V>>> timestampedKeyValueStore() {
        return new Type<>(
                "a timestamped key-value store",
                TimestampedKeyValueStore.class,
                QueryableStoreTypes::<ReadOnlyKeyValueStore<K, ValueAndTimestamp<V>>>view,
                CompositeKeyValueStore::new);
    }

    public static <K, V> QueryableStoreType<ReadOnlyWindowStore<K, V>> windowStore() {
        return new Type<>(
                "a window store", WindowStore.class, QueryableStoreTypes::plainWindows, CompositeWindowStore::new);
    }

    public static <K, V> QueryableStoreType<ReadOnlyWindowStore<K, ValueAndTimestamp<V>>> timestampedWindowStore() {
        return new Type<>(
                "a timestamped window store",
                TimestampedWindowStore.class,
                QueryableStoreTypes::<ReadOnlyWindowStore<K, ValueAndTimestamp<V>>>view,
                CompositeWindowStore::new);
    }

    public static <K, V> QueryableStoreType<ReadOnlySessionStore<K, V>> sessionStore() {
        return new Type<>(
                "a session store",
                SessionStore.class,
                QueryableStoreTypes::<ReadOnlySessionStore<K, V>>view,
                CompositeSessionStore::new);
    }

    private static <K, V> ReadOnlyKeyValueStore<K, V> plainKeyValues(StateStore store) {
        return store instanceof TimestampedKeyValueStore
                ? new PlainKeyValueView<>(
                        QueryableStoreTypes.<ReadOnlyKeyValueStore<K, ValueAndTimestamp<V>>>view(store))
                : view(store);
    }

    private static <K, V> ReadOnlyWindowStore<K, V> plainWindows(StateStore store) {
        return store instanceof TimestampedWindowStore
                ? new PlainWindowView<>(QueryableStoreTypes.<ReadOnlyWindowStore<K, ValueAndTimestamp<V>>>view(store))
                : view(store);
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

    /** @param reader makes the face of one instance */
    private record Type<T>(
            String description,
            Class<? extends StateStore> kind,
            Function<StateStore, T> reader,
            Function<Supplier<List<T>>, T> composite)
            implements QueryableStoreType<T> {
        @Override
        public boolean accepts(StateStore store) {
            return kind.isInstance(store);
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
