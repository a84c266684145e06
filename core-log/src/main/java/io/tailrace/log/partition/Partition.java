package io.tailrace.log.partition;

import io.tailrace.common.TopicPartition;
import io.tailrace.common.errors.CorruptRecordException;
import io.tailrace.common.errors.LogFullException;
import io.tailrace.common.errors.OffsetOutOfRangeException;
import io.tailrace.common.errors.RecordTooLargeException;
import io.tailrace.common.errors.StorageException;
import io.tailrace.log.api.Durability;
import io.tailrace.log.api.IsolationLevel;
import io.tailrace.log.api.PartitionState;
import io.tailrace.log.record.BatchWriter;
import io.tailrace.log.record.ProducerStamp;
import io.tailrace.log.storage.Storage;
import java.io.Closeable;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One partition: batches are appended at the log end offset and read from any offset before it.
 *
 * <p><b>Files:</b> {@code <directory>/<base offset in 20 digits>.log}, and beside each full one its {@code .index} and {@code
 * .timeindex}, and {@code .txnindex} as soon as there was a transaction. The first file is made by the first append, so an empty
 * partition is an empty directory. {@code <offset>.snapshot} holds the idempotent producers as they were at an offset.
 *
 * <p><b>Threads:</b> any. Appends take turns under a lock ({@code PartitionWriter}); reads take none and never wait for an append
 * ({@code PartitionReads}). <b>Owner:</b> whoever opened it closes it.
 *
 * <p><b>After a crash</b> {@link #open} checks the segments behind the recovery point and removes what is not an intact batch at
 * their end; see {@link RecoveryReport}. What was forced before is checked when it is read.
 *
 * <p><b>What is forced, and when.</b> A force covers the bytes of every segment that is not on the device yet, then, once for
 * each file, its name: the directory of the partition and the one above. Under {@link Durability#FSYNC} and {@link
 * Durability.Mode#INTERVAL} a full segment is forced before the next one is begun, so a power loss leaves a beginning of the log;
 * under {@link Durability#OS} the flusher forces it in the background. Indexes are never forced: they are checked and made again.
 * A failed force is final, because the operating system may have dropped the bytes: a second one would succeed without them.
 *
 * <p><b>A full disk</b> makes an append fail, and what it had written is cut off. Nothing is remembered: the next one tries again.
 */
public final class Partition implements Closeable {
    private final TopicPartition topicPartition;
    private final BatchCheck batchCheck;
    private final LiveSegments segments;
    private final ForcePoint forced;
    private final PartitionWriter writer;
    private final PartitionReads reads;
    private final PartitionHistory history;

    private Partition(
            Storage storage,
            String directory,
            TopicPartition topicPartition,
            PartitionConfig config,
            PartitionRecovery.Recovered recovered) {
        this.topicPartition = topicPartition;
        this.batchCheck = new BatchCheck(topicPartition);
        this.segments = new LiveSegments(recovered.segments());
        long forcedOffset = recovered.forcedOffset();
        this.forced = new ForcePoint(
                topicPartition,
                segments,
                new ForcePoint.Ends(
                        forcedOffset,
                        Math.min(forcedOffset, recovered.producers().firstUnstableOffset())));
        this.writer = new PartitionWriter(storage, directory, topicPartition, config, recovered, segments, forced);
        this.reads = new PartitionReads(this, segments, new AbortedSearch(topicPartition, recovered.snapshots()));
        this.history = new PartitionHistory(this, writer, storage, directory, segments);
    }

    /** Opens a partition of which nothing is known: every segment is scanned. */
    public static Partition open(
            Storage storage,
            String directory,
            TopicPartition topicPartition,
            PartitionConfig config,
            RecoveryListener listener) {
        return open(storage, directory, topicPartition, config, RecoveryStart.UNKNOWN, listener);
    }

    /**
     * Opens a partition, which is empty when the directory is or does not exist.
     *
     * @param directory path in the storage, for example {@code "flights-0"}
     * @param start tells which segments need not be scanned
     * @param listener told about damage, which is also logged as a warning
     * @throws StorageException when a file cannot be read or written
     */
    public static Partition open(
            Storage storage,
            String directory,
            TopicPartition topicPartition,
            PartitionConfig config,
            RecoveryStart start,
            RecoveryListener listener) {
        return new Partition(
                storage,
                directory,
                topicPartition,
                config,
                new PartitionRecovery(storage, directory, topicPartition, config, start, listener).run());
    }

    /** As {@link #append(ByteBuffer, AppendOrigin)}, for a producer. */
    public long append(ByteBuffer batch) {
        return append(batch, AppendOrigin.CLIENT);
    }

    /**
     * Appends one batch and assigns its offsets. It survives a crash of the process when this returns, and a power loss after
     * {@link #force}.
     *
     * <p>A batch with a producer id follows the last one of that producer. One that is in the log already is not written again,
     * if it is one of the last five of its producer.
     *
     * @param batch one finished batch from position to limit, both of which stay. Its base offset and
     *     leader epoch are overwritten; nothing is kept
     * @return the offset of its first record, which is an earlier one when the batch was in the log already
     * @throws CorruptRecordException when the bytes are not one intact batch; nothing was written
     * @throws io.tailrace.log.record.UnsupportedCompressionException when its codec is not known; nothing was written
     * @throws RecordTooLargeException when it is, as it is stored, larger than {@link PartitionConfig#maxBatchBytes}; nothing was written
     * @throws io.tailrace.common.errors.OutOfOrderSequenceException when it does not follow the last batch of its producer;
     *     nothing was written
     * @throws io.tailrace.common.errors.InvalidProducerEpochException when the epoch of its producer is over; nothing was written
     * @throws io.tailrace.common.errors.InvalidTxnStateException when it is outside of the open transaction of its producer;
     *     nothing was written
     * @throws StorageException when the write failed; the batch is not in the log, and the next append may succeed. After a
     *     failed {@link #force} every append fails
     */
    public long append(ByteBuffer batch, AppendOrigin origin) {
        return writer.append(batch, batchCheck.check(batch, writer.config(), origin, /* verify */ true), origin);
    }

    /**
     * As {@link #append(ByteBuffer)}, of a batch that is finished here. The checksum has just been computed, of the same
     * bytes: it is not computed once more to see whether they are intact.
     *
     * @param stamp null: the producer is not idempotent
     */
    public long append(BatchWriter unfinished, @Nullable ProducerStamp stamp) {
        ByteBuffer batch = stamp == null ? unfinished.finish() : unfinished.finish(stamp);
        AppendOrigin origin = AppendOrigin.CLIENT;
        return writer.append(batch, batchCheck.check(batch, writer.config(), origin, /* verify */ false), origin);
    }

    /**
     * Ends the open transaction of a producer: appends a marker that makes its records visible to readers of committed data, or
     * hides them for good. Without an open transaction the marker is written as well, and only the epoch counts.
     *
     * @param epoch larger than that of the transaction's records, which fences whoever sends one late (KIP-890); a repeated
     *     marker has the same epoch again
     * @param coordinatorEpoch of the transaction coordinator that decided
     * @param nowMs timestamp of the marker, in milliseconds since 1970
     * @return the offset of the marker
     * @throws io.tailrace.common.errors.InvalidProducerEpochException when the epoch is not larger; nothing was written
     * @throws io.tailrace.common.errors.TransactionCoordinatorFencedException when a newer coordinator has written a marker for
     *     this producer; nothing was written
     * @throws StorageException as of {@link #append(ByteBuffer, AppendOrigin)}
     */
    public long endTransaction(long producerId, short epoch, boolean commit, int coordinatorEpoch, long nowMs) {
        return writer.endTransaction(producerId, epoch, commit, coordinatorEpoch, nowMs);
    }

    /** Takes other limits from the next append on; segments that exist keep theirs. */
    public void configure(PartitionConfig newConfig) {
        writer.configure(newConfig);
    }

    /** As {@link #read(long, int, IsolationLevel)}, for a reader who wants everything. */
    public FetchedBatches read(long offset, int maxBytes) {
        return read(offset, maxBytes, IsolationLevel.READ_UNCOMMITTED);
    }

    /**
     * Reads whole batches as they are stored. Never waits.
     *
     * @param offset of the first record wanted, from {@link #logStartOffset} to {@link #logEndOffset}
     * @param maxBytes not exceeded, unless the first batch alone is larger
     * @param isolation a reader of committed data gets nothing at or behind the {@link #lastStableOffset}, and is told which
     *     transactions were aborted: their batches are among those returned, see {@link AbortedTransactions}
     * @return the batch that holds the offset, or follows the gap it is in, and those behind it in the same segment; empty at
     *     the end of what there is for this reader
     * @throws OffsetOutOfRangeException when the offset lies outside
     * @throws CorruptRecordException when the batch that holds the offset is damaged: names the file and the position, and
     *     where to go on
     */
    public FetchedBatches read(long offset, int maxBytes, IsolationLevel isolation) {
        return reads.read(offset, maxBytes, isolation);
    }

    /** The first offset that can be read. */
    public long logStartOffset() {
        return segments.startOffset();
    }

    /** The offset that the next record will get. */
    public long logEndOffset() {
        return writer.logEndOffset();
    }

    /**
     * Every record before it belongs to no transaction or to one that has been committed or aborted; under {@link
     * Durability#FSYNC}, to one whose end survives a power loss as well.
     */
    public long lastStableOffset() {
        if (writer.config().durability().isForced()) {
            return forced.stableOffset();
        }
        long endOffset = writer.logEndOffset(); // first: a transaction that begins meanwhile begins at it or behind
        return Math.min(endOffset, writer.firstUnstableOffset());
    }

    /**
     * The aborted transactions that have a record or their marker in a range of offsets.
     *
     * @param toOffset behind the last of the range, at most {@link #lastStableOffset}
     */
    public List<AbortedTransaction> abortedTransactions(long fromOffset, long toOffset) {
        return reads.abortedTransactions(fromOffset, toOffset);
    }

    /**
     * Forgets the idempotent producers that have been idle for long; one with an open transaction never is.
     *
     * @param nowMs in milliseconds since 1970
     * @param expirationMs from the first call after the last batch of a producer; or, when that was before the partition was
     *     opened, from the timestamp of the batch. Kafka's {@code producer.id.expiration.ms}
     */
    public void expireProducers(long nowMs, long expirationMs) {
        writer.expireProducers(nowMs, expirationMs);
    }

    /** The idempotent producers that are remembered, in no order; a copy. */
    public List<ProducerInfo> producers() {
        return writer.producers();
    }

    /**
     * The first offset whose record has a timestamp at or behind the given one; empty when there is none. Damaged records are
     * left out.
     *
     * @param timestampMs in milliseconds since 1970
     */
    public OptionalLong offsetForTimestamp(long timestampMs) {
        return reads.offsetForTimestamp(timestampMs);
    }

    /**
     * Readers see the records before it: the log end offset, or, under {@link Durability#FSYNC}, the {@link #forcedOffset}, so
     * that nobody has seen a record that a power loss then takes.
     */
    public long highWatermark() {
        return writer.config().durability().isForced() ? forced.offset() : writer.logEndOffset();
    }

    /** The records before it are known to survive a power loss: recovery may begin here. */
    public long forcedOffset() {
        return forced.offset();
    }

    /**
     * Has {@code listener} called whenever there may be more to read: after an append or, under {@link Durability#FSYNC}, after a
     * force; on the thread that did it and outside of any lock. It must be quick and not throw; it cannot be removed.
     */
    public void onAppend(Runnable listener) {
        writer.onAppend(listener);
    }

    /**
     * Has {@code listener} called when a segment is full and the next one has begun: under {@link Durability#OS}, nothing was
     * forced. It is called under the lock of appends, so it must only take note.
     */
    public void onRoll(Runnable listener) {
        writer.onRoll(listener);
    }

    /** As {@link #force(long)}, of everything appended so far. */
    public void force() {
        writer.checkWritable();
        force(writer.logEndOffset());
    }

    /**
     * Returns when every record before the offset survives a power loss. Those who call while the device is at work wait for it
     * and then share one more force: the first of them does it for all.
     *
     * @throws StorageException when the device refuses. What it has then kept is unknown, so this partition accepts no more
     *     appends and is never forced again: close the log and open it again
     */
    public void force(long endOffset) {
        if (forced.reach(endOffset, this::endsToForce)
                && writer.config().durability().isForced()) {
            writer.tellAppended();
        }
    }

    private ForcePoint.Ends endsToForce() {
        writer.checkWritable();
        return writer.ends();
    }

    /** What the partition can do at the moment. */
    public PartitionState state() {
        StorageException failed = forced.failure();
        LogFullException noRoom = writer.noRoom();
        if (writer.isClosed()) {
            return new PartitionState.Closed();
        }
        if (failed != null) {
            return new PartitionState.Failed(failed);
        }
        return noRoom == null ? new PartitionState.Writable() : new PartitionState.Full(noRoom);
    }

    /** What maintenance does with the older part of this partition. */
    public PartitionHistory history() {
        return history;
    }

    /**
     * The partition as it is at this moment: its batches are those of all segments but the last, whole, and of the last up to its
     * end.
     */
    public List<SegmentCut> cut() {
        return writer.cut();
    }

    /** Of all log files, without the indexes. */
    public long sizeInBytes() {
        return segments.list().sizeInBytes();
    }

    public TopicPartition topicPartition() {
        return topicPartition;
    }

    /**
     * Forces what was appended, stores the index of the last segment, and closes the files. After a failed force nothing is
     * forced; what was appended behind it under {@link Durability#FSYNC}, which nobody has seen, is cut off. A second call does
     * nothing.
     */
    @Override
    public void close() {
        close(true);
    }

    /** Closes the files of a partition that is going to be deleted. */
    public void discard() {
        close(false);
    }

    private void close(boolean keep) {
        synchronized (history) { // waits until maintenance has brought its change to an end
            forced.whileIdle(() -> writer.close(keep));
        }
    }

    void checkOpen() {
        writer.checkOpen();
    }

    @Override
    public String toString() {
        return "partition " + topicPartition + " of offsets " + logStartOffset() + ".." + logEndOffset();
    }
}
