package io.tailrace.log.partition;

import io.tailrace.common.TopicPartition;
import io.tailrace.common.errors.CorruptRecordException;
import io.tailrace.common.errors.LogClosedException;
import io.tailrace.common.errors.LogFullException;
import io.tailrace.common.errors.OffsetOutOfRangeException;
import io.tailrace.common.errors.RecordTooLargeException;
import io.tailrace.common.errors.StorageException;
import io.tailrace.log.api.Durability;
import io.tailrace.log.api.IsolationLevel;
import io.tailrace.log.api.PartitionState;
import io.tailrace.log.record.BatchLayout;
import io.tailrace.log.record.BatchWriter;
import io.tailrace.log.record.ControlBatch;
import io.tailrace.log.record.EndTransactionMarker;
import io.tailrace.log.record.ProducerStamp;
import io.tailrace.log.record.RecordBatch;
import io.tailrace.log.storage.Storage;
import java.io.Closeable;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One partition: batches are appended at the log end offset and read from any offset before it.
 *
 * <p><b>Files:</b> {@code <directory>/<base offset in 20 digits>.log}, and beside each full one its {@code .index} and {@code
 * .timeindex}, and {@code .txnindex} as soon as there was a transaction. The first file is made by the first append, so an empty
 * partition is an empty directory. {@code <offset>.snapshot} holds the idempotent producers as they were at an offset.
 *
 * <p><b>Threads:</b> any. Appends take turns under a lock; reads take none and never wait for an append. <b>Owner:</b> whoever
 * opened it closes it.
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
    private static final Logger LOG = LoggerFactory.getLogger(Partition.class);

    private final Storage storage;
    private final String directory;
    private final TopicPartition topicPartition;
    private volatile PartitionConfig config;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final List<Runnable> rollListeners = new CopyOnWriteArrayList<>();

    private final Object appendLock = new Object();
    private @Nullable ActiveSegment active; // guarded by appendLock; null before the first append
    private final ProducerStates producers; // guarded by appendLock
    private final ProducerSnapshots snapshots;
    private final PartitionReads reads;
    private final ForcePoint forced;
    private volatile @Nullable LogFullException noRoom; // what the last append met

    // Published by the writer in this order: bytes in a segment, the segment, the first unstable offset, the log end
    // offset; read the other way round.
    private final LiveSegments segments;
    private volatile long firstUnstableOffset;
    private volatile long logEndOffset;
    private volatile boolean closed;
    private final BatchCheck batchCheck;
    private final PartitionHistory history;

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
        this.segments = new LiveSegments(recovered.segments());
        this.logEndOffset = recovered.logEndOffset();
        this.producers = recovered.producers();
        this.firstUnstableOffset = producers.firstUnstableOffset();
        this.snapshots = recovered.snapshots();
        this.reads = new PartitionReads(this, segments, new AbortedSearch(topicPartition, snapshots));
        this.history = new PartitionHistory(this, storage, directory, segments);
        this.batchCheck = new BatchCheck(topicPartition);
        long forcedOffset = recovered.forcedOffset();
        this.forced = new ForcePoint(
                topicPartition,
                segments,
                new ForcePoint.Ends(forcedOffset, Math.min(forcedOffset, firstUnstableOffset)));
        synchronized (appendLock) {
            this.active = recovered.active();
        }
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
        return append(batch, batchCheck.check(batch, config, origin, /* verify */ true), origin);
    }

    /**
     * As {@link #append(ByteBuffer)}, of the batch that the writer finishes here. The checksum has just been computed, of the same
     * bytes: it is not computed once more to see whether they are intact.
     *
     * @param stamp null: the producer is not idempotent
     */
    public long append(BatchWriter writer, @Nullable ProducerStamp stamp) {
        ByteBuffer batch = stamp == null ? writer.finish() : writer.finish(stamp);
        return append(
                batch, batchCheck.check(batch, config, AppendOrigin.CLIENT, /* verify */ false), AppendOrigin.CLIENT);
    }

    private long append(ByteBuffer batch, RecordBatch checked, AppendOrigin origin) {
        long baseOffset;
        synchronized (appendLock) {
            checkWritable();
            if (checked.hasProducer()) {
                long earlier = producers.check(checked, origin);
                if (earlier != ProducerState.NONE) {
                    return earlier;
                }
            }
            baseOffset = write(batch, checked);
        }
        onAppended();
        return baseOffset;
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
        EndTransactionMarker marker = new EndTransactionMarker(commit, coordinatorEpoch);
        ByteBuffer bytes = ControlBatch.endTransaction(producerId, epoch, marker, nowMs);
        RecordBatch batch = RecordBatch.at(bytes, 0, "marker for " + topicPartition, 0);
        long offset;
        synchronized (appendLock) {
            checkWritable();
            producers.checkMarker(producerId, epoch, coordinatorEpoch);
            offset = write(bytes, batch);
        }
        onAppended();
        return offset;
    }

    /** Guarded by appendLock. */
    private long write(ByteBuffer bytes, RecordBatch batch) {
        long baseOffset = logEndOffset;
        bytes.putLong(bytes.position() + BatchLayout.BASE_OFFSET, baseOffset);
        bytes.putInt(bytes.position() + BatchLayout.LEADER_EPOCH, 0);
        ActiveSegment target = store(bytes, batch, baseOffset);
        if (batch.hasProducer()) {
            AbortedTransaction aborted = producers.on(batch);
            if (aborted != null) {
                target.segment().transactions().append(aborted);
            }
            long unstable = producers.firstUnstableOffset();
            if (unstable != firstUnstableOffset) {
                firstUnstableOffset = unstable;
            }
        }
        logEndOffset = batch.nextOffset();
        return baseOffset;
    }

    private ActiveSegment store(ByteBuffer bytes, RecordBatch batch, long baseOffset) {
        try {
            ActiveSegment target = active;
            if (target == null || !target.hasRoomFor(bytes.remaining(), batch.lastOffset())) {
                target = roll(target, baseOffset);
            }
            target.append(bytes, batch);
            return target;
        } catch (LogFullException e) {
            noRoom = e;
            throw e;
        }
    }

    private void onAppended() {
        if (noRoom != null) {
            noRoom = null;
        }
        if (!config.durability().isForced()) {
            tellListeners();
        }
    }

    private void tellListeners() {
        for (Runnable listener : listeners) {
            listener.run();
        }
    }

    /** Takes other limits from the next append on; segments that exist keep theirs. */
    public void configure(PartitionConfig newConfig) {
        config = newConfig;
    }

    // Seals first: when anything fails, the old segment is still the active one and the next append tries again.
    private ActiveSegment roll(@Nullable ActiveSegment full, long baseOffset) {
        if (full != null) {
            if (config.durability().mode() != Durability.Mode.OS) {
                forced.force(full.segment()); // so that no later record survives a power loss that took an earlier one
            }
            full.seal(baseOffset, producers.hasTransactions());
            snapshots.store(new ProducerSnapshot(producers, baseOffset, List.of()), baseOffset);
        }
        ActiveSegment next = ActiveSegment.create(storage, directory, baseOffset, config);
        segments.append(next.segment());
        active = next;
        if (full != null) {
            rollListeners.forEach(Runnable::run);
        }
        return next;
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
        return logEndOffset;
    }

    /**
     * Every record before it belongs to no transaction or to one that has been committed or aborted; under {@link
     * Durability#FSYNC}, to one whose end survives a power loss as well.
     */
    public long lastStableOffset() {
        if (config.durability().isForced()) {
            return forced.stableOffset();
        }
        long endOffset = logEndOffset; // first: a transaction that begins meanwhile begins at it or behind
        return Math.min(endOffset, firstUnstableOffset);
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
        synchronized (appendLock) {
            producers.expire(nowMs, expirationMs);
        }
    }

    /** The idempotent producers that are remembered, in no order; a copy. */
    public List<ProducerInfo> producers() {
        synchronized (appendLock) {
            return producers.all().stream().map(ProducerState::info).toList();
        }
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
        return config.durability().isForced() ? forced.offset() : logEndOffset;
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
        listeners.add(listener);
    }

    /**
     * Has {@code listener} called when a segment is full and the next one has begun: under {@link Durability#OS}, nothing was
     * forced. It is called under the lock of appends, so it must only take note.
     */
    public void onRoll(Runnable listener) {
        rollListeners.add(listener);
    }

    /** As {@link #force(long)}, of everything appended so far. */
    public void force() {
        checkWritable();
        force(logEndOffset);
    }

    /**
     * Returns when every record before the offset survives a power loss. Those who call while the device is at work wait for it
     * and then share one more force: the first of them does it for all.
     *
     * @throws StorageException when the device refuses. What it has then kept is unknown, so this partition accepts no more
     *     appends and is never forced again: close the log and open it again
     */
    public void force(long endOffset) {
        if (forced.reach(endOffset, this::endsToForce) && config.durability().isForced()) {
            tellListeners();
        }
    }

    private ForcePoint.Ends endsToForce() {
        checkWritable();
        synchronized (appendLock) {
            return new ForcePoint.Ends(logEndOffset, Math.min(logEndOffset, firstUnstableOffset));
        }
    }

    /** What the partition can do at the moment. */
    public PartitionState state() {
        StorageException failed = forced.failure();
        LogFullException lastNoRoom = noRoom;
        if (closed) {
            return new PartitionState.Closed();
        }
        if (failed != null) {
            return new PartitionState.Failed(failed);
        }
        return lastNoRoom == null ? new PartitionState.Writable() : new PartitionState.Full(lastNoRoom);
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
        synchronized (appendLock) {
            checkOpen();
            return segments.list().asList().stream()
                    .map(segment -> new SegmentCut(segment.baseOffset(), segment.path(), segment.end()))
                    .toList();
        }
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
            forced.whileIdle(() -> closeFiles(keep));
        }
    }

    private void closeFiles(boolean keep) {
        synchronized (appendLock) {
            if (closed) {
                return;
            }
            closed = true;
            try {
                if (keep && active != null) {
                    finish(active);
                }
            } finally {
                segments.list().asList().forEach(Segment::close);
            }
        }
    }

    private void finish(ActiveSegment last) {
        if (forced.failure() != null) {
            if (config.durability().isForced()) {
                segments.list().asList().forEach(Segment::dropUnforced);
            }
            return;
        }
        last.trim();
        forced.reach(new ForcePoint.Ends(logEndOffset, Math.min(logEndOffset, firstUnstableOffset)));
        storeIndex(last.segment());
        storeProducers(last.segment());
    }

    // Only saves the next open a scan, so a full disk does not make closing fail.
    private void storeIndex(Segment last) {
        try {
            if (last.end() > 0) {
                last.storeIndex();
            }
        } catch (StorageException e) {
            LOG.warn("The index of {} is not stored, it will be made again: {}", last.path(), e.getMessage());
        }
    }

    // Only saves time when the partition is opened again, so it need not succeed.
    private void storeProducers(Segment last) {
        if (!snapshots.isNewest(logEndOffset)) {
            try {
                last.transactions().close();
                snapshots.store(
                        new ProducerSnapshot(
                                producers,
                                last.baseOffset(),
                                last.transactions().all()),
                        logEndOffset);
            } catch (StorageException e) {
                LOG.warn("{}: opening takes longer, no snapshot: {}", topicPartition, e.getMessage());
            }
        }
    }

    PartitionConfig config() {
        return config;
    }

    /** Begins a new segment if the last one has records and passes the test. */
    boolean roll(Predicate<Segment> test) {
        synchronized (appendLock) {
            checkWritable();
            ActiveSegment last = active;
            if (last == null || last.segment().end() == 0 || !test.test(last.segment())) {
                return false;
            }
            roll(last, logEndOffset);
            return true;
        }
    }

    /** Leaves everything behind, to go on at an offset behind the end; returns the segments, which are in no list any more. */
    List<Segment> startAnew(long offset) {
        synchronized (appendLock) {
            active = null;
            List<Segment> all = segments.dropAll();
            segments.startAt(offset);
            logEndOffset = offset;
            forced.moveTo(new ForcePoint.Ends(offset, offset)); // there is nothing to be forced
            return all;
        }
    }

    /** Whether there was a transaction: only behind it there can be an aborted one. */
    boolean hasTransactions() {
        synchronized (appendLock) {
            return producers.hasTransactions();
        }
    }

    /** The last batch of each producer that is remembered. */
    Map<Long, PartitionHistory.LastBatch> lastBatches() {
        synchronized (appendLock) {
            return producers.all().stream()
                    .collect(Collectors.toMap(
                            ProducerState::producerId,
                            producer -> new PartitionHistory.LastBatch(
                                    producer.batches() == 0 ? ProducerState.NONE : producer.lastOffset(0),
                                    producer.epoch())));
        }
    }

    void checkOpen() {
        if (closed) {
            throw new LogClosedException("partition " + topicPartition);
        }
    }

    private void checkWritable() {
        checkOpen();
        forced.check();
    }

    @Override
    public String toString() {
        return "partition " + topicPartition + " of offsets " + logStartOffset() + ".." + logEndOffset;
    }
}
