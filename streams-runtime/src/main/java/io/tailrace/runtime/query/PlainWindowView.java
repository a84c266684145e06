package io.tailrace.runtime.query;

import io.tailrace.state.KeyValueIterator;
import io.tailrace.state.ReadOnlyWindowStore;
import io.tailrace.state.WindowStoreIterator;
import io.tailrace.state.Windowed;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A window store with part of its values. Any thread, as the view behind it. */
final class PlainWindowView<K, A, V> implements ReadOnlyWindowStore<K, V> {
    private final ReadOnlyWindowStore<K, A> view;
    private final ValuePart<A, V> part;

    PlainWindowView(ReadOnlyWindowStore<K, A> view, ValuePart<A, V> part) {
        this.view = view;
        this.part = part;
    }

    @Override
    public @Nullable V fetch(K key, long time) {
        return part.of(view.fetch(key, time));
    }

    @Override
    public WindowStoreIterator<V> fetch(K key, Instant timeFrom, Instant timeTo) {
        return new PlainIterator.OfWindows<>(view.fetch(key, timeFrom, timeTo), part);
    }

    @Override
    public WindowStoreIterator<V> backwardFetch(K key, Instant timeFrom, Instant timeTo) {
        return new PlainIterator.OfWindows<>(view.backwardFetch(key, timeFrom, timeTo), part);
    }

    @Override
    public KeyValueIterator<Windowed<K>, V> fetch(
            @Nullable K keyFrom, @Nullable K keyTo, Instant timeFrom, Instant timeTo) {
        return new PlainIterator<>(view.fetch(keyFrom, keyTo, timeFrom, timeTo), part);
    }

    @Override
    public KeyValueIterator<Windowed<K>, V> backwardFetch(
            @Nullable K keyFrom, @Nullable K keyTo, Instant timeFrom, Instant timeTo) {
        return new PlainIterator<>(view.backwardFetch(keyFrom, keyTo, timeFrom, timeTo), part);
    }

    @Override
    public KeyValueIterator<Windowed<K>, V> all() {
        return new PlainIterator<>(view.all(), part);
    }

    @Override
    public KeyValueIterator<Windowed<K>, V> backwardAll() {
        return new PlainIterator<>(view.backwardAll(), part);
    }

    @Override
    public KeyValueIterator<Windowed<K>, V> fetchAll(Instant timeFrom, Instant timeTo) {
        return new PlainIterator<>(view.fetchAll(timeFrom, timeTo), part);
    }

    @Override
    public KeyValueIterator<Windowed<K>, V> backwardFetchAll(Instant timeFrom, Instant timeTo) {
        return new PlainIterator<>(view.backwardFetchAll(timeFrom, timeTo), part);
    }
}
