package io.tailrace.stores.bytes;

import io.tailrace.errors.InvalidStateStoreException;
import io.tailrace.processor.KeyValue;
import io.tailrace.state.KeyValueIterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * An iterator that reads one entry ahead: a subclass only says how to {@link #advance}. After {@link #close} every other
 * method throws {@link InvalidStateStoreException}. One thread.
 */
public abstract class LookaheadIterator<K, V> implements KeyValueIterator<K, V> {
    protected final String storeName;
    private @Nullable KeyValue<K, V> ahead;
    private boolean ended;
    private boolean closed;

    protected LookaheadIterator(String storeName) {
        this.storeName = storeName;
    }

    /** The next entry, null at the end; not called again after that. */
    protected abstract @Nullable KeyValue<K, V> advance();

    /** Frees what the iterator holds. Called once. */
    protected abstract void release();

    @Override
    public final boolean hasNext() {
        return lookAhead() != null;
    }

    @Override
    public final KeyValue<K, V> next() {
        KeyValue<K, V> next = require(lookAhead());
        ahead = null;
        return next;
    }

    @Override
    public final K peekNextKey() {
        return OrderedBytes.keyOf(require(lookAhead()));
    }

    @Override
    public final void close() {
        if (!closed) {
            closed = true;
            ahead = null;
            release();
        }
    }

    private @Nullable KeyValue<K, V> lookAhead() {
        if (closed) {
            throw new InvalidStateStoreException("iterator of store '" + storeName + "' is closed");
        }
        if (ahead == null && !ended) {
            ahead = advance();
            ended = ahead == null;
        }
        return ahead;
    }

    private KeyValue<K, V> require(@Nullable KeyValue<K, V> entry) {
        if (entry == null) {
            throw new NoSuchElementException("iterator of store '" + storeName + "' is at its end");
        }
        return entry;
    }
}
