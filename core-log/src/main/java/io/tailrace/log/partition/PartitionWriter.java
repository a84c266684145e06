package io.tailrace.log.partition;

import io.tailrace.common.TopicPartition;
import io.tailrace.common.errors.LogClosedException;
import io.tailrace.common.errors.LogFullException;
import io.tailrace.common.errors.StorageException;
import io.tailrace.log.api.Durability;
import io.tailrace.log.record.BatchLayout;
import io.tailrace.log.record.ControlBatch;
import io.tailrace.log.record.EndTransactionMarker;
import io.tailrace.log.record.RecordBatch;
import io.tailrace.log.storage.Storage;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The write side of a partition: gives batches their offsets, appends them to the last segment, begins the next one when that is
 * full, and remembers the idempotent producers.
 *
 * <p><b>Threads:</b> any; whoever writes takes turns under the monitor of this. Where the partition ends is read without it.
 * The lock of the {@link ForcePoint} is taken before it.
 */
final class PartitionWriter {
    private static final Logger LOG = LoggerFactory.getLogger(PartitionWriter.class);

    private final Storage storage;
    private final String directory;
    private final TopicPartition topicPartition;
    private volatile PartitionConfig config;
    private final ForcePoint forced;
    private final ProducerSnapshots snapshots;
    private final ProducerStates producers; // guarded by this
    private @Nullable ActiveSegment active; // guarded by this; null before the first append
    private volatile @Nullable LogFullException noRoom; // what the last append met
    private final List<Runnable> appendListeners = new CopyOnWriteArrayList<>();
    private final List<Runnable> rollListeners = new CopyOnWriteArrayList<>();

    // Written under the monitor, and published in this order: bytes in a segment, the segment, the first unstable
    // offset, the
    // log end offset; read the other way round.
    private final LiveSegments segments;
    private volatile long firstUnstableOffset;
    private volatile long logEndOffset;
    private volatile boolean closed;

    PartitionWriter(
            Storage storage,
            String directory,
            TopicPartition topicPartition,
            PartitionConfig config,
            PartitionRecovery.Recovered recovered,
            LiveSegments segments,
            ForcePoint forced) {
        this.storage = storage;
        this.directory = directory;
        this.topicPartition = topicPartition;
        this.config = config;
        this.segments = segments;
        this.forced = forced;
        this.snapshots = recovered.snapshots();
        this.producers = recovered.producers();
        this.active = recovered.active();
        this.firstUnstableOffset = producers.firstUnstableOffset();
        this.logEndOffset = recovered.logEndOffset();
    }

    PartitionConfig config() {
        return config;
    }

    void configure(PartitionConfig newConfig) {
        config = newConfig;
    }

    long logEndOffset() {
        return logEndOffset;
    }

    /** Every record before it, and before the log end offset, belongs to no open transaction. */
    long firstUnstableOffset() {
        return firstUnstableOffset;
    }

    /** Where the partition ends, as of one moment, for who is going to force up to there. */
    synchronized ForcePoint.Ends ends() {
        return new ForcePoint.Ends(logEndOffset, Math.min(logEndOffset, firstUnstableOffset));
    }

    /** Why the last append found no room; null when it found some. */
    @Nullable
    LogFullException noRoom() {
        return noRoom;
    }

    boolean isClosed() {
        return closed;
    }

    void checkOpen() {
        if (closed) {
            throw new LogClosedException("partition " + topicPartition);
        }
    }

    void checkWritable() {
        checkOpen();
        forced.check();
    }

    void onAppend(Runnable listener) {
        appendListeners.add(listener);
    }

    void onRoll(Runnable listener) {
        rollListeners.add(listener);
    }

    /** There may be more to read. */
    void tellAppended() {
        for (Runnable listener : appendListeners) {
            listener.run();
        }
    }

    /** As {@link Partition#append(ByteBuffer, AppendOrigin)}, of a batch that was checked. */
    long append(ByteBuffer bytes, RecordBatch batch, AppendOrigin origin) {
        long baseOffset;
        synchronized (this) {
            checkWritable();
            if (batch.hasProducer()) {
                long earlier = producers.check(batch, origin);
                if (earlier != ProducerState.NONE) {
                    return earlier;
                }
            }
            baseOffset = write(bytes, batch);
        }
        onAppended();
        return baseOffset;
    }

    /** As {@link Partition#endTransaction}. */
    long endTransaction(long producerId, short epoch, boolean commit, int coordinatorEpoch, long nowMs) {
        EndTransactionMarker marker = new EndTransactionMarker(commit, coordinatorEpoch);
        ByteBuffer bytes = ControlBatch.endTransaction(producerId, epoch, marker, nowMs);
        RecordBatch batch = RecordBatch.at(bytes, 0, "marker for " + topicPartition, 0);
        long offset;
        synchronized (this) {
            checkWritable();
            producers.checkMarker(producerId, epoch, coordinatorEpoch);
            offset = write(bytes, batch);
        }
        onAppended();
        return offset;
    }

    /** Guarded by this. */
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
            tellAppended();
        }
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

    /** Begins a new segment if the last one has records and passes the test. */
    synchronized boolean roll(Predicate<Segment> test) {
        checkWritable();
        ActiveSegment last = active;
        if (last == null || last.segment().end() == 0 || !test.test(last.segment())) {
            return false;
        }
        roll(last, logEndOffset);
        return true;
    }

    /** Leaves everything behind, to go on at an offset behind the end; returns the segments, which are in no list any more. */
    synchronized List<Segment> startAnew(long offset) {
        active = null;
        List<Segment> all = segments.dropAll();
        segments.startAt(offset);
        logEndOffset = offset;
        forced.moveTo(new ForcePoint.Ends(offset, offset)); // there is nothing to be forced
        return all;
    }

    /** As {@link Partition#cut}. */
    synchronized List<SegmentCut> cut() {
        checkOpen();
        return segments.list().asList().stream()
                .map(segment -> new SegmentCut(segment.baseOffset(), segment.path(), segment.end()))
                .toList();
    }

    /** As {@link Partition#expireProducers}. */
    synchronized void expireProducers(long nowMs, long expirationMs) {
        producers.expire(nowMs, expirationMs);
    }

    /** As {@link Partition#producers}. */
    synchronized List<ProducerInfo> producers() {
        return producers.all().stream().map(ProducerState::info).toList();
    }

    /** Whether there was a transaction: only behind it there can be an aborted one. */
    synchronized boolean hasTransactions() {
        return producers.hasTransactions();
    }

    /** The last batch of each producer that is remembered. */
    synchronized Map<Long, PartitionHistory.LastBatch> lastBatches() {
        return producers.all().stream()
                .collect(Collectors.toMap(
                        ProducerState::producerId,
                        producer -> new PartitionHistory.LastBatch(
                                producer.batches() == 0 ? ProducerState.NONE : producer.lastOffset(0),
                                producer.epoch())));
    }

    /**
     * Closes the files, while nobody forces. A second call does nothing.
     *
     * @param keep whether they will be opened again: then what was appended is forced
     */
    synchronized void close(boolean keep) {
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

    private void finish(ActiveSegment last) {
        if (forced.failure() != null) {
            if (config.durability().isForced()) {
                segments.list().asList().forEach(Segment::dropUnforced);
            }
            return;
        }
        last.trim();
        forced.reach(ends());
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
}
