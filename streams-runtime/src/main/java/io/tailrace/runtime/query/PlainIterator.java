package io.tailrace.runtime.query;

import io.tailrace.processor.KeyValue;
import io.tailrace.state.KeyValueIterator;
import io.tailrace.state.WindowStoreIterator;

/** Entries of a store with part of their values. One thread. */
public class PlainIterator<K, A, V> implements KeyValueIterator<K, V> {
    private final KeyValueIterator<K, A> entries;
    private final ValuePart<A, V> part;

    public PlainIterator(KeyValueIterator<K, A> entries, ValuePart<A, V> part) {
        this.entries = entries;
        this.part = part;
    }

    /** The same over the windows of one key. */
    public static final class OfWindows<A, V> extends PlainIterator<Long, A, V> implements WindowStoreIterator<V> {
        public OfWindows(KeyValueIterator<Long, A> entries, ValuePart<A, V> part) {
            super(entries, part);
        }
    }

    @Override
    public boolean hasNext() {
        return entries.hasNext();
    }

    @Override
    public KeyValue<K, V> next() {
        KeyValue<K, A> entry = entries.next();
        return new KeyValue<>(entry.key, part.of(entry.value));
    }

    @Override
    public K peekNextKey() {
        return entries.peekNextKey();
    }

    @Override
    public void close() {
        entries.close();
    }
}
