package io.tailrace.runtime.query;

import io.tailrace.processor.KeyValue;
import io.tailrace.state.KeyValueIterator;
import io.tailrace.state.ValueAndTimestamp;
import io.tailrace.state.WindowStoreIterator;

/** Entries of a timestamped store without their timestamps. One thread. */
public class PlainIterator<K, V> implements KeyValueIterator<K, V> {
    private final KeyValueIterator<K, ValueAndTimestamp<V>> entries;

    public PlainIterator(KeyValueIterator<K, ValueAndTimestamp<V>> entries) {
        this.entries = entries;
    }

    /** The same over the windows of one key. */
    public static final class OfWindows<V> extends PlainIterator<Long, V> implements WindowStoreIterator<V> {
        public OfWindows(KeyValueIterator<Long, ValueAndTimestamp<V>> entries) {
            super(entries);
        }
    }

    @Override
    public boolean hasNext() {
        return entries.hasNext();
    }

    @Override
    public KeyValue<K, V> next() {
        KeyValue<K, ValueAndTimestamp<V>> entry = entries.next();
        return new KeyValue<>(entry.key, ValueAndTimestamp.getValueOrNull(entry.value));
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
