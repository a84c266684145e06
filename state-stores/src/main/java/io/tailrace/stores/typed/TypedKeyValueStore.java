package io.tailrace.stores.typed;

import io.tailrace.processor.KeyValue;
import io.tailrace.serde.Serde;
import io.tailrace.serde.Serializer;
import io.tailrace.state.KeyValueIterator;
import io.tailrace.state.KeyValueStore;
import io.tailrace.state.QueryableStore;
import io.tailrace.state.ReadOnlyKeyValueStore;
import io.tailrace.state.TimestampedKeyValueStore;
import io.tailrace.state.ValueAndTimestamp;
import io.tailrace.stores.bytes.ByteStore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A key-value store of typed keys and values. Owner: the task's thread, except {@link #readOnlyView()}. */
public class TypedKeyValueStore<K, V> extends StoreFace<ByteStore, K, V>
        implements KeyValueStore<K, V>, QueryableStore<ReadOnlyKeyValueStore<K, V>> {
    private @Nullable TypedKeyValueReads<K, V> reads;

    private TypedKeyValueStore(ByteStore bytes, TypedForm.Source<K> keys, TypedForm.Source<V> values) {
        super(bytes, keys, values);
    }

    /**
     * Values as their serializer writes them.
     *
     * @param keySerde null for the application's default
     * @param valueSerde null for the application's default
     */
    public static <K, V> KeyValueStore<K, V> plain(
            ByteStore bytes, @Nullable Serde<K> keySerde, @Nullable Serde<V> valueSerde) {
        return new TypedKeyValueStore<>(bytes, TypedForm.keys(keySerde), TypedForm.values(valueSerde));
    }

    /** As {@link #plain}, with each value's timestamp in front of it. */
    public static <K, V> TimestampedKeyValueStore<K, V> timestamped(
            ByteStore bytes, @Nullable Serde<K> keySerde, @Nullable Serde<V> valueSerde) {
        return new Timestamped<>(bytes, TypedForm.keys(keySerde), TypedForm.timestamped(valueSerde));
    }

    private static final class Timestamped<K, V> extends TypedKeyValueStore<K, ValueAndTimestamp<V>>
            implements TimestampedKeyValueStore<K, V> {
        Timestamped(ByteStore bytes, TypedForm.Source<K> keys, TypedForm.Source<ValueAndTimestamp<V>> values) {
            super(bytes, keys, values);
        }
    }

    @Override
    final void onOpen(Entries<K, V> openEntries) {
        reads = new TypedKeyValueReads<>(inner, openEntries);
    }

    @Override
    public final @Nullable V get(K key) {
        return opened(reads).get(key);
    }

    @Override
    public final void put(K key, @Nullable V value) {
        Entries<K, V> entries = entries();
        inner.put(entries.key(key), entries.value(value));
    }

    @Override
    public final @Nullable V putIfAbsent(K key, @Nullable V value) {
        Entries<K, V> entries = entries();
        byte[] present = inner.putIfAbsent(entries.key(key), entries.value(value));
        return present == null ? null : entries.valueOf(present);
    }

    @Override
    public final void putAll(List<KeyValue<K, V>> list) {
        Entries<K, V> entries = entries();
        for (KeyValue<K, V> entry : list) {
            inner.put(entries.key(entry.key), entries.value(entry.value));
        }
    }

    @Override
    public final @Nullable V delete(K key) {
        Entries<K, V> entries = entries();
        byte[] deleted = inner.delete(entries.key(key));
        return deleted == null ? null : entries.valueOf(deleted);
    }

    @Override
    public final KeyValueIterator<K, V> range(@Nullable K from, @Nullable K to) {
        return opened(reads).range(from, to);
    }

    @Override
    public final KeyValueIterator<K, V> reverseRange(@Nullable K from, @Nullable K to) {
        return opened(reads).reverseRange(from, to);
    }

    @Override
    public final KeyValueIterator<K, V> all() {
        return opened(reads).all();
    }

    @Override
    public final KeyValueIterator<K, V> reverseAll() {
        return opened(reads).reverseAll();
    }

    @Override
    public final <PS extends Serializer<P>, P> KeyValueIterator<K, V> prefixScan(P prefix, PS prefixKeySerializer) {
        return opened(reads).prefixScan(prefix, prefixKeySerializer);
    }

    @Override
    public final long approximateNumEntries() {
        return opened(reads).approximateNumEntries();
    }

    @Override
    public final ReadOnlyKeyValueStore<K, V> readOnlyView() {
        return new TypedKeyValueReads<>(inner.committedView(), entries());
    }
}
