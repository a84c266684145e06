package io.tailrace.runtime.query;

import io.tailrace.processor.KeyValue;
import io.tailrace.state.KeyValueIterator;
import io.tailrace.state.WindowStoreIterator;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Iterates over the answers of several stores, one store after the other; each keeps its own order. The next store is asked
 * when the one before is used up. One thread.
 */
class Chain<R, K, V> implements KeyValueIterator<K, V> {
    private final Iterator<R> stores;
    private final Function<R, ? extends KeyValueIterator<K, V>> ask;
    private @Nullable KeyValueIterator<K, V> current;

    Chain(List<R> stores, Function<R, ? extends KeyValueIterator<K, V>> ask) {
        this.stores = new ArrayList<>(stores).iterator();
        this.ask = ask;
    }

    /** The same over the windows of one key. */
    static final class OfWindows<R, V> extends Chain<R, Long, V> implements WindowStoreIterator<V> {
        OfWindows(List<R> stores, Function<R, WindowStoreIterator<V>> ask) {
            super(stores, ask);
        }
    }

    private @Nullable KeyValueIterator<K, V> atNext() {
        KeyValueIterator<K, V> at = current;
        while (at == null || !at.hasNext()) {
            if (at != null) {
                at.close();
            }
            if (!stores.hasNext()) {
                current = null;
                return null;
            }
            at = ask.apply(stores.next());
            current = at;
        }
        return at;
    }

    private KeyValueIterator<K, V> required() {
        KeyValueIterator<K, V> at = atNext();
        if (at == null) {
            throw new NoSuchElementException("no more entries");
        }
        return at;
    }

    @Override
    public boolean hasNext() {
        return atNext() != null;
    }

    @Override
    public KeyValue<K, V> next() {
        return required().next();
    }

    @Override
    public K peekNextKey() {
        return required().peekNextKey();
    }

    @Override
    public void close() {
        KeyValueIterator<K, V> at = current;
        current = null;
        while (stores.hasNext()) {
            stores.next(); // a closed iterator asks no further store
        }
        if (at != null) {
            at.close();
        }
    }
}
