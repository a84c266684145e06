package io.tailrace.stores.cache;

import org.jspecify.annotations.Nullable;

/**
 * The key of a window or session in a cache. Immutable if the key is.
 *
 * @param startMs of the window in epoch milliseconds
 * @param endMs the same as the start where windows have one size
 */
public record SpanKey(Object key, long startMs, long endMs) {
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SpanKey that && startMs == that.startMs && endMs == that.endMs && key.equals(that.key);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * key.hashCode() + Long.hashCode(startMs)) + Long.hashCode(endMs);
    }
}
