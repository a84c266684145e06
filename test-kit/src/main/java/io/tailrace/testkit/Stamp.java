package io.tailrace.testkit;

import org.jspecify.annotations.Nullable;

/** Makes what a store keeps of a value that is written without timestamp and headers. One thread. */
@FunctionalInterface
interface Stamp<V, A> {
    /** Null for null. */
    @Nullable
    A of(@Nullable V value);
}
