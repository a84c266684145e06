package io.tailrace.state;

/** The windows of one key: each entry is a window's start in epoch milliseconds with its value. Must be closed. */
public interface WindowStoreIterator<V> extends KeyValueIterator<Long, V> {
    @Override
    void close();
}
