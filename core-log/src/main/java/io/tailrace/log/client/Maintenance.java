package io.tailrace.log.client;

import io.tailrace.common.Time;
import io.tailrace.common.TopicPartition;
import io.tailrace.common.errors.CorruptRecordException;
import io.tailrace.common.errors.LogClosedException;
import io.tailrace.common.errors.StorageException;
import io.tailrace.common.errors.UnknownTopicOrPartitionException;
import io.tailrace.log.api.MaintenanceConfig;
import io.tailrace.log.catalog.CleanupConfig;
import io.tailrace.log.catalog.OffsetCheckpoint;
import io.tailrace.log.catalog.TopicConfig;
import io.tailrace.log.clean.CompactionResult;
import io.tailrace.log.clean.Compactor;
import io.tailrace.log.clean.Dirtiness;
import io.tailrace.log.clean.Retention;
import io.tailrace.log.clean.Throttle;
import io.tailrace.log.partition.Partition;
import io.tailrace.log.storage.Storage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the old records of all partitions: begins new segments by time, deletes what is too old or too
 * much, and compacts, the dirtiest partition first. One pass at a time, in a background thread or by {@link #run}.
 *
 * <p>It never gets in the way of appends: whatever fails is logged and tried again by the next pass. A partition with a damaged
 * batch is left out of compaction until the log is opened again, so that nothing behind the damage is lost.
 *
 * <p><b>Threads:</b> any.
 */
final class Maintenance {
    private static final Logger LOG = LoggerFactory.getLogger(Maintenance.class);

    /** A partition that has files, which opens when it is asked for, and the configs of its topic. */
    record Kept(TopicPartition topicPartition, TopicConfig config, Supplier<Partition> partition) {}

    private record Candidate(Kept kept, Partition partition, Dirtiness dirty) {}

    private final Time time;
    private final StoredOffsets startOffsets;
    private final StoredOffsets compactedOffsets;
    private final Compactor compactor;
    private final long producerExpirationMs;
    private final MaintenanceThread thread;
    private final ReentrantLock passLock = new ReentrantLock();
    private final Set<TopicPartition> uncleanable = ConcurrentHashMap.newKeySet();
    private volatile Supplier<List<Kept>> partitions = List::of;

    /** @param exists whether there is a topic of a name */
    Maintenance(Storage storage, Time time, MaintenanceConfig config, Predicate<String> exists) {
        this.time = time;
        this.startOffsets = StoredOffsets.open(storage, OffsetCheckpoint.LOG_START_OFFSETS, exists);
        this.compactedOffsets = StoredOffsets.open(storage, OffsetCheckpoint.COMPACTED_OFFSETS, exists);
        this.thread = new MaintenanceThread(time, config.interval(), this::run);
        this.producerExpirationMs = config.producerExpiration().toMillis();
        this.compactor = new Compactor(
                config.compactionMemoryBytes(), new Throttle(time, thread::pause, config.compactionBytesPerSecond()));
    }

    /** What to look after; asked by each pass. */
    void setPartitions(Supplier<List<Kept>> openPartitions) {
        partitions = openPartitions;
    }

    /** Before others use a partition: gives it the start offset that it had. The first one starts the thread. */
    void opened(Partition partition) {
        TopicPartition topicPartition = partition.topicPartition();
        long startOffset = startOffsets.get(topicPartition);
        if (startOffset != StoredOffsets.NONE) {
            partition.history().restoreStartOffset(startOffset);
        }
        partition.history().onStartOffset(offset -> startOffsets.put(topicPartition, offset));
        thread.start();
    }

    /** The topic was deleted and its partitions are closed. */
    void forget(String topic) {
        startOffsets.forget(topic::equals);
        compactedOffsets.forget(topic::equals);
        uncleanable.removeIf(partition -> partition.topic().equals(topic));
    }

    /** One pass, which is over when this returns. */
    void run() {
        passLock.lock();
        try {
            List<Kept> all = partitions.get();
            List<Candidate> candidates = new ArrayList<>();
            for (Kept kept : all) {
                thread.pause(0);
                attempt("retention", kept, () -> retain(kept, candidates));
            }
            candidates.sort(Comparator.comparingDouble(
                            (Candidate candidate) -> candidate.dirty().ratio())
                    .reversed());
            for (Candidate candidate : candidates) {
                attempt("compaction", candidate.kept(), () -> compact(candidate));
            }
        } finally {
            passLock.unlock();
        }
    }

    private void retain(Kept kept, List<Candidate> candidates) {
        Partition partition = kept.partition().get();
        CleanupConfig cleanup = kept.config().cleanup();
        long nowMs = time.milliseconds();
        Retention.apply(partition.history(), cleanup, nowMs);
        partition.expireProducers(nowMs, producerExpirationMs);
        TopicPartition topicPartition = kept.topicPartition();
        if (cleanup.compacted() && !uncleanable.contains(topicPartition)) {
            Dirtiness dirty = Dirtiness.of(
                    partition.history(),
                    cleanup,
                    compactedOffsets.get(topicPartition),
                    partition.lastStableOffset(),
                    nowMs);
            if (dirty.due()) {
                candidates.add(new Candidate(kept, partition, dirty));
            }
        }
    }

    private void compact(Candidate candidate) {
        Partition partition = candidate.partition();
        CompactionResult result = compactor.compact(
                partition.history(), candidate.kept().config(), candidate.dirty(), time.milliseconds());
        compactedOffsets.put(partition.topicPartition(), result.nextOffset());
        LOG.info(
                "Compacted {} up to offset {}: {} bytes became {}",
                partition.topicPartition(),
                result.nextOffset(),
                result.bytesBefore(),
                result.bytesAfter());
    }

    // Errors too: an OutOfMemoryError of a large compaction must not end the retention of all others.
    private void attempt(String what, Kept kept, Runnable work) {
        TopicPartition partition = kept.topicPartition();
        try {
            work.run();
        } catch (LogClosedException | UnknownTopicOrPartitionException e) {
            LOG.debug("{} of {} ends, the partition is closed or deleted", what, partition);
        } catch (CorruptRecordException e) {
            uncleanable.add(partition);
            LOG.error(
                    "{} of {} ends at a damaged batch; nothing is lost, but it is not compacted until the log is opened again",
                    what,
                    partition,
                    e);
        } catch (StorageException e) {
            LOG.warn("{} of {} failed, the next pass tries again", what, partition, e);
        } catch (RuntimeException | Error e) {
            uncleanable.add(partition);
            LOG.error("{} of {} failed; it is not compacted until the log is opened again", what, partition, e);
        }
    }

    /** Ends a pass that runs, soon, and waits for that. */
    void close() {
        thread.close();
        passLock.lock();
        try {
            LOG.debug("No pass runs any more");
        } finally {
            passLock.unlock();
        }
    }
}
