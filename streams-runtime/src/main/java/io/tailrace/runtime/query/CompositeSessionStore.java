package io.tailrace.runtime.query;

import io.tailrace.state.KeyValueIterator;
import io.tailrace.state.ReadOnlySessionStore;
import io.tailrace.state.Windowed;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the instances of all tasks as one store. A key is looked for in each, because a custom partitioner may have put it
 * anywhere. Iterators go partition after partition, each in its own order. Any thread.
 */
final class CompositeSessionStore<K, V> implements ReadOnlySessionStore<K, V> {
    private final Supplier<List<ReadOnlySessionStore<K, V>>> stores;

    CompositeSessionStore(Supplier<List<ReadOnlySessionStore<K, V>>> stores) {
        this.stores = stores;
    }

    private KeyValueIterator<Windowed<K>, V> chain(
            Function<ReadOnlySessionStore<K, V>, KeyValueIterator<Windowed<K>, V>> ask) {
        return new Chain<>(stores.get(), ask);
    }

    @Override
    public @Nullable V fetchSession(K key, long sessionStartTime, long sessionEndTime) {
        for (ReadOnlySessionStore<K, V> store : stores.get()) {
            V value = store.fetchSession(key, sessionStartTime, sessionEndTime);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    @Override
    public KeyValueIterator<Windowed<K>, V> findSessions(
            K key, long earliestSessionEndTime, long latestSessionStartTime) {
        return chain(store -> store.findSessions(key, earliestSessionEndTime, latestSessionStartTime));
    }

    @Override
    public KeyValueIterator<Windowed<K>, V> backwardFindSessions(
            K key, long earliestSessionEndTime, long latestSessionStartTime) {
        return chain(store -> store.backwardFindSessions(key, earliestSessionEndTime, latestSessionStartTime));
    }

    @Override
    public KeyValueIterator<Windowed<K>, V> findSessions(
            @Nullable K keyFrom, @Nullable K keyTo, long earliestSessionEndTime, long latestSessionStartTime) {
        return chain(store -> store.findSessions(keyFrom, keyTo, earliestSessionEndTime, latestSessionStartTime));
    }

    @Override
    public KeyValueIterator<Windowed<K>, V> backwardFindSessions(
            @Nullable K keyFrom, @Nullable K keyTo, long earliestSessionEndTime, long latestSessionStartTime) {
        return chain(
                store -> store.backwardFindSessions(keyFrom, keyTo, earliestSessionEndTime, latestSessionStartTime));
    }

    @Override
    public KeyValueIterator<Windowed<K>, V> fetch(K key) {
        return chain(store -> store.fetch(key));
    }

    @Override
    public KeyValueIterator<Windowed<K>, V> backwardFetch(K key) {
        return chain(store -> store.backwardFetch(key));
    }

    @Override
    public KeyValueIterator<Windowed<K>, V> fetch(@Nullable K keyFrom, @Nullable K keyTo) {
        return chain(store -> store.fetch(keyFrom, keyTo));
    }

    @Override
    public KeyValueIterator<Windowed<K>, V> backwardFetch(@Nullable K keyFrom, @Nullable K keyTo) {
        return chain(store -> store.backwardFetch(keyFrom, keyTo));
    }
}
