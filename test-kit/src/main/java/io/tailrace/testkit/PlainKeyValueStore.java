package io.tailrace.testkit;

import io.tailrace.common.ConsumerRecord;
import io.tailrace.processor.KeyValue;
import io.tailrace.processor.StateStore;
import io.tailrace.processor.StateStoreContext;
import io.tailrace.runtime.query.PlainIterator;
import io.tailrace.serde.Serializer;
import io.tailrace.state.KeyValueIterator;
import io.tailrace.state.KeyValueStore;
import io.tailrace.state.TimestampedKeyValueStore;
import io.tailrace.state.ValueAndTimestamp;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A timestamped store without its timestamps; what is written through it has none. One thread. */
final class PlainKeyValueStore<K, V> implements KeyValueStore<K, V> {
    private final TimestampedKeyValueStore<K, V> store;

    PlainKeyValueStore(TimestampedKeyValueStore<K, V> store) {
        this.store = store;
    }

    private static <V> @Nullable ValueAndTimestamp<V> stamped(@Nullable V value) {
        return ValueAndTimestamp.make(value, ConsumerRecord.NO_TIMESTAMP);
    }

    @Override
    public @Nullable V get(K key) {
        return ValueAndTimestamp.getValueOrNull(store.get(key));
    }

    @Override
    public void put(K key, @Nullable V value) {
        store.put(key, stamped(value));
    }

    @Override
    public @Nullable V putIfAbsent(K key, @Nullable V value) {
        return ValueAndTimestamp.getValueOrNull(store.putIfAbsent(key, stamped(value)));
    }

    @Override
    public void putAll(List<KeyValue<K, V>> entries) {
        for (KeyValue<K, V> entry : entries) {
            store.putAll(List.of(new KeyValue<>(entry.key, stamped(entry.value))));
        }
    }

    @Override
    public @Nullable V delete(K key) {
        return ValueAndTimestamp.getValueOrNull(store.delete(key));
    }

    @Override
    public KeyValueIterator<K, V> range(@Nullable K from, @Nullable K to) {
        return new PlainIterator<>(store.range(from, to));
    }

    @Override
    public KeyValueIterator<K, V> reverseRange(@Nullable K from, @Nullable K to) {
        return new PlainIterator<>(store.reverseRange(from, to));
    }

    @Override
    public KeyValueIterator<K, V> all() {
        return new PlainIterator<>(store.all());
    }

    @Override
    public KeyValueIterator<K, V> reverseAll() {
        return new PlainIterator<>(store.reverseAll());
    }

    @Override
    public <PS extends Serializer<P>, P> KeyValueIterator<K, V> prefixScan(P prefix, PS prefixKeySerializer) {
        return new PlainIterator<>(store.prefixScan(prefix, prefixKeySerializer));
    }

    @Override
    public long approximateNumEntries() {
        return store.approximateNumEntries();
    }

    @Override
    public String name() {
        return store.name();
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        store.init(context, root);
    }

    @Override
    public void close() {
        store.close();
    }

    @Override
    public boolean persistent() {
        return store.persistent();
    }

    @Override
    public boolean isOpen() {
        return store.isOpen();
    }
}
