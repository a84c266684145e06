package io.tailrace.log.partition;

import io.tailrace.common.TopicPartition;
import io.tailrace.common.errors.InterruptException;
import io.tailrace.common.errors.OffsetOutOfRangeException;
import io.tailrace.common.errors.StorageException;
import io.tailrace.log.storage.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The older part of a partition, as maintenance sees it: what may be deleted or compacted.
 *
 * <p><b>Threads:</b> any; one operation at a time, under a lock that neither appends nor reads take.
 */
public final class PartitionHistory {

    /**
     * The last batch of a producer, whose header has to stay.
     *
     * @param dataOffset of its last record; -1 when all that is known of the producer's epoch is a marker
     */
    public record LastBatch(long dataOffset, short epoch) {}

    private static final Logger LOG = LoggerFactory.getLogger(PartitionHistory.class);

    private final Partition partition;
    private final PartitionWriter writer;
    private final Storage storage;
    private final String directory;
    private final LiveSegments segments;
    private int holds; // guarded by this
    private volatile LongConsumer startListener = offset -> {};
    private @Nullable RuntimeException unfinished; // guarded by this: what a replacement ended with half way

    PartitionHistory(
            Partition partition, PartitionWriter writer, Storage storage, String directory, LiveSegments segments) {
        this.partition = partition;
        this.writer = writer;
        this.storage = storage;
        this.directory = directory;
        this.segments = segments;
    }

    public TopicPartition topicPartition() {
        return partition.topicPartition();
    }

    /**
     * Returns when the records before the offset survive a power loss.
     *
     * @throws io.tailrace.common.errors.StorageException when the device refuses; the partition accepts no more appends then
     */
    public void force(long endOffset) {
        partition.force(endOffset);
    }

    /** Keeps files until it is closed. A second close does nothing. */
    public final class Hold implements AutoCloseable {
        private boolean released; // guarded by the history

        private Hold() {}

        @Override
        public void close() {
            synchronized (PartitionHistory.this) {
                if (!released) {
                    released = true;
                    holds--;
                    PartitionHistory.this.notifyAll();
                }
            }
        }
    }

    /** Keeps every file of the partition until it is given back, for a backup: who wants to delete or replace one waits so long. */
    public synchronized Hold hold() {
        holds++;
        return new Hold();
    }

    /** Guarded by this. */
    void awaitRelease() {
        try {
            while (holds > 0) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptException("interrupted while a backup keeps the files of " + directory, e);
        }
    }

    /** Has each new log start offset handed over before any file is deleted, so that it can be made to survive. */
    public void onStartOffset(LongConsumer listener) {
        startListener = listener;
    }

    /**
     * Goes on from the start offset that was handed to {@link #onStartOffset} before the partition was closed. When a power loss
     * has taken everything from there on, the next record gets this offset, so that none is given twice.
     */
    public synchronized void restoreStartOffset(long offset) {
        if (offset > partition.logEndOffset()) {
            SegmentFiles.delete(storage, directory, writer.startAnew(offset));
        } else {
            segments.startAt(offset);
        }
        deleteBeforeStart();
    }

    /**
     * Nothing before the offset can be read from now on, and segments that lie wholly before it are deleted.
     *
     * @param offset from the log start offset, at or before which nothing happens, to the high watermark
     * @throws OffsetOutOfRangeException when it lies behind the high watermark
     */
    public synchronized void deleteRecordsBefore(long offset) {
        awaitRelease();
        writer.checkOpen();
        if (offset > partition.highWatermark()) {
            throw new OffsetOutOfRangeException(
                    topicPartition().topic(),
                    topicPartition().partition(),
                    offset,
                    partition.logStartOffset(),
                    partition.highWatermark());
        }
        moveStart(offset);
    }

    private void moveStart(long offset) {
        if (offset > segments.startOffset()) {
            segments.startAt(offset);
            startListener.accept(offset);
            deleteBeforeStart();
        }
    }

    private void deleteBeforeStart() {
        SegmentFiles.delete(storage, directory, segments.dropBeforeStart());
    }

