/**
 * One partition of a topic: an append-only sequence of record batches, kept in segments. The way of a record: {@link
 * io.tailrace.log.partition.Partition#append}, then {@code PartitionWriter}, then {@code ActiveSegment}, then the storage file; the
 * way back: {@link io.tailrace.log.partition.Partition#read}, then {@code PartitionReads}, then {@code Segment}, where {@code
 * OffsetSearch} finds the batch by the sparse {@code OffsetIndex} and {@code SegmentBatches} checks it. {@code SegmentScanner} walks over the batches of a file and over damage in it, {@code SegmentRecovery}
 * uses it to bring the last segment back after a crash.
 *
 * <p>A partition is a directory of files named by the offset of their first record: {@code .log} holds batches, {@code
 * .index} and {@code .timeindex} the sparse indexes of a segment that is full, all in Kafka's formats. Offset is the number
 * of a record, position a byte in a file.
 *
 * <p>{@code ProducerStates} knows the idempotent producers: which batch may follow, which one is a repetition, where a
 * transaction is open. It is the state that the batches in the log make, so {@code ProducerRecovery} brings it back from a
 * {@code .snapshot} and the batches behind it. {@code TransactionIndex} holds the aborted transactions of a segment ({@code
 * .txnindex}), {@code AbortedSearch} finds those of a range, and {@link io.tailrace.log.partition.AbortedTransactions} leaves
 * their batches out.
 */
@NullMarked
package io.tailrace.log.partition;

import org.jspecify.annotations.NullMarked;
