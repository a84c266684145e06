package io.tailrace.stores.typed;

import io.tailrace.serde.Serde;
import io.tailrace.state.KeyValueIterator;
import io.tailrace.state.QueryableStore;
import io.tailrace.state.ReadOnlyWindowStore;
import io.tailrace.state.TimestampedWindowStore;
import io.tailrace.state.TimestampedWindowStoreWithHeaders;
import io.tailrace.state.ValueAndTimestamp;
import io.tailrace.state.ValueTimestampHeaders;
import io.tailrace.state.WindowStore;
import io.tailrace.state.WindowStoreIterator;
import io.tailrace.state.Windowed;
import io.tailrace.stores.cache.CachedStateStore;
import io.tailrace.stores.cache.FlushListener;
import io.tailrace.stores.cache.SpanKey;
import io.tailrace.stores.window.ByteWindowStore;
import org.jspecify.annotations.Nullable;

/** A window store of typed keys and values. Owner: the task's thread, except {@link #readOnlyView()}. */
public class TypedWindowStore<K, V> extends StoreFace<ByteWindowStore, K, V>
        implements WindowStore<K, V>, QueryableStore<ReadOnlyWindowStore<K, V>>, CachedStateStore<Windowed<K>, V> {

    private TypedWindowStore(
            ByteWindowStore bytes, TypedForm.Source<K> keys, TypedForm.Source<V> values, boolean cacheable) {
        super(bytes, keys, values, cacheable && !bytes.spec().retainDuplicates());
    }

    /**
     * Values as their serializer writes them.
     *
     * @param keySerde null for the application's default
     * @param valueSerde null for the application's default
     * @param cacheable whether writes may be held back; of windows with duplicates they never are
     */
    public static <K, V> WindowStore<K, V> plain(
            ByteWindowStore bytes, @Nullable Serde<K> keySerde, @Nullable Serde<V> valueSerde, boolean cacheable) {
        return new TypedWindowStore<>(bytes, TypedForm.keys(keySerde), TypedForm.values(valueSerde), cacheable);
    }

    /** As {@link #plain}, with each value's timestamp in front of it. */
    public static <K, V> TimestampedWindowStore<K, V> timestamped(
            ByteWindowStore bytes, @Nullable Serde<K> keySerde, @Nullable Serde<V> valueSerde, boolean cacheable) {
        return new Timestamped<>(bytes, TypedForm.keys(keySerde), TypedForm.timestamped(valueSerde), cacheable);
    }

    private static final class Timestamped<K, V> extends TypedWindowStore<K, ValueAndTimestamp<V>>
            implements TimestampedWindowStore<K, V> {
        Timestamped(
                ByteWindowStore bytes,
                TypedForm.Source<K> keys,
                TypedForm.Source<ValueAndTimestamp<V>> values,
                boolean cacheable) {
            super(bytes, keys, values, cacheable);
        }
    }

    /** As {@link #plain}, with each value's headers and timestamp in front of it. */
    public static <K, V> TimestampedWindowStoreWithHeaders<K, V> timestampedWithHeaders(
            ByteWindowStore bytes, @Nullable Serde<K> keySerde, @Nullable Serde<V> valueSerde, boolean cacheable) {
        return new WithHeaders<>(
                bytes, TypedForm.keys(keySerde), TypedForm.timestampedWithHeaders(valueSerde), cacheable);
    }

    private static final class WithHeaders<K, V> extends TypedWindowStore<K, ValueTimestampHeaders<V>>
            implements TimestampedWindowStoreWithHeaders<K, V> {
        WithHeaders(
                ByteWindowStore bytes,
                TypedForm.Source<K> keys,
                TypedForm.Source<ValueTimestampHeaders<V>> values,
                boolean cacheable) {
            super(bytes, keys, values, cacheable);
        }
    }

    @Override
    final void onOpen(Entries<K, V> openEntries) {}

    @Override
    final byte @Nullable [] readBelow(HeldEntries<K, V> held, Object key) {
        SpanKey window = (SpanKey) key;
        return inner.fetch(held.keyBytes(window.key()), window.startMs());
    }

    @Override
    final void writeBelow(HeldEntries<K, V> held, Object key, byte @Nullable [] value) {
        SpanKey window = (SpanKey) key;
        inner.put(held.keyBytes(window.key()), value, window.startMs());
    }

    @Override
    public final boolean setFlushListener(FlushListener<Windowed<K>, V> listener, boolean sendOldValues) {
        StoreCache<K, V> cache = cache();
        if (cache == null) {
            return false;
        }
        cache.listen(
                key -> {
                    SpanKey window = (SpanKey) key;
                    K typed = cache.held().keyOf(window.key());
                    return new Windowed<>(typed, inner.spec().windowAt(window.startMs()));
                },
                listener,
                sendOldValues);
        return true;
    }

    @Override
    public final void put(K key, @Nullable V value, long windowStartTimestamp) {
        StoreCache<K, V> cache = cache();
        if (cache == null) {
            Entries<K, V> entries = entries();
            inner.put(entries.key(key), entries.value(value), windowStartTimestamp);
        } else {
            Object held = cache.held().held(key);
            if (inner.admit(windowStartTimestamp)) {
                cache.put(new SpanKey(held, windowStartTimestamp, windowStartTimestamp), value);
            }
        }
    }

    @Override
    public final @Nullable V fetch(K key, long time) {
        StoreCache<K, V> cache = cache();
        if (cache == null) {
            Entries<K, V> entries = entries();
            byte[] value = inner.fetch(entries.key(key), time);
            return value == null ? null : entries.valueOf(value);
        }
        Object held = cache.held().held(key);
        return inner.isLive(time) ? cache.get(new SpanKey(held, time, time)) : null;
    }

    @Override
    public final WindowStoreIterator<V> fetch(K key, long timeFrom, long timeTo) {
        Entries<K, V> entries = entries();
        return TypedWindowReads.windows(entries, scanned().fetch(entries.key(key), timeFrom, timeTo));
    }

    @Override
    public final WindowStoreIterator<V> backwardFetch(K key, long timeFrom, long timeTo) {
        Entries<K, V> entries = entries();
        return TypedWindowReads.windows(entries, scanned().backwardFetch(entries.key(key), timeFrom, timeTo));
    }

    @Override
    public final KeyValueIterator<Windowed<K>, V> fetch(
            @Nullable K keyFrom, @Nullable K keyTo, long timeFrom, long timeTo) {
        Entries<K, V> entries = entries();
        return TypedWindowReads.windowed(
                entries, scanned().fetch(entries.bound(keyFrom), entries.bound(keyTo), timeFrom, timeTo));
    }

    @Override
    public final KeyValueIterator<Windowed<K>, V> backwardFetch(
            @Nullable K keyFrom, @Nullable K keyTo, long timeFrom, long timeTo) {
        Entries<K, V> entries = entries();
        return TypedWindowReads.windowed(
                entries, scanned().backwardFetch(entries.bound(keyFrom), entries.bound(keyTo), timeFrom, timeTo));
    }

    @Override
    public final KeyValueIterator<Windowed<K>, V> fetchAll(long timeFrom, long timeTo) {
        return TypedWindowReads.windowed(entries(), scanned().fetchAll(timeFrom, timeTo));
    }

    @Override
    public final KeyValueIterator<Windowed<K>, V> backwardFetchAll(long timeFrom, long timeTo) {
        return TypedWindowReads.windowed(entries(), scanned().backwardFetchAll(timeFrom, timeTo));
    }

    @Override
    public final KeyValueIterator<Windowed<K>, V> all() {
        return TypedWindowReads.windowed(entries(), scanned().all());
    }

    @Override
    public final KeyValueIterator<Windowed<K>, V> backwardAll() {
        return TypedWindowReads.windowed(entries(), scanned().backwardAll());
    }

    @Override
    public final ReadOnlyWindowStore<K, V> readOnlyView() {
        return new TypedWindowReads<>(inner.readOnlyView(), entries());
    }
}