    /**
     * Deletes the oldest segments: those whose records are all too old, and those without which the others have enough bytes.
     * The last segment goes too when all of its records are too old.
     *
     * @param olderThanMs timestamp in milliseconds since 1970; {@link Long#MIN_VALUE} for no limit of age
     * @param retainedBytes of all segments; {@link Long#MAX_VALUE} for no limit
     * @return segments deleted
     */
    public synchronized int deleteExpired(long olderThanMs, long retainedBytes) {
        awaitRelease();
        writer.checkOpen();
        SegmentList current = segments.list();
        int expired = countExpired(current, olderThanMs, retainedBytes);
        if (expired == current.size() - 1
                && current.last().end() > 0
                && current.last().maxTimestamp() < olderThanMs) {
            writer.roll(last -> last.maxTimestamp() < olderThanMs);
            current = segments.list();
            expired = countExpired(current, olderThanMs, retainedBytes);
        }
        if (expired > 0) {
            moveStart(current.get(expired).baseOffset());
        }
        return expired;
    }

    private int countExpired(SegmentList current, long olderThanMs, long retainedBytes) {
        long left = current.sizeInBytes();
        int count = 0;
        while (count < current.size() - 1) {
            long nextOffset = current.get(count + 1).baseOffset();
            long leftWithout = left - current.get(count).end();
            boolean expired = leftWithout >= retainedBytes
                    || (olderThanMs != Long.MIN_VALUE && current.get(count).maxTimestamp() < olderThanMs);
            if (!expired || nextOffset > partition.highWatermark()) {
                break;
            }
            left = leftWithout;
            count++;
        }
        return count;
    }

    /**
     * Begins a new segment when the first record of the last one is older than this.
     *
     * @param olderThanMs timestamp in milliseconds since 1970
     * @return whether that was so
     */
    public synchronized boolean rollIfOlder(long olderThanMs) {
        return writer.roll(last -> last.firstTimestamp() < olderThanMs);
    }

    /** All segments but the last, by offset. */
    public List<SealedSegment> sealedSegments() {
        writer.checkOpen();
        SegmentList current = segments.list();
        List<SealedSegment> sealed = new ArrayList<>();
        for (int i = 0; i < current.size() - 1; i++) {
            sealed.add(new SealedSegment(current.get(i), current.get(i + 1).baseOffset()));
        }
        return sealed;
    }

    /**
     * Begins to write what takes the place of some segments.
     *
     * @param old neighbours, of {@link #sealedSegments}
     */
    public synchronized SegmentReplacement replace(List<SealedSegment> old) {
        writer.checkOpen();
        if (unfinished != null) {
            StorageException refused = new StorageException(
                    directory,
                    "a compaction could not delete or rename files; it is finished when the log is opened again,"
                            + " until then nothing else is compacted here");
            refused.initCause(unfinished);
            throw refused;
        }
        return new SegmentReplacement(this, storage, directory, writer.config(), List.copyOf(old));
    }

    /** Guarded by this; the new segment is in the file of its own name with the suffix for a swap, and on the device. */
    void replace(List<Segment> old, Segment replacement, long nextOffset) {
        segments.replace(old, replacement);
        try {
            finishReplacement(old, replacement, nextOffset);
        } catch (RuntimeException e) {
            unfinished = e;
            throw e;
        }
    }

    private void finishReplacement(List<Segment> old, Segment replacement, long nextOffset) {
        SegmentFiles.delete(storage, directory, old);
        try {
            replacement.seal(nextOffset, writer.hasTransactions());
        } catch (StorageException e) {
            LOG.warn("The index of {} is made again when it is needed", replacement.path(), e);
        }
        replacement.rename(SegmentFiles.log(directory, replacement.baseOffset()));
        storage.forceDirectory(directory);
    }

    void checkOpen() {
        writer.checkOpen();
    }

    /** The aborted transactions that overlap the offsets, all of which are before the last stable offset. */
    public List<AbortedTransaction> abortedTransactions(long fromOffset, long toOffset) {
        return partition.abortedTransactions(fromOffset, toOffset);
    }

    /** The last batch of each idempotent producer, by its id. */
    public Map<Long, LastBatch> lastBatches() {
        return writer.lastBatches();
    }
}
