package io.tailrace.log.inspect;

/**
 * An entry of an index of aborted transactions.
 *
 * @param firstOffset of the transaction in the partition
 * @param lastOffset of the marker that aborts it
 * @param lastStableOffset of the partition behind the marker
 */
public record AbortedEntry(long producerId, long firstOffset, long lastOffset, long lastStableOffset) {}
