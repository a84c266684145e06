package io.tailrace.log.partition;

/**
 * The part of an aborted transaction that is in one partition.
 *
 * @param firstOffset of its first record
 * @param lastOffset of the marker that ended it
 * @param lastStableOffset of the partition right behind the marker: everything before was decided then
 */
public record AbortedTransaction(long producerId, long firstOffset, long lastOffset, long lastStableOffset) {}
