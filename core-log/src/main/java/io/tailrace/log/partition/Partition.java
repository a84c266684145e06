package io.tailrace.log.partition;

import io.tailrace.common.TopicPartition;
import io.tailrace.common.errors.CorruptRecordException;
import io.tailrace.common.errors.LogClosedException;
import io.tailrace.common.errors.OffsetOutOfRangeException;
import io.tailrace.common.errors.RecordTooLargeException;
import io.tailrace.common.errors.StorageException;
import io.tailrace.log.record.BatchLayout;
import io.tailrace.log.record.Defect;
import io.tailrace.log.record.RecordBatch;
import io.tailrace.log.storage.Storage;
import java.io.Closeable;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * One partition: batches are appended at the log end offset and read from any offset before it.
 *
 * <p><b>Files:</b> {@code <directory>/<base offset in 20 digits>.log}, and beside each full one its {@code .index} and {@code
 * .timeindex}. The first file is made by the first append, so an empty partition is an empty directory.
 *
 * <p><b>Threads:</b> any. Appends take turns under a lock; reads take none and never wait for an append. <b>Owner:</b> whoever
 * opened it closes it.
 *
 * <p><b>After a crash</b> {@link #open} checks the last segment and removes what is not an intact batch at its end; see {@link
 * RecoveryReport}. Full segments were forced to the device when they became full, and are checked when they are read.
 */
public final class Partition implements Closeable {
    private final Storage storage;
    private final String directory;
    private final TopicPartition topicPartition;
    private final PartitionConfig config;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    private final Object appendLock = new Object();
    private @Nullable ActiveSegment active; // guarded by appendLock; null before the first append
    private @Nullable StorageException forceFailure; // guarded by appendLock

    // Published by the writer in this order: bytes in a segment, the segment, the log end offset; read the other way
    // round.
    private volatile SegmentList segments;
    private volatile long logEndOffset;
    private volatile boolean closed;

    private Partition(
            Storage storage,
            String directory,
            TopicPartition topicPartition,
            PartitionConfig config,
            PartitionRecovery.Recovered recovered) {
        this.storage = storage;
        this.directory = directory;
        this.topicPartition = topicPartition;
        this.config = config;
        this.segments = recovered.segments();
        this.logEndOffset = recovered.logEndOffset();
        synchronized (appendLock) {
            this.active = recovered.active();
        }
    }

    /**
     * Opens a partition, which is empty when the directory is or does not exist.
     *
     * @param directory path in the storage, for example {@code "flights-0"}
     * @param listener told about damage in the last segment, which is also logged as a warning
     * @throws StorageException when a file cannot be read or written
     */
    public static Partition open(
            Storage storage,
            String directory,
            TopicPartition topicPartition,
            PartitionConfig config,
            RecoveryListener listener) {
        return new Partition(
                storage,
                directory,
                topicPartition,
                config,
                new PartitionRecovery(storage, directory, topicPartition, config, listener).run());
    }

    /**
     * Appends one batch and assigns its offsets. It survives a crash of the process when this returns, and a power loss after
     * {@link #force}.
     *
     * @param batch one finished batch from position to limit, both of which stay. Its base offset and
     *     leader epoch are overwritten; nothing is kept
     * @return the offset of its first record
     * @throws CorruptRecordException when the bytes are not one intact batch; nothing was written
     * @throws io.tailrace.log.record.UnsupportedCompressionException when its codec is not known; nothing was written
     * @throws RecordTooLargeException when it is, as it is stored, larger than {@link PartitionConfig#maxBatchBytes}; nothing was written
     * @throws StorageException when the write failed; the batch is not in the log, and the next append may succeed. After a
     *     failed {@link #force} every append fails
     */
    public long append(ByteBuffer batch) {
        RecordBatch checked = check(batch);
        long baseOffset;
        synchronized (appendLock) {
            checkWritable();
            baseOffset = logEndOffset;
            batch.putLong(batch.position() + BatchLayout.BASE_OFFSET, baseOffset);
            batch.putInt(batch.position() + BatchLayout.LEADER_EPOCH, 0);
            ActiveSegment target = active;
            if (target == null || !target.hasRoomFor(batch.remaining(), checked.lastOffset())) {
                target = roll(target, baseOffset);
            }
            target.append(batch, checked);
            logEndOffset = checked.nextOffset();
        }
        for (Runnable listener : listeners) {
            listener.run();
        }
        return baseOffset;
    }

    private RecordBatch check(ByteBuffer batch) {
        String source = "batch for " + topicPartition;
        int size = batch.remaining();
        if (size > config.maxBatchBytes()) {
            throw new RecordTooLargeException(
                    topicPartition.topic(), size, config.maxBatchBytes(), "max.message.bytes");
        }
        RecordBatch checked = RecordBatch.at(batch, batch.position(), source, 0).verify();
        if (checked.sizeInBytes() != size) {
            throw new Defect("a batch of " + checked.sizeInBytes() + " bytes", "one of " + size + ", up to the limit")
                    .at(source, 0);
        }
        long records = checked.nextOffset() - checked.baseOffset();
        if (checked.count() != records) {
            throw new Defect(checked.count() + " records", records + ", one for each offset").at(source, 0);
        }
        checked.codec(); // one that nobody can read would be lost
        return checked;
    }

