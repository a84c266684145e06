package io.tailrace.runtime.metadata;

/**
 * How far one partition of a store is behind its changelog, in offsets.
 *
 * @param currentOffsetPosition up to which the store is filled, next to read
 * @param endOffsetPosition the end of the changelog
 */
public record LagInfo(long currentOffsetPosition, long endOffsetPosition) {
    /** 0 for a store that is up to date. */
    public long offsetLag() {
        return Math.max(0, endOffsetPosition - currentOffsetPosition);
    }
}
