package io.tailrace.processor;

import org.jspecify.annotations.Nullable;

/** The write side of the compacted topic behind one store of one task. Owner: the task's thread. */
@FunctionalInterface
public interface Changelog {
    /**
     * Appends one change. It is in the log before the commit that follows; errors surface there at the latest.
     *
     * @param key yours no longer: it must not be changed afterwards
     * @param value the new value, given away as the key; null deletes the key
     * @param timestampMs epoch milliseconds of the change
     */
    void append(byte[] key, byte @Nullable [] value, long timestampMs);
}