    // Seals first: when anything fails, the old segment is still the active one and the next append tries again.
    private ActiveSegment roll(@Nullable ActiveSegment full, long baseOffset) {
        if (full != null) {
            seal(full);
        }
        ActiveSegment next = ActiveSegment.create(storage, directory, baseOffset, config);
        segments = segments.append(next.segment());
        active = next;
        return next;
    }

    private void seal(ActiveSegment full) {
        forceOrFail(full);
        full.seal();
    }

    /**
     * Reads whole batches as they are stored. Never waits.
     *
     * @param offset of the first record wanted, from {@link #logStartOffset} to {@link #logEndOffset}
     * @param maxBytes not exceeded, unless the first batch alone is larger
     * @return the batch that holds the offset, or follows the gap it is in, and those behind it in the same segment; empty at
     *     the log end offset
     * @throws OffsetOutOfRangeException when the offset lies outside
     * @throws CorruptRecordException when the batch that holds the offset is damaged: names the file and the position, and
     *     where to go on
     */
    public FetchedBatches read(long offset, int maxBytes) {
        checkOpen();
        long endOffset = logEndOffset;
        SegmentList current = segments;
        if (offset == endOffset) {
            return FetchedBatches.none(offset);
        }
        int segment = current.floor(offset);
        if (segment < 0 || offset > endOffset) {
            throw new OffsetOutOfRangeException(
                    topicPartition.topic(), topicPartition.partition(), offset, logStartOffset(), endOffset);
        }
        try {
            return current.get(segment).read(offset, maxBytes, current.nextBaseOffset(segment, endOffset));
        } catch (StorageException e) {
            checkOpen(); // the file may have been closed under this read, which is no fault of the file
            throw e;
        }
    }

    /** The first offset that can be read. */
    public long logStartOffset() {
        SegmentList current = segments;
        return current.isEmpty() ? 0 : current.first().baseOffset();
    }

    /** The offset that the next record will get. */
    public long logEndOffset() {
        return logEndOffset;
    }

    /**
     * The first offset whose record has a timestamp at or behind the given one; empty when there is none. Damaged records are
     * left out.
     *
     * @param timestampMs in milliseconds since 1970
     */
    public OptionalLong offsetForTimestamp(long timestampMs) {
        checkOpen();
        try {
            long endOffset = logEndOffset;
            SegmentList current = segments;
            for (int i = 0; i < current.size(); i++) {
                OptionalLong offset =
                        current.get(i).offsetForTimestamp(timestampMs, current.nextBaseOffset(i, endOffset));
                if (offset.isPresent()) {
                    return offset;
                }
            }
            return OptionalLong.empty();
        } catch (StorageException e) {
            checkOpen();
            throw e;
        }
    }

    /**
     * Has {@code listener} called after each append, on the thread that appended and outside of any lock. It must be quick and
     * not throw; it cannot be removed.
     */
    public void onAppend(Runnable listener) {
        listeners.add(listener);
    }

    /**
     * Returns when everything appended so far survives a power loss.
     *
     * @throws StorageException when the device refuses. What it has then kept is unknown, so this partition accepts no more
     *     appends: close it and open it again
     */
    public void force() {
        synchronized (appendLock) {
            checkWritable();
            if (active != null) {
                forceOrFail(active);
            }
        }
    }

    private void forceOrFail(ActiveSegment segment) {
        try {
            segment.force();
        } catch (StorageException e) {
            forceFailure = e;
            throw e;
        }
    }

    /** Of all log files, without the indexes. */
    public long sizeInBytes() {
        return segments.sizeInBytes();
    }

    public TopicPartition topicPartition() {
        return topicPartition;
    }

    /** Forces what was appended and closes the files. A second call does nothing. */
    @Override
    public void close() {
        synchronized (appendLock) {
            if (closed) {
                return;
            }
            closed = true;
            try {
                if (active != null && forceFailure == null) {
                    active.trim();
                    forceOrFail(active);
                }
            } finally {
                for (Segment segment : segments.asList()) {
                    segment.close();
                }
            }
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new LogClosedException("partition " + topicPartition);
        }
    }

    private void checkWritable() {
        checkOpen();
        if (forceFailure != null) {
            StorageException failure = new StorageException(
                    forceFailure.file(),
                    "an earlier force failed, so what is on the device is unknown; close the log and open it again");
            failure.initCause(forceFailure);
            throw failure;
        }
    }

    @Override
    public String toString() {
        return "partition " + topicPartition + " of offsets " + logStartOffset() + ".." + logEndOffset;
    }
}
