package io.tailrace.state;

import io.tailrace.processor.KeyValue;
import java.io.Closeable;
import java.util.Iterator;

/** Entries of a store in the order of their serialized keys. Must be closed: it may hold native memory. One thread. */
public interface KeyValueIterator<K, V> extends Iterator<KeyValue<K, V>>, Closeable {
    /** A second call does nothing. */
    @Override
    void close();

    /**
     * The key that {@link #next()} returns next, without moving on.
     *
     * @throws java.util.NoSuchElementException at the end
     */
    K peekNextKey();
}
