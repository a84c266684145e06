package io.tailrace.log.inspect;

/**
 * What a partition knew of a producer when it wrote a snapshot.
 *
 * @param lastSequence of the last batch, -1 when it only has a marker
 * @param lastOffset of the last batch
 * @param offsetDelta from the first to the last record of that batch
 * @param timestamp of the last batch or marker, in milliseconds since 1970
 * @param coordinatorEpoch of the last marker, -1 for none
 * @param firstOffsetOfTransaction of the open one, -1 for none
 */
public record ProducerEntry(
        long producerId,
        short producerEpoch,
        int lastSequence,
        long lastOffset,
        int offsetDelta,
        long timestamp,
        int coordinatorEpoch,
        long firstOffsetOfTransaction) {}
