package io.tailrace.kstream;

import org.jspecify.annotations.Nullable;

/**
 * A whole topic as a table that every task sees in full, whatever its partition: for small tables that are looked up by a
 * key of the value. It is read apart from the tasks, so a join with it sees what has been read so far, not what was so at
 * the record's time. Made by {@code StreamsBuilder.globalTable}.
 */
public interface GlobalKTable<K, V> {
    /** The name to read the store by, null when the table was not given one. */
    @Nullable
    String queryableStoreName();
}
