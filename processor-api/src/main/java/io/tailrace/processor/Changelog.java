package io.tailrace.processor;

import io.tailrace.common.header.Headers;
import io.tailrace.common.header.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** The write side of the compacted topic behind one store of one task. Owner: the task's thread. */
@FunctionalInterface
public interface Changelog {
    /** The headers of a change without any; read-only. */
    Headers NO_HEADERS = noHeaders();

    private static Headers noHeaders() {
        RecordHeaders none = new RecordHeaders();
        none.setReadOnly();
        return none;
    }

    /**
     * Appends one change. It is in the log before the commit that follows; errors surface there at the latest.
     *
     * @param key yours no longer: it must not be changed afterwards
     * @param value the new value, given away as the key; null deletes the key
     * @param timestampMs epoch milliseconds of the change
     * @param headers of the change, given away as the key, or {@link #NO_HEADERS}; null for those of the record that is being processed
     */
    void append(byte[] key, byte @Nullable [] value, long timestampMs, @Nullable Headers headers);

    /** Appends a change without headers. */
    default void append(byte[] key, byte @Nullable [] value, long timestampMs) {
        append(key, value, timestampMs, NO_HEADERS);
    }
}
