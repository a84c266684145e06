package io.tailrace.stores.bytes;

import io.tailrace.processor.KeyValue;
import io.tailrace.state.KeyValueIterator;
import java.util.function.Function;

/** Another iterator with its keys and values translated, one entry at a time. One thread. */
public class MappedIterator<A, B, K, V> implements KeyValueIterator<K, V> {
    private final KeyValueIterator<A, B> source;
    private final Function<A, K> key;
    private final Function<B, V> value;

    public MappedIterator(KeyValueIterator<A, B> source, Function<A, K> key, Function<B, V> value) {
        this.source = source;
        this.key = key;
        this.value = value;
    }

    @Override
    public final boolean hasNext() {
        return source.hasNext();
    }

    @Override
    public final KeyValue<K, V> next() {
        KeyValue<A, B> next = source.next();
        return new KeyValue<>(key.apply(OrderedBytes.keyOf(next)), value.apply(OrderedBytes.valueOf(next)));
    }

    @Override
    public final K peekNextKey() {
        return key.apply(source.peekNextKey());
    }

    @Override
    public final void close() {
        source.close();
    }
}
