package io.tailrace.runtime.query;

import io.tailrace.serde.Serializer;
import io.tailrace.state.KeyValueIterator;
import io.tailrace.state.ReadOnlyKeyValueStore;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the instances of all tasks as one store. A key is looked for in each, because a custom partitioner may have put it
 * anywhere. Iterators go partition after partition, each in its own order. Any thread.
 */
final class CompositeKeyValueStore<K, V> implements ReadOnlyKeyValueStore<K, V> {
    private final Supplier<List<ReadOnlyKeyValueStore<K, V>>> stores;

    CompositeKeyValueStore(Supplier<List<ReadOnlyKeyValueStore<K, V>>> stores) {
        this.stores = stores;
    }

    private KeyValueIterator<K, V> chain(Function<ReadOnlyKeyValueStore<K, V>, KeyValueIterator<K, V>> ask) {
        return new Chain<>(stores.get(), ask);
    }

    @Override
    public @Nullable V get(K key) {
        for (ReadOnlyKeyValueStore<K, V> store : stores.get()) {
            V value = store.get(key);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    @Override
    public KeyValueIterator<K, V> range(@Nullable K from, @Nullable K to) {
        return chain(store -> store.range(from, to));
    }

    @Override
    public KeyValueIterator<K, V> reverseRange(@Nullable K from, @Nullable K to) {
        return chain(store -> store.reverseRange(from, to));
    }

    @Override
    public KeyValueIterator<K, V> all() {
        return chain(ReadOnlyKeyValueStore::all);
    }

    @Override
    public KeyValueIterator<K, V> reverseAll() {
        return chain(ReadOnlyKeyValueStore::reverseAll);
    }

    @Override
    public <PS extends Serializer<P>, P> KeyValueIterator<K, V> prefixScan(P prefix, PS prefixKeySerializer) {
        return chain(store -> store.prefixScan(prefix, prefixKeySerializer));
    }

    @Override
    public long approximateNumEntries() {
        long sum = 0;
        for (ReadOnlyKeyValueStore<K, V> store : stores.get()) {
            sum += store.approximateNumEntries();
        }
        return sum < 0 ? Long.MAX_VALUE : sum;
    }
}
