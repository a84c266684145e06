package io.tailrace.processor;

import org.jspecify.annotations.Nullable;

/** Takes the records of a store's changelog, oldest first. Owner: the thread that restores the task. */
@FunctionalInterface
public interface StateRestoreCallback {
    /** @param value null deletes the key */
    void restore(byte[] key, byte @Nullable [] value);
}
