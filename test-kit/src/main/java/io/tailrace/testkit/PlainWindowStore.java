package io.tailrace.testkit;

import io.tailrace.common.ConsumerRecord;
import io.tailrace.processor.StateStore;
import io.tailrace.processor.StateStoreContext;
import io.tailrace.runtime.query.PlainIterator;
import io.tailrace.state.KeyValueIterator;
import io.tailrace.state.TimestampedWindowStore;
import io.tailrace.state.ValueAndTimestamp;
import io.tailrace.state.WindowStore;
import io.tailrace.state.WindowStoreIterator;
import io.tailrace.state.Windowed;
import org.jspecify.annotations.Nullable;

/** A timestamped window store without its timestamps; what is written through it has none. One thread. */
final class PlainWindowStore<K, V> implements WindowStore<K, V> {
    private final TimestampedWindowStore<K, V> store;

    PlainWindowStore(TimestampedWindowStore<K, V> store) {
        this.store = store;
    }

    @Override
    public void put(K key, @Nullable V value, long windowStartTimestamp) {
        store.put(key, ValueAndTimestamp.make(value, ConsumerRecord.NO_TIMESTAMP), windowStartTimestamp);
    }

    @Override
    public @Nullable V fetch(K key, long time) {
        return ValueAndTimestamp.getValueOrNull(store.fetch(key, time));
    }

    @Override
    public WindowStoreIterator<V> fetch(K key, long timeFrom, long timeTo) {
        return new PlainIterator.OfWindows<>(store.fetch(key, timeFrom, timeTo));
    }

    @Override
    public WindowStoreIterator<V> backwardFetch(K key, long timeFrom, long timeTo) {
        return new PlainIterator.OfWindows<>(store.backwardFetch(key, timeFrom, timeTo));
    }

    @Override
    public KeyValueIterator<Windowed<K>, V> fetch(@Nullable K keyFrom, @Nullable K keyTo, long timeFrom, long timeTo) {
        return new PlainIterator<>(store.fetch(keyFrom, keyTo, timeFrom, timeTo));
    }

    @Override
    public KeyValueIterator<Windowed<K>, V> backwardFetch(
            @Nullable K keyFrom, @Nullable K keyTo, long timeFrom, long timeTo) {
        return new PlainIterator<>(store.backwardFetch(keyFrom, keyTo, timeFrom, timeTo));
    }

    @Override
    public KeyValueIterator<Windowed<K>, V> fetchAll(long timeFrom, long timeTo) {
        return new PlainIterator<>(store.fetchAll(timeFrom, timeTo));
    }

    @Override
    public KeyValueIterator<Windowed<K>, V> backwardFetchAll(long timeFrom, long timeTo) {
        return new PlainIterator<>(store.backwardFetchAll(timeFrom, timeTo));
    }

    @Override
    public KeyValueIterator<Windowed<K>, V> all() {
        return new PlainIterator<>(store.all());
    }

    @Override
    public KeyValueIterator<Windowed<K>, V> backwardAll() {
        return new PlainIterator<>(store.backwardAll());
    }

    @Override
    public String name() {
        return store.name();
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        store.init(context, root);
    }

    @Override
    public void close() {
        store.close();
    }

    @Override
    public boolean persistent() {
        return store.persistent();
    }

    @Override
    public boolean isOpen() {
        return store.isOpen();
    }
}
