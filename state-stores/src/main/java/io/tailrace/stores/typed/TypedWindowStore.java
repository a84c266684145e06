package io.tailrace.stores.typed;

import io.tailrace.serde.Serde;
import io.tailrace.state.KeyValueIterator;
import io.tailrace.state.QueryableStore;
import io.tailrace.state.ReadOnlyWindowStore;
import io.tailrace.state.TimestampedWindowStore;
import io.tailrace.state.ValueAndTimestamp;
import io.tailrace.state.WindowStore;
import io.tailrace.state.WindowStoreIterator;
import io.tailrace.state.Windowed;
import io.tailrace.stores.window.ByteWindowStore;
import org.jspecify.annotations.Nullable;

/** A window store of typed keys and values. Owner: the task's thread, except {@link #readOnlyView()}. */
public class TypedWindowStore<K, V> extends StoreFace<ByteWindowStore, K, V>
        implements WindowStore<K, V>, QueryableStore<ReadOnlyWindowStore<K, V>> {

    private TypedWindowStore(ByteWindowStore bytes, TypedForm.Source<K> keys, TypedForm.Source<V> values) {
        super(bytes, keys, values);
    }

    /**
     * Values as their serializer writes them.
     *
     * @param keySerde null for the application's default
     * @param valueSerde null for the application's default
     */
    public static <K, V> WindowStore<K, V> plain(
            ByteWindowStore bytes, @Nullable Serde<K> keySerde, @Nullable Serde<V> valueSerde) {
        return new TypedWindowStore<>(bytes, TypedForm.keys(keySerde), TypedForm.values(valueSerde));
    }

    /** As {@link #plain}, with each value's timestamp in front of it. */
    public static <K, V> TimestampedWindowStore<K, V> timestamped(
            ByteWindowStore bytes, @Nullable Serde<K> keySerde, @Nullable Serde<V> valueSerde) {
        return new Timestamped<>(bytes, TypedForm.keys(keySerde), TypedForm.timestamped(valueSerde));
    }

    private static final class Timestamped<K, V> extends TypedWindowStore<K, ValueAndTimestamp<V>>
            implements TimestampedWindowStore<K, V> {
        Timestamped(ByteWindowStore bytes, TypedForm.Source<K> keys, TypedForm.Source<ValueAndTimestamp<V>> values) {
            super(bytes, keys, values);
        }
    }

    @Override
    final void onOpen(Entries<K, V> openEntries) {}

    @Override
    public final void put(K key, @Nullable V value, long windowStartTimestamp) {
        Entries<K, V> entries = entries();
        inner.put(entries.key(key), entries.value(value), windowStartTimestamp);
    }

    @Override
    public final @Nullable V fetch(K key, long time) {
        Entries<K, V> entries = entries();
        byte[] value = inner.fetch(entries.key(key), time);
        return value == null ? null : entries.valueOf(value);
    }

    @Override
    public final WindowStoreIterator<V> fetch(K key, long timeFrom, long timeTo) {
        Entries<K, V> entries = entries();
        return TypedWindowReads.windows(entries, inner.fetch(entries.key(key), timeFrom, timeTo));
    }

    @Override
    public final WindowStoreIterator<V> backwardFetch(K key, long timeFrom, long timeTo) {
        Entries<K, V> entries = entries();
        return TypedWindowReads.windows(entries, inner.backwardFetch(entries.key(key), timeFrom, timeTo));
    }

    @Override
    public final KeyValueIterator<Windowed<K>, V> fetch(
            @Nullable K keyFrom, @Nullable K keyTo, long timeFrom, long timeTo) {
        Entries<K, V> entries = entries();
        return TypedWindowReads.windowed(
                entries, inner.fetch(entries.bound(keyFrom), entries.bound(keyTo), timeFrom, timeTo));
    }

    @Override
    public final KeyValueIterator<Windowed<K>, V> backwardFetch(
            @Nullable K keyFrom, @Nullable K keyTo, long timeFrom, long timeTo) {
        Entries<K, V> entries = entries();
        return TypedWindowReads.windowed(
                entries, inner.backwardFetch(entries.bound(keyFrom), entries.bound(keyTo), timeFrom, timeTo));
    }

    @Override
    public final KeyValueIterator<Windowed<K>, V> fetchAll(long timeFrom, long timeTo) {
        return TypedWindowReads.windowed(entries(), inner.fetchAll(timeFrom, timeTo));
    }

    @Override
    public final KeyValueIterator<Windowed<K>, V> backwardFetchAll(long timeFrom, long timeTo) {
        return TypedWindowReads.windowed(entries(), inner.backwardFetchAll(timeFrom, timeTo));
    }

    @Override
    public final KeyValueIterator<Windowed<K>, V> all() {
        return TypedWindowReads.windowed(entries(), inner.all());
    }

    @Override
    public final KeyValueIterator<Windowed<K>, V> backwardAll() {
        return TypedWindowReads.windowed(entries(), inner.backwardAll());
    }

    @Override
    public final ReadOnlyWindowStore<K, V> readOnlyView() {
        return new TypedWindowReads<>(inner.readOnlyView(), entries());
    }
}
