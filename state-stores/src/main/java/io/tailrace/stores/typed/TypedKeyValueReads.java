package io.tailrace.stores.typed;

import io.tailrace.common.Bytes;
import io.tailrace.serde.Serializer;
import io.tailrace.state.KeyValueIterator;
import io.tailrace.state.ReadOnlyKeyValueStore;
import io.tailrace.stores.bytes.MappedIterator;
import io.tailrace.stores.bytes.OrderedBytes;
import io.tailrace.stores.bytes.ScanOrder;
import org.jspecify.annotations.Nullable;

/** The reading half of a typed key-value store, over the owner's bytes or over the committed ones. */
final class TypedKeyValueReads<K, V> implements ReadOnlyKeyValueStore<K, V> {
    private final OrderedBytes bytes;
    private final Entries<K, V> entries;

    TypedKeyValueReads(OrderedBytes bytes, Entries<K, V> entries) {
        this.bytes = bytes;
        this.entries = entries;
    }

    @Override
    public @Nullable V get(K key) {
        byte[] value = bytes.get(entries.key(key));
        return value == null ? null : entries.valueOf(value);
    }

    @Override
    public KeyValueIterator<K, V> range(@Nullable K from, @Nullable K to) {
        return typed(bytes.range(entries.bound(from), entries.bound(to)));
    }

    @Override
    public KeyValueIterator<K, V> reverseRange(@Nullable K from, @Nullable K to) {
        return typed(bytes.reverseRange(entries.bound(from), entries.bound(to)));
    }

    @Override
    public KeyValueIterator<K, V> all() {
        return typed(bytes.all());
    }

    @Override
    public KeyValueIterator<K, V> reverseAll() {
        return typed(bytes.reverseAll());
    }

    @Override
    public <PS extends Serializer<P>, P> KeyValueIterator<K, V> prefixScan(P prefix, PS prefixKeySerializer) {
        Bytes from = entries.prefix(prefix, prefixKeySerializer);
        return typed(bytes.scan(from, Bytes.increment(from), ScanOrder.ASCENDING));
    }

    @Override
    public long approximateNumEntries() {
        return bytes.approximateNumEntries();
    }

    private KeyValueIterator<K, V> typed(KeyValueIterator<Bytes, byte[]> scan) {
        return new MappedIterator<>(scan, entries::keyOf, entries::valueOf);
    }
}
