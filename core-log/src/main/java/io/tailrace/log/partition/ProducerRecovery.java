package io.tailrace.log.partition;

import io.tailrace.common.TopicPartition;

/**
 * Brings the state of the producers back when a partition is opened: from the newest snapshot that is intact, and the batches
 * behind it. Also brings back the transaction index of the last segment, which is in memory while the segment grows; a snapshot
 * from the middle of the segment that does not have it cannot be used.
 *
 * <p><b>Owner:</b> the thread that opens the partition.
 */
final class ProducerRecovery {
    private final TopicPartition topicPartition;
    private final ProducerSnapshots snapshots;
    private final SegmentList segments;
    private final long endOffset;

    /**
     * @param segments as they are after recovery
     * @param endOffset of the log, after recovery
     */
    ProducerRecovery(TopicPartition topicPartition, ProducerSnapshots snapshots, SegmentList segments, long endOffset) {
        this.topicPartition = topicPartition;
        this.snapshots = snapshots;
        this.segments = segments;
        this.endOffset = endOffset;
    }

    ProducerStates run() {
        snapshots.deleteBehind(endOffset);
        for (long offset : snapshots.newestFirst()) {
            ProducerSnapshot snapshot = snapshots.load(offset);
            if (snapshot != null) {
                boolean ofLast = !segments.isEmpty()
                        && snapshot.lastBaseOffset() == segments.last().baseOffset();
                if (ofLast || segments.isEmpty() || offset <= segments.last().baseOffset()) {
                    TransactionIndex aborted = new TransactionIndex();
                    if (ofLast) {
                        snapshot.aborted().forEach(aborted::append);
                    }
                    return replay(snapshot.producers(), aborted, offset);
                }
            }
        }
        return replay(new ProducerStates(topicPartition), new TransactionIndex(), 0);
    }

    private ProducerStates replay(ProducerStates producers, TransactionIndex aborted, long fromOffset) {
        if (fromOffset >= endOffset || segments.isEmpty()) {
            return recovered(producers, aborted);
        }
        for (int i = Math.max(0, segments.floor(fromOffset)); i < segments.size(); i++) {
            Segment segment = segments.get(i);
            boolean last = segment == segments.last();
            ProducerReplay.run(
                    segment,
                    fromOffset,
                    segments.nextBaseOffset(i, endOffset),
                    producers,
                    last ? aborted : new TransactionIndex());
        }
        return recovered(producers, aborted);
    }

    private ProducerStates recovered(ProducerStates producers, TransactionIndex aborted) {
        producers.all().forEach(ProducerState::onRecovered);
        if (!segments.isEmpty()) {
            aborted.all().forEach(segments.last().transactions()::append);
        }
        return producers;
    }
}
