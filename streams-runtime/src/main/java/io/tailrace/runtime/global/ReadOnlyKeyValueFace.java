package io.tailrace.runtime.global;

import io.tailrace.processor.KeyValue;
import io.tailrace.processor.StateStore;
import io.tailrace.serde.Serializer;
import io.tailrace.state.KeyValueIterator;
import io.tailrace.state.KeyValueStore;
import io.tailrace.state.ReadOnlyKeyValueStore;
import io.tailrace.state.TimestampedKeyValueStore;
import io.tailrace.state.TimestampedKeyValueStoreWithHeaders;
import io.tailrace.state.ValueAndTimestamp;
import io.tailrace.state.ValueTimestampHeaders;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A key-value store that only reads. Threads: as the view behind it. */
class ReadOnlyKeyValueFace<K, V> extends ReadOnlyStore implements KeyValueStore<K, V> {
    private final ReadOnlyKeyValueStore<K, V> view;

    @SuppressWarnings("unchecked") // the types of key and value are for the caller to know
    ReadOnlyKeyValueFace(StateStore store, ReadOnlyKeyValueStore<?, ?> view) {
        super(store);
        this.view = (ReadOnlyKeyValueStore<K, V>) view;
    }

    /** The face of a timestamped store. */
    static final class Timestamped<K, V> extends ReadOnlyKeyValueFace<K, ValueAndTimestamp<V>>
            implements TimestampedKeyValueStore<K, V> {
        Timestamped(StateStore store, ReadOnlyKeyValueStore<?, ?> view) {
            super(store, view);
        }
    }

    /** The face of a timestamped store with headers. */
    static final class WithHeaders<K, V> extends ReadOnlyKeyValueFace<K, ValueTimestampHeaders<V>>
            implements TimestampedKeyValueStoreWithHeaders<K, V> {
        WithHeaders(StateStore store, ReadOnlyKeyValueStore<?, ?> view) {
            super(store, view);
        }
    }

    @Override
    public @Nullable V get(K key) {
        return view.get(key);
    }

    @Override
    public KeyValueIterator<K, V> range(@Nullable K from, @Nullable K to) {
        return view.range(from, to);
    }

    @Override
    public KeyValueIterator<K, V> reverseRange(@Nullable K from, @Nullable K to) {
        return view.reverseRange(from, to);
    }

    @Override
    public KeyValueIterator<K, V> all() {
        return view.all();
    }

    @Override
    public KeyValueIterator<K, V> reverseAll() {
        return view.reverseAll();
    }

    @Override
    public <PS extends Serializer<P>, P> KeyValueIterator<K, V> prefixScan(P prefix, PS prefixKeySerializer) {
        return view.prefixScan(prefix, prefixKeySerializer);
    }

    @Override
    public long approximateNumEntries() {
        return view.approximateNumEntries();
    }

    @Override
    public void put(K key, @Nullable V value) {
        throw readOnly();
    }

    @Override
    public @Nullable V putIfAbsent(K key, @Nullable V value) {
        throw readOnly();
    }

    @Override
    public void putAll(List<KeyValue<K, V>> entries) {
        throw readOnly();
    }

    @Override
    public @Nullable V delete(K key) {
        throw readOnly();
    }
}
