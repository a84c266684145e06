package io.tailrace.stores.typed;

import io.tailrace.processor.KeyValue;
import io.tailrace.serde.Serde;
import io.tailrace.serde.Serializer;
import io.tailrace.state.KeyValueIterator;
import io.tailrace.state.KeyValueStore;
import io.tailrace.state.QueryableStore;
import io.tailrace.state.ReadOnlyKeyValueStore;
import io.tailrace.state.TimestampedKeyValueStore;
import io.tailrace.state.TimestampedKeyValueStoreWithHeaders;
import io.tailrace.state.ValueAndTimestamp;
import io.tailrace.state.ValueTimestampHeaders;
import io.tailrace.stores.bytes.ByteStore;
import io.tailrace.stores.bytes.OrderedBytes;
import io.tailrace.stores.cache.CachedStateStore;
import io.tailrace.stores.cache.FlushListener;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A key-value store of typed keys and values. Owner: the task's thread, except {@link #readOnlyView()}. */
public class TypedKeyValueStore<K, V> extends StoreFace<ByteStore, K, V>
        implements KeyValueStore<K, V>, QueryableStore<ReadOnlyKeyValueStore<K, V>>, CachedStateStore<K, V> {
    private @Nullable TypedKeyValueReads<K, V> reads;

    private TypedKeyValueStore(
            ByteStore bytes, TypedForm.Source<K> keys, TypedForm.Source<V> values, boolean cacheable) {
        super(bytes, keys, values, cacheable);
    }

    /**
     * Values as their serializer writes them.
     *
     * @param keySerde null for the application's default
     * @param valueSerde null for the application's default
     * @param cacheable whether writes may be held back
     */
    public static <K, V> KeyValueStore<K, V> plain(
            ByteStore bytes, @Nullable Serde<K> keySerde, @Nullable Serde<V> valueSerde, boolean cacheable) {
        return new TypedKeyValueStore<>(bytes, TypedForm.keys(keySerde), TypedForm.values(valueSerde), cacheable);
    }

    /** As {@link #plain}, with each value's timestamp in front of it. */
    public static <K, V> TimestampedKeyValueStore<K, V> timestamped(
            ByteStore bytes, @Nullable Serde<K> keySerde, @Nullable Serde<V> valueSerde, boolean cacheable) {
        return new Timestamped<>(bytes, TypedForm.keys(keySerde), TypedForm.timestamped(valueSerde), cacheable);
    }

    private static final class Timestamped<K, V> extends TypedKeyValueStore<K, ValueAndTimestamp<V>>
            implements TimestampedKeyValueStore<K, V> {
        Timestamped(
                ByteStore bytes,
                TypedForm.Source<K> keys,
                TypedForm.Source<ValueAndTimestamp<V>> values,
                boolean cacheable) {
            super(bytes, keys, values, cacheable);
        }
    }

    /** As {@link #plain}, with each value's headers and timestamp in front of it. */
    public static <K, V> TimestampedKeyValueStoreWithHeaders<K, V> timestampedWithHeaders(
            ByteStore bytes, @Nullable Serde<K> keySerde, @Nullable Serde<V> valueSerde, boolean cacheable) {
        return new WithHeaders<>(
                bytes, TypedForm.keys(keySerde), TypedForm.timestampedWithHeaders(valueSerde), cacheable);
    }

    private static final class WithHeaders<K, V> extends TypedKeyValueStore<K, ValueTimestampHeaders<V>>
            implements TimestampedKeyValueStoreWithHeaders<K, V> {
        WithHeaders(
                ByteStore bytes,
                TypedForm.Source<K> keys,
                TypedForm.Source<ValueTimestampHeaders<V>> values,
                boolean cacheable) {
            super(bytes, keys, values, cacheable);
        }
    }

    @Override
    final void onOpen(Entries<K, V> openEntries) {
        reads = new TypedKeyValueReads<>(inner, openEntries);
    }

    @Override
    final byte @Nullable [] readBelow(HeldEntries<K, V> held, Object key) {
        return inner.get(held.keyBytes(key));
    }

    @Override
    final void writeBelow(HeldEntries<K, V> held, Object key, byte @Nullable [] value) {
        inner.put(held.keyBytes(key), value);
    }

    @Override
    public final boolean setFlushListener(FlushListener<K, V> listener, boolean sendOldValues) {
        StoreCache<K, V> cache = cache();
        if (cache == null) {
            return false;
        }
        cache.listen(cache.held()::keyOf, listener, sendOldValues);
        return true;
    }

    @Override
    public final @Nullable V get(K key) {
        StoreCache<K, V> cache = cache();
        return cache == null ? opened(reads).get(key) : cache.get(cache.held().held(key));
    }

    @Override
    public final void put(K key, @Nullable V value) {
        StoreCache<K, V> cache = cache();
        if (cache == null) {
            Entries<K, V> entries = entries();
            inner.put(entries.key(key), entries.value(value));
        } else {
            cache.put(cache.held().held(key), value);
        }
    }

    @Override
    public final @Nullable V putIfAbsent(K key, @Nullable V value) {
        V present = get(key);
        if (present == null) {
            put(key, value);
        }
        return present;
    }

    @Override
    public final void putAll(List<KeyValue<K, V>> list) {
        for (KeyValue<K, V> entry : list) {
            put(OrderedBytes.keyOf(entry), entry.value);
        }
    }

    @Override
    public final @Nullable V delete(K key) {
        V deleted = get(key);
        put(key, null); // also of an absent key, which Kafka Streams has in the changelog, too
        return deleted;
    }

    private TypedKeyValueReads<K, V> scans() {
        scanned();
        return opened(reads);
    }

    @Override
    public final KeyValueIterator<K, V> range(@Nullable K from, @Nullable K to) {
        return scans().range(from, to);
    }

    @Override
    public final KeyValueIterator<K, V> reverseRange(@Nullable K from, @Nullable K to) {
        return scans().reverseRange(from, to);
    }

    @Override
    public final KeyValueIterator<K, V> all() {
        return scans().all();
    }

    @Override
    public final KeyValueIterator<K, V> reverseAll() {
        return scans().reverseAll();
    }

    @Override
    public final <PS extends Serializer<P>, P> KeyValueIterator<K, V> prefixScan(P prefix, PS prefixKeySerializer) {
        return scans().prefixScan(prefix, prefixKeySerializer);
    }

    @Override
    public final long approximateNumEntries() {
        return scans().approximateNumEntries();
    }

    @Override
    public final ReadOnlyKeyValueStore<K, V> readOnlyView() {
        return new TypedKeyValueReads<>(inner.committedView(), entries());
    }
}
