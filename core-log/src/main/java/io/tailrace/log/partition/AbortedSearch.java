package io.tailrace.log.partition;

import io.tailrace.common.TopicPartition;
import io.tailrace.log.record.RecordBatch;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the aborted transactions of a range of offsets in the transaction indexes of the segments. An index whose file is missing
 * or wrong is made again from the log.
 *
 * <p><b>Threads:</b> any.
 */
final class AbortedSearch {
    private static final Logger LOG = LoggerFactory.getLogger(AbortedSearch.class);

    private final TopicPartition topicPartition;
    private final ProducerSnapshots snapshots;

    AbortedSearch(TopicPartition topicPartition, ProducerSnapshots snapshots) {
        this.topicPartition = topicPartition;
        this.snapshots = snapshots;
    }

    /**
     * Those that overlap the batches.
     *
     * @param segment where the batches are from
     * @param endOffset log end offset
     * @param batches of the segment, before the last stable offset
     */
    List<AbortedTransaction> find(SegmentList segments, int segment, long endOffset, FetchedBatches batches) {
        for (RecordBatch batch : batches) {
            if (batch.isTransactional() && !batch.isControl()) {
                return find(segments, segment, endOffset, batch.baseOffset(), batches.nextOffset());
            }
        }
        return List.of();
    }

    /** Those that overlap the offsets from {@code fromOffset} to before {@code toOffset}, all of which are decided. */
    List<AbortedTransaction> find(SegmentList segments, int segment, long endOffset, long fromOffset, long toOffset) {
        List<AbortedTransaction> found = new ArrayList<>();
        for (int i = segment; i < segments.size(); i++) {
            if (index(segments, i, endOffset).collect(fromOffset, toOffset, found)) {
                break;
            }
        }
        return found;
    }

    /** Of one segment. */
    TransactionIndex index(SegmentList segments, int segment, long endOffset) {
        TransactionIndex index = segments.get(segment).transactions().get(segments.nextBaseOffset(segment, endOffset));
        return index == null ? rebuild(segments, segment, endOffset) : index;
    }

    // One at a time: the others then find what the first has made.
    private synchronized TransactionIndex rebuild(SegmentList segments, int last, long endOffset) {
        long lastOffset = segments.nextBaseOffset(last, endOffset);
        TransactionIndex index = segments.get(last).transactions().get(lastOffset);
        if (index != null) {
            return index;
        }
        LOG.warn("{}: transaction indexes are made again from the log, up to offset {}", topicPartition, lastOffset);
        long fromOffset = segments.first().baseOffset();
        ProducerStates states = null;
        for (long offset : snapshots.newestFirst()) {
            if (states == null && offset <= segments.get(last).baseOffset()) {
                ProducerSnapshot snapshot = snapshots.load(offset);
                states = snapshot == null ? null : snapshot.producers();
                fromOffset = snapshot == null ? fromOffset : offset;
            }
        }
        return rebuild(
                segments, last, endOffset, fromOffset, states == null ? new ProducerStates(topicPartition) : states);
    }

    private static TransactionIndex rebuild(
            SegmentList segments, int last, long endOffset, long fromOffset, ProducerStates states) {
        TransactionIndex index = new TransactionIndex();
        for (int i = Math.max(0, segments.floor(fromOffset)); i <= last; i++) {
            Segment segment = segments.get(i);
            long nextOffset = segments.nextBaseOffset(i, endOffset);
            index = new TransactionIndex();
            ProducerReplay.run(segment, fromOffset, nextOffset, states, index);
            boolean whole = fromOffset <= segment.baseOffset();
            boolean full = i + 1 < segments.size(); // otherwise it became so just now, and has stored its own
            if (whole && full && segment.transactions().get(nextOffset) == null) {
                segment.transactions().replace(index, nextOffset);
            }
        }
        return index;
    }
}
