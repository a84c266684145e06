/**
 * What happens to old records: {@code Retention} deletes segments that are too old or too many, {@code Compactor} writes
 * segments again without the records whose key has a later one. The way of a compaction: {@code Dirtiness} says whether it is
 * worth it, {@code OffsetMap} learns the last offset of each key, {@code RecordSieve} decides about each batch,
 * {@link io.tailrace.log.partition.SegmentReplacement} takes what stays. Both work through {@link
 * io.tailrace.log.partition.PartitionHistory}, while others append and read.
 */
@NullMarked
package io.tailrace.log.clean;

import org.jspecify.annotations.NullMarked;
