package io.tailrace.runtime.query;

import io.tailrace.serde.Serializer;
import io.tailrace.state.KeyValueIterator;
import io.tailrace.state.ReadOnlyKeyValueStore;
import io.tailrace.state.ValueAndTimestamp;
import org.jspecify.annotations.Nullable;

/** A timestamped key-value store without its timestamps. Any thread, as the view behind it. */
final class PlainKeyValueView<K, V> implements ReadOnlyKeyValueStore<K, V> {
    private final ReadOnlyKeyValueStore<K, ValueAndTimestamp<V>> view;

    PlainKeyValueView(ReadOnlyKeyValueStore<K, ValueAndTimestamp<V>> view) {
        this.view = view;
    }

    @Override
    public @Nullable V get(K key) {
        return ValueAndTimestamp.getValueOrNull(view.get(key));
    }

    @Override
    public KeyValueIterator<K, V> range(@Nullable K from, @Nullable K to) {
        return new PlainIterator<>(view.range(from, to));
    }

    @Override
    public KeyValueIterator<K, V> reverseRange(@Nullable K from, @Nullable K to) {
        return new PlainIterator<>(view.reverseRange(from, to));
    }

    @Override
    public KeyValueIterator<K, V> all() {
        return new PlainIterator<>(view.all());
    }

    @Override
    public KeyValueIterator<K, V> reverseAll() {
        return new PlainIterator<>(view.reverseAll());
    }

    @Override
    public <PS extends Serializer<P>, P> KeyValueIterator<K, V> prefixScan(P prefix, PS prefixKeySerializer) {
        return new PlainIterator<>(view.prefixScan(prefix, prefixKeySerializer));
    }

    @Override
    public long approximateNumEntries() {
        return view.approximateNumEntries();
    }
}
