package io.tailrace.log.client;

import io.tailrace.common.TimestampType;
import io.tailrace.common.TopicPartition;
import io.tailrace.common.errors.OffsetOutOfRangeException;
import io.tailrace.common.header.Headers;
import io.tailrace.log.api.IsolationLevel;
import io.tailrace.log.partition.AbortedTransactions;
import io.tailrace.log.partition.FetchedBatches;
import io.tailrace.log.partition.Partition;
import io.tailrace.log.record.RecordBatch;
import io.tailrace.log.record.RecordCursor;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the records of a partition: {@link #find} shows the record at the position, {@link #consume} moves the position
 * behind it. Control batches, and for a reader of committed data batches of aborted transactions, are passed over. Batches are read many at a time and what is left of them is kept, so that each is read and decoded once.
 *
 * <p><b>Owner:</b> one thread. <b>Errors:</b> when the topic was deleted or the log closed meanwhile, the exception says that.
 */
final class PartitionCursor {
    private static final long UNKNOWN = -1;

    private final Topic topic;
    private final TopicPartition topicPartition;
    private long position = UNKNOWN;
    private final IsolationLevel isolation;
    private boolean paused;
    private Iterator<RecordBatch> batches = Collections.emptyIterator();
    private AbortedTransactions aborted = new AbortedTransactions(List.of()); // among the batches
    private long behindBatches; // the offset to read next, when the batches have been used up
    private @Nullable RecordBatch batch;
    private @Nullable RecordCursor record;
    private boolean found;

    PartitionCursor(Topic topic, int index, IsolationLevel isolation) {
        this.isolation = isolation;
        this.topic = topic;
        this.topicPartition = topic.topicPartition(index);
    }

    Topic topic() {
        return topic;
    }

    TopicPartition topicPartition() {
        return topicPartition;
    }

    boolean isPaused() {
        return paused;
    }

    void setPaused(boolean newPaused) {
        paused = newPaused;
    }

    boolean hasPosition() {
        return position != UNKNOWN;
    }

    /** The offset of the next record to be found, if there {@link #hasPosition is} one. */
    long position() {
        return position;
    }

    /** Goes on at another offset; what was read ahead is dropped. */
    void seek(long offset) {
        position = offset;
        behindBatches = offset;
        dropBatches();
    }

    private void dropBatches() {
        batches = Collections.emptyIterator();
        batch = null;
        record = null;
        found = false;
    }

    long startOffset() {
        return partition().logStartOffset();
    }

    /** Of what the isolation level lets this cursor see. */
    long endOffset() {
        return readableEnd(partition());
    }

    /** The first offset whose record is not older; empty when all are. */
    OptionalLong offsetForTimestamp(long timestampMs) {
        return partition().offsetForTimestamp(timestampMs);
    }

    /**
     * Shows the first record from the position on; the same again until {@link #consume} or {@link #seek}.
     *
     * @param readBytes how much to read ahead when nothing is left
     * @return false when there is none yet
     * @throws OffsetOutOfRangeException when the position is outside of the partition
     */
    boolean find(int readBytes) {
        try {
            while (!found) {
                RecordCursor current = record;
                if (current != null && current.next()) {
                    found = current.offset() >= position; // a batch may start before the position
                } else if (!nextBatch(readBytes)) {
                    return false;
                }
            }
            return true;
        } catch (RuntimeException e) {
            dropBatches();
            behindBatches = position;
            throw topic.explain(e);
        }
    }

    private boolean nextBatch(int readBytes) {
        RecordBatch used = batch;
        if (used != null) {
            position = Math.max(position, used.nextOffset());
        }
        if (!batches.hasNext() && !read(readBytes)) {
            batch = null;
            record = null;
            return false;
        }
        RecordBatch next = batches.next();
        batch = next;
        record = aborted.skip(next) ? null : next.records();
        return true;
    }

    private boolean read(int readBytes) {
        Partition partition = partition();
        if (isAtEnd(partition)) {
            return false;
        }
        FetchedBatches fetched = partition.read(behindBatches, readBytes, isolation);
        behindBatches = fetched.nextOffset();
        aborted = new AbortedTransactions(fetched.abortedTransactions());
        batches = fetched.iterator();
        return batches.hasNext();
    }

    private long readableEnd(Partition partition) {
        return isolation == IsolationLevel.READ_COMMITTED ? partition.lastStableOffset() : partition.highWatermark();
    }

    private boolean isAtEnd(Partition partition) {
        long end = readableEnd(partition);
        // Behind the end are the open transactions, behind them nothing: that is an error, which the read tells.
        return behindBatches == end || (behindBatches > end && behindBatches <= partition.logEndOffset());
    }

    /** Whether it is worth to {@link #find} again after it has found nothing. */
    boolean hasNews() {
        return !topic.isOpen() || !isAtEnd(partition());
    }

    private Partition partition() {
        return topic.partition(topicPartition.partition());
    }

    /** Moves the position behind the record that was found. */
    void consume() {
        position = shown().offset() + 1;
        found = false;
    }

    long offset() {
        return shown().offset();
    }

    long timestamp() {
        return shown().timestamp();
    }

    TimestampType timestampType() {
        RecordBatch current = batch;
        return current == null ? TimestampType.NO_TIMESTAMP_TYPE : current.timestampType();
    }

    byte @Nullable [] key() {
        return shown().key();
    }

    byte @Nullable [] value() {
        return shown().value();
    }

    Headers headers() {
        return shown().headers();
    }

    /** The record for messages, for example {@code flights-0@17}. */
    String where() {
        return topicPartition + "@" + offset();
    }

    private RecordCursor shown() {
        RecordCursor current = record;
        if (!found || current == null) {
            throw new IllegalStateException("no record of " + topicPartition + " was found to be looked at");
        }
        return current;
    }
}
