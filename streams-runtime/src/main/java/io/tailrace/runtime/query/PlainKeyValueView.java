package io.tailrace.runtime.query;

import io.tailrace.serde.Serializer;
import io.tailrace.state.KeyValueIterator;
import io.tailrace.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/** A key-value store with part of its values. Any thread, as the view behind it. */
final class PlainKeyValueView<K, A, V> implements ReadOnlyKeyValueStore<K, V> {
    private final ReadOnlyKeyValueStore<K, A> view;
    private final ValuePart<A, V> part;

    PlainKeyValueView(ReadOnlyKeyValueStore<K, A> view, ValuePart<A, V> part) {
        this.view = view;
        this.part = part;
    }

    @Override
    public @Nullable V get(K key) {
        return part.of(view.get(key));
    }

    @Override
    public KeyValueIterator<K, V> range(@Nullable K from, @Nullable K to) {
        return new PlainIterator<>(view.range(from, to), part);
    }

    @Override
    public KeyValueIterator<K, V> reverseRange(@Nullable K from, @Nullable K to) {
        return new PlainIterator<>(view.reverseRange(from, to), part);
    }

    @Override
    public KeyValueIterator<K, V> all() {
        return new PlainIterator<>(view.all(), part);
    }

    @Override
    public KeyValueIterator<K, V> reverseAll() {
        return new PlainIterator<>(view.reverseAll(), part);
    }

    @Override
    public <PS extends Serializer<P>, P> KeyValueIterator<K, V> prefixScan(P prefix, PS prefixKeySerializer) {
        return new PlainIterator<>(view.prefixScan(prefix, prefixKeySerializer), part);
    }

    @Override
    public long approximateNumEntries() {
        return view.approximateNumEntries();
    }
}
