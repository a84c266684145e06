package io.tailrace.log.partition;

/**
 * A segment up to an end.
 *
 * @param path of its log file in the storage
 * @param end position behind its last batch; the bytes before it do not change
 */
public record SegmentCut(long baseOffset, String path, int end) {}
