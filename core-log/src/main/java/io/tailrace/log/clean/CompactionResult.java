package io.tailrace.log.clean;

/**
 * What one compaction of a partition did.
 *
 * @param nextOffset everything before it is compacted
 * @param bytesBefore of the segments that were gone over
 * @param bytesAfter of what they became
 */
public record CompactionResult(long nextOffset, long bytesBefore, long bytesAfter) {}
