package io.tailrace.log.partition;

import io.tailrace.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Brings the state of the producers back when a partition is opened: from the newest snapshot that is intact, and the batches
 * behind it. Also brings back the transaction index of the last segment, which is in memory while the segment grows.
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
    ProducerRecovery(
            TopicPartition topicPartition, ProducerSnapshots snapshots, SegmentList segments, long endOffset) {
        this.topicPartition = topicPartition;
        this.snapshots = snapshots;
        this.segments = segments;
        this.endOffset = endOffset;
    }

    ProducerStates run() {
        snapshots.deleteBehind(endOffset);
        for (long offset : snapshots.newestFirst()) {
            ProducerStates producers = snapshots.load(offset);
            TransactionIndex aborted = producers == null ? null : abortedUpTo(offset, producers);
            if (producers != null && aborted != null) {
                return replay(producers, aborted, offset);
            }
        }
        return replay(new ProducerStates(topicPartition), new TransactionIndex(), 0);
    }

    /** Of the last segment; null when it is not known. */
    private @Nullable TransactionIndex abortedUpTo(long offset, ProducerStates producers) {
        if (segments.isEmpty() || offset <= segments.last().baseOffset() || !producers.hasTransactions()) {
            return new TransactionIndex();
        }
        return segments.last().transactions().read(offset);
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
