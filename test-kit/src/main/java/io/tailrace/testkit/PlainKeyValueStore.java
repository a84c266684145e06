package io.tailrace.testkit;

import io.tailrace.processor.KeyValue;
import io.tailrace.runtime.query.PlainIterator;
import io.tailrace.runtime.query.ValuePart;
import io.tailrace.serde.Serializer;
import io.tailrace.state.KeyValueIterator;
import io.tailrace.state.KeyValueStore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A store without the timestamps, the headers, or both, of its values; what is written through it has none. One thread. */
final class PlainKeyValueStore<K, A, V> extends PlainStore<KeyValueStore<K, A>> implements KeyValueStore<K, V> {
    private final ValuePart<A, V> part;
    private final Stamp<V, A> stamp;

    PlainKeyValueStore(KeyValueStore<K, A> store, ValuePart<A, V> part, Stamp<V, A> stamp) {
        super(store);
        this.part = part;
        this.stamp = stamp;
    }

    @Override
    public @Nullable V get(K key) {
        return part.of(store.get(key));
    }

    @Override
    public void put(K key, @Nullable V value) {
        store.put(key, stamp.of(value));
    }

    @Override
    public @Nullable V putIfAbsent(K key, @Nullable V value) {
        return part.of(store.putIfAbsent(key, stamp.of(value)));
    }

    @Override
    public void putAll(List<KeyValue<K, V>> entries) {
        for (KeyValue<K, V> entry : entries) {
            store.putAll(List.of(new KeyValue<>(entry.key, stamp.of(entry.value))));
        }
    }

    @Override
    public @Nullable V delete(K key) {
        return part.of(store.delete(key));
    }

    @Override
    public KeyValueIterator<K, V> range(@Nullable K from, @Nullable K to) {
        return new PlainIterator<>(store.range(from, to), part);
    }

    @Override
    public KeyValueIterator<K, V> reverseRange(@Nullable K from, @Nullable K to) {
        return new PlainIterator<>(store.reverseRange(from, to), part);
    }

    @Override
    public KeyValueIterator<K, V> all() {
        return new PlainIterator<>(store.all(), part);
    }

    @Override
    public KeyValueIterator<K, V> reverseAll() {
        return new PlainIterator<>(store.reverseAll(), part);
    }

    @Override
    public <PS extends Serializer<P>, P> KeyValueIterator<K, V> prefixScan(P prefix, PS prefixKeySerializer) {
        return new PlainIterator<>(store.prefixScan(prefix, prefixKeySerializer), part);
    }

    @Override
    public long approximateNumEntries() {
        return store.approximateNumEntries();
    }
}
