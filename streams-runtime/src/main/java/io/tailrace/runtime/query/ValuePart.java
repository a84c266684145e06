package io.tailrace.runtime.query;

import org.jspecify.annotations.Nullable;

/** What of a kept value is shown: without its headers, or without its timestamp too. Any thread. */
@FunctionalInterface
public interface ValuePart<A, V> {
    /** Null for null. */
    @Nullable
    V of(@Nullable A kept);
}
