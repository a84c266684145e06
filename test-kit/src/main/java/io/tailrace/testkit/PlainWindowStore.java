package io.tailrace.testkit;

import io.tailrace.runtime.query.PlainIterator;
import io.tailrace.runtime.query.ValuePart;
import io.tailrace.state.KeyValueIterator;
import io.tailrace.state.WindowStore;
import io.tailrace.state.WindowStoreIterator;
import io.tailrace.state.Windowed;
import org.jspecify.annotations.Nullable;

/** A window store without the timestamps, the headers, or both, of its values; what is written through it has none. One thread. */
final class PlainWindowStore<K, A, V> extends PlainStore<WindowStore<K, A>> implements WindowStore<K, V> {
    private final ValuePart<A, V> part;
    private final Stamp<V, A> stamp;

    PlainWindowStore(WindowStore<K, A> store, ValuePart<A, V> part, Stamp<V, A> stamp) {
        super(store);
        this.part = part;
        this.stamp = stamp;
    }

    @Override
    public void put(K key, @Nullable V value, long windowStartTimestamp) {
        store.put(key, stamp.of(value), windowStartTimestamp);
    }

    @Override
    public @Nullable V fetch(K key, long time) {
        return part.of(store.fetch(key, time));
    }

    @Override
    public WindowStoreIterator<V> fetch(K key, long timeFrom, long timeTo) {
        return new PlainIterator.OfWindows<>(store.fetch(key, timeFrom, timeTo), part);
    }

    @Override
    public WindowStoreIterator<V> backwardFetch(K key, long timeFrom, long timeTo) {
        return new PlainIterator.OfWindows<>(store.backwardFetch(key, timeFrom, timeTo), part);
    }

    @Override
    public KeyValueIterator<Windowed<K>, V> fetch(@Nullable K keyFrom, @Nullable K keyTo, long timeFrom, long timeTo) {
        return new PlainIterator<>(store.fetch(keyFrom, keyTo, timeFrom, timeTo), part);
    }

    @Override
    public KeyValueIterator<Windowed<K>, V> backwardFetch(
            @Nullable K keyFrom, @Nullable K keyTo, long timeFrom, long timeTo) {
        return new PlainIterator<>(store.backwardFetch(keyFrom, keyTo, timeFrom, timeTo), part);
    }

    @Override
    public KeyValueIterator<Windowed<K>, V> fetchAll(long timeFrom, long timeTo) {
        return new PlainIterator<>(store.fetchAll(timeFrom, timeTo), part);
    }

    @Override
    public KeyValueIterator<Windowed<K>, V> backwardFetchAll(long timeFrom, long timeTo) {
        return new PlainIterator<>(store.backwardFetchAll(timeFrom, timeTo), part);
    }

    @Override
    public KeyValueIterator<Windowed<K>, V> all() {
        return new PlainIterator<>(store.all(), part);
    }

    @Override
    public KeyValueIterator<Windowed<K>, V> backwardAll() {
        return new PlainIterator<>(store.backwardAll(), part);
    }
}
