package io.tailrace.log.partition;

import io.tailrace.common.TopicPartition;
import io.tailrace.common.errors.LogClosedException;
import io.tailrace.common.errors.OffsetOutOfRangeException;
import io.tailrace.common.errors.StorageException;
import io.tailrace.log.api.IsolationLevel;
import java.util.List;
import java.util.OptionalLong;

/**
 * The read side of a partition: finds the segment, and looks once more when maintenance has taken it away meanwhile. Takes no
 * lock. Where a reader may go is asked before the segments are, as the writer publishes them the other way round.
 *
 * <p><b>Threads:</b> any.
 */
final class PartitionReads {
    private final Partition partition;
    private final TopicPartition topicPartition;
    private final LiveSegments segments;
    private final AbortedSearch abortedSearch;

    /** What a reader does with the segments as they are at a moment, and the log end offset of no later one. */
    private interface Attempt<T> {
        T on(SegmentList current, long endOffset);
    }

    PartitionReads(Partition partition, LiveSegments segments, AbortedSearch abortedSearch) {
        this.partition = partition;
        this.topicPartition = partition.topicPartition();
        this.segments = segments;
        this.abortedSearch = abortedSearch;
    }

    private <T> T read(Attempt<T> attempt) {
        boolean retried = false;
        while (true) {
            partition.checkOpen();
            long endOffset = partition.logEndOffset();
            SegmentList current = segments.list();
            try {
                return attempt.on(current, endOffset);
            } catch (StorageException | LogClosedException e) {
                partition.checkOpen(); // the file may have been closed under this read, which is no fault of the file
                if (retried && current == segments.list()) {
                    throw e;
                }
                retried = true; // its segment was deleted or replaced, or renamed
            }
        }
    }

    /** As {@link Partition#read(long, int, IsolationLevel)}. */
    FetchedBatches read(long offset, int maxBytes, IsolationLevel isolation) {
        boolean committed = isolation == IsolationLevel.READ_COMMITTED;
        long visibleEnd = committed ? partition.lastStableOffset() : partition.highWatermark();
        return read((current, endOffset) -> read(current, visibleEnd, endOffset, offset, maxBytes, committed));
    }

    private FetchedBatches read(
            SegmentList current, long visibleEnd, long endOffset, long offset, int maxBytes, boolean committed) {
        if (offset >= visibleEnd && offset <= endOffset) {
            return FetchedBatches.none(offset);
        }
        int segment = current.floor(offset);
        long startOffset = segments.startOffset();
        if (segment < 0 || offset > endOffset || offset < startOffset) {
            throw new OffsetOutOfRangeException(
                    topicPartition.topic(), topicPartition.partition(), offset, startOffset, endOffset);
        }
        FetchedBatches batches =
                current.get(segment).read(offset, maxBytes, current.nextBaseOffset(segment, endOffset), visibleEnd);
        return committed ? batches.with(abortedSearch.find(current, segment, endOffset, batches)) : batches;
    }

    /** As {@link Partition#abortedTransactions}. */
    List<AbortedTransaction> abortedTransactions(long fromOffset, long toOffset) {
        partition.checkOpen();
        long endOffset = partition.logEndOffset();
        SegmentList current = segments.list();
        int segment = Math.max(0, current.floor(fromOffset));
        return abortedSearch.find(current, segment, endOffset, fromOffset, toOffset);
    }

    /** As {@link Partition#offsetForTimestamp}. */
    OptionalLong offsetForTimestamp(long timestampMs) {
        return read((current, endOffset) -> offsetForTimestamp(current, endOffset, timestampMs));
    }

    private OptionalLong offsetForTimestamp(SegmentList current, long endOffset, long timestampMs) {
        long startOffset = segments.startOffset();
        for (int i = 0; i < current.size(); i++) {
            long nextOffset = current.nextBaseOffset(i, endOffset);
            if (nextOffset > startOffset) {
                OptionalLong offset = current.get(i).offsetForTimestamp(timestampMs, startOffset, nextOffset);
                if (offset.isPresent()) {
                    return offset;
                }
            }
        }
        return OptionalLong.empty();
    }
}
