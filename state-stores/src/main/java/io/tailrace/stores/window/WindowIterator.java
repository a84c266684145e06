package io.tailrace.stores.window;

import io.tailrace.state.KeyValueIterator;
import io.tailrace.state.WindowStoreIterator;
import io.tailrace.stores.bytes.MappedIterator;
import java.util.function.Function;

/** A scan over the windows of one key, translated to window starts and values. One thread. */
public final class WindowIterator<A, B, V> extends MappedIterator<A, B, Long, V> implements WindowStoreIterator<V> {
    public WindowIterator(KeyValueIterator<A, B> source, Function<A, Long> start, Function<B, V> value) {
        super(source, start, value);
    }
}
