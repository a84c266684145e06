package io.tailrace.log.inspect;

/**
 * An entry of an offset index: the batch at a position ends with an offset.
 *
 * @param lastOffset absolute
 */
public record OffsetEntry(long lastOffset, long position) {}
