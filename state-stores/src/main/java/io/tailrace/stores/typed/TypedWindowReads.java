package io.tailrace.stores.typed;

import io.tailrace.common.Bytes;
import io.tailrace.state.KeyValueIterator;
import io.tailrace.state.ReadOnlyWindowStore;
import io.tailrace.state.WindowStoreIterator;
import io.tailrace.state.Windowed;
import io.tailrace.stores.bytes.MappedIterator;
import io.tailrace.stores.window.WindowIterator;
import io.tailrace.stores.window.WindowReads;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The reading half of a typed window store over committed bytes: for any thread. */
final class TypedWindowReads<K, V> implements ReadOnlyWindowStore<K, V> {
    private final WindowReads bytes;
    private final Entries<K, V> entries;

    TypedWindowReads(WindowReads bytes, Entries<K, V> entries) {
        this.bytes = bytes;
        this.entries = entries;
    }

    @Override
    public @Nullable V fetch(K key, long time) {
        byte[] value = bytes.fetch(entries.key(key), time);
        return value == null ? null : entries.valueOf(value);
    }

    @Override
    public WindowStoreIterator<V> fetch(K key, Instant timeFrom, Instant timeTo) {
        return windows(entries, bytes.fetch(entries.key(key), timeFrom, timeTo));
    }

    @Override
    public WindowStoreIterator<V> backwardFetch(K key, Instant timeFrom, Instant timeTo) {
        return windows(entries, bytes.backwardFetch(entries.key(key), timeFrom, timeTo));
    }

    @Override
    public KeyValueIterator<Windowed<K>, V> fetch(
            @Nullable K keyFrom, @Nullable K keyTo, Instant timeFrom, Instant timeTo) {
        return windowed(entries, bytes.fetch(entries.bound(keyFrom), entries.bound(keyTo), timeFrom, timeTo));
    }

    @Override
    public KeyValueIterator<Windowed<K>, V> backwardFetch(
            @Nullable K keyFrom, @Nullable K keyTo, Instant timeFrom, Instant timeTo) {
        return windowed(entries, bytes.backwardFetch(entries.bound(keyFrom), entries.bound(keyTo), timeFrom, timeTo));
    }

    @Override
    public KeyValueIterator<Windowed<K>, V> all() {
        return windowed(entries, bytes.all());
    }

    @Override
    public KeyValueIterator<Windowed<K>, V> backwardAll() {
        return windowed(entries, bytes.backwardAll());
    }

    @Override
    public KeyValueIterator<Windowed<K>, V> fetchAll(Instant timeFrom, Instant timeTo) {
        return windowed(entries, bytes.fetchAll(timeFrom, timeTo));
    }

    @Override
    public KeyValueIterator<Windowed<K>, V> backwardFetchAll(Instant timeFrom, Instant timeTo) {
        return windowed(entries, bytes.backwardFetchAll(timeFrom, timeTo));
    }

    static <K, V> WindowStoreIterator<V> windows(Entries<K, V> entries, WindowStoreIterator<byte[]> scan) {
        return new WindowIterator<>(scan, startMs -> startMs, entries::valueOf);
    }

    static <K, V> KeyValueIterator<Windowed<K>, V> windowed(
            Entries<K, V> entries, KeyValueIterator<Windowed<Bytes>, byte[]> scan) {
        return new MappedIterator<>(
                scan, key -> new Windowed<>(entries.keyOf(key.key()), key.window()), entries::valueOf);
    }
}
