package io.tailrace.runtime.query;

import io.tailrace.state.KeyValueIterator;
import io.tailrace.state.ReadOnlyWindowStore;
import io.tailrace.state.WindowStoreIterator;
import io.tailrace.state.Windowed;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the instances of all tasks as one store. A key is looked for in each, because a custom partitioner may have put it
 * anywhere. Iterators go partition after partition, each in its own order. Any thread.
 */
final class CompositeWindowStore<K, V> implements ReadOnlyWindowStore<K, V> {
    private final Supplier<List<ReadOnlyWindowStore<K, V>>> stores;

    CompositeWindowStore(Supplier<List<ReadOnlyWindowStore<K, V>>> stores) {
        this.stores = stores;
    }

    private KeyValueIterator<Windowed<K>, V> chain(
            Function<ReadOnlyWindowStore<K, V>, KeyValueIterator<Windowed<K>, V>> ask) {
        return new Chain<>(stores.get(), ask);
    }

    private WindowStoreIterator<V> windows(Function<ReadOnlyWindowStore<K, V>, WindowStoreIterator<V>> ask) {
        return new Chain.OfWindows<>(stores.get(), ask);
    }

    @Override
    public @Nullable V fetch(K key, long time) {
        for (ReadOnlyWindowStore<K, V> store : stores.get()) {
            V value = store.fetch(key, time);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    @Override
    public WindowStoreIterator<V> fetch(K key, Instant timeFrom, Instant timeTo) {
        return windows(store -> store.fetch(key, timeFrom, timeTo));
    }

    @Override
    public WindowStoreIterator<V> backwardFetch(K key, Instant timeFrom, Instant timeTo) {
        return windows(store -> store.backwardFetch(key, timeFrom, timeTo));
    }

    @Override
    public KeyValueIterator<Windowed<K>, V> fetch(
            @Nullable K keyFrom, @Nullable K keyTo, Instant timeFrom, Instant timeTo) {
        return chain(store -> store.fetch(keyFrom, keyTo, timeFrom, timeTo));
    }

    @Override
    public KeyValueIterator<Windowed<K>, V> backwardFetch(
            @Nullable K keyFrom, @Nullable K keyTo, Instant timeFrom, Instant timeTo) {
        return chain(store -> store.backwardFetch(keyFrom, keyTo, timeFrom, timeTo));
    }

    @Override
    public KeyValueIterator<Windowed<K>, V> all() {
        return chain(ReadOnlyWindowStore::all);
    }

    @Override
    public KeyValueIterator<Windowed<K>, V> backwardAll() {
        return chain(ReadOnlyWindowStore::backwardAll);
    }

    @Override
    public KeyValueIterator<Windowed<K>, V> fetchAll(Instant timeFrom, Instant timeTo) {
        return chain(store -> store.fetchAll(timeFrom, timeTo));
    }

    @Override
    public KeyValueIterator<Windowed<K>, V> backwardFetchAll(Instant timeFrom, Instant timeTo) {
        return chain(store -> store.backwardFetchAll(timeFrom, timeTo));
    }
}
