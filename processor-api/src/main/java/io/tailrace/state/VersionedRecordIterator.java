package io.tailrace.state;

import java.io.Closeable;
import java.util.Iterator;

/** Versions of one key. Must be closed: it may hold native memory. One thread. */
public interface VersionedRecordIterator<V> extends Iterator<VersionedRecord<V>>, Closeable {
    /** A second call does nothing. */
    @Override
    void close();
}
