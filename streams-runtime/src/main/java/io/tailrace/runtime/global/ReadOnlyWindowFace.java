package io.tailrace.runtime.global;

import io.tailrace.processor.StateStore;
import io.tailrace.state.KeyValueIterator;
import io.tailrace.state.ReadOnlyWindowStore;
import io.tailrace.state.TimestampedWindowStore;
import io.tailrace.state.TimestampedWindowStoreWithHeaders;
import io.tailrace.state.ValueAndTimestamp;
import io.tailrace.state.ValueTimestampHeaders;
import io.tailrace.state.WindowStore;
import io.tailrace.state.WindowStoreIterator;
import io.tailrace.state.Windowed;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A window store that only reads. Threads: as the view behind it. */
class ReadOnlyWindowFace<K, V> extends ReadOnlyStore implements WindowStore<K, V> {
    private final ReadOnlyWindowStore<K, V> view;

    @SuppressWarnings("unchecked") // the types of key and value are for the caller to know
    ReadOnlyWindowFace(StateStore store, ReadOnlyWindowStore<?, ?> view) {
        super(store);
        this.view = (ReadOnlyWindowStore<K, V>) view;
    }

    /** The face of a timestamped store. */
    static final class Timestamped<K, V> extends ReadOnlyWindowFace<K, ValueAndTimestamp<V>>
            implements TimestampedWindowStore<K, V> {
        Timestamped(StateStore store, ReadOnlyWindowStore<?, ?> view) {
            super(store, view);
        }
    }

    /** The face of a timestamped store with headers. */
    static final class WithHeaders<K, V> extends ReadOnlyWindowFace<K, ValueTimestampHeaders<V>>
            implements TimestampedWindowStoreWithHeaders<K, V> {
        WithHeaders(StateStore store, ReadOnlyWindowStore<?, ?> view) {
            super(store, view);
        }
    }

    private static Instant at(long epochMs) {
        return Instant.ofEpochMilli(epochMs);
    }

    @Override
    public @Nullable V fetch(K key, long time) {
        return view.fetch(key, time);
    }

    @Override
    public WindowStoreIterator<V> fetch(K key, long timeFrom, long timeTo) {
        return view.fetch(key, at(timeFrom), at(timeTo));
    }

    @Override
    public WindowStoreIterator<V> backwardFetch(K key, long timeFrom, long timeTo) {
        return view.backwardFetch(key, at(timeFrom), at(timeTo));
    }

    @Override
    public KeyValueIterator<Windowed<K>, V> fetch(@Nullable K keyFrom, @Nullable K keyTo, long timeFrom, long timeTo) {
        return view.fetch(keyFrom, keyTo, at(timeFrom), at(timeTo));
    }

    @Override
    public KeyValueIterator<Windowed<K>, V> backwardFetch(
            @Nullable K keyFrom, @Nullable K keyTo, long timeFrom, long timeTo) {
        return view.backwardFetch(keyFrom, keyTo, at(timeFrom), at(timeTo));
    }

    @Override
    public KeyValueIterator<Windowed<K>, V> fetchAll(long timeFrom, long timeTo) {
        return view.fetchAll(at(timeFrom), at(timeTo));
    }

    @Override
    public KeyValueIterator<Windowed<K>, V> backwardFetchAll(long timeFrom, long timeTo) {
        return view.backwardFetchAll(at(timeFrom), at(timeTo));
    }

    @Override
    public KeyValueIterator<Windowed<K>, V> all() {
        return view.all();
    }

    @Override
    public KeyValueIterator<Windowed<K>, V> backwardAll() {
        return view.backwardAll();
    }

    @Override
    public void put(K key, @Nullable V value, long windowStartTimestamp) {
        throw readOnly();
    }
}
