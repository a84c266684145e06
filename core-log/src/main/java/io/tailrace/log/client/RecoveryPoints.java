package io.tailrace.log.client;

import io.tailrace.common.Time;
import io.tailrace.common.TopicPartition;
import io.tailrace.common.errors.StorageException;
import io.tailrace.log.api.PartitionState;
import io.tailrace.log.catalog.CleanShutdownMarker;
import io.tailrace.log.catalog.OffsetCheckpoint;
import io.tailrace.log.partition.Partition;
import io.tailrace.log.partition.RecoveryStart;
import io.tailrace.log.storage.Storage;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers across restarts how much of each partition is on the device, and whether the log was closed in order, so that
 * opening need not look at what is known to be whole.
 *
 * <p>A point in the file may be too low, which costs time; it must never be too high. So it is written after a force, and
 * lowered in the file before anything is appended to a partition that has lost its end, or to a new topic with an old name.
 *
 * <p><b>Threads:</b> any.
 */
final class RecoveryPoints {
    private static final Logger LOG = LoggerFactory.getLogger(RecoveryPoints.class);

    /** As Kafka: {@code log.flush.offset.checkpoint.interval.ms}. */
    private static final long INTERVAL_NS = TimeUnit.MINUTES.toNanos(1);

    private final OffsetCheckpoint file;
    private final CleanShutdownMarker marker;
    private final boolean clean;
    private final Time time;

    // guarded by this
    private final Map<TopicPartition, Long> points;
    private final Map<TopicPartition, Partition> opened = new HashMap<>();
    private SortedMap<TopicPartition, Long> written;
    private long writtenNs;
    private boolean rolled;

    private RecoveryPoints(OffsetCheckpoint file, CleanShutdownMarker marker, boolean clean, Time time) {
        this.file = file;
        this.marker = marker;
        this.clean = clean;
        this.time = time;
        this.written = file.read();
        this.points = new HashMap<>(written);
        this.writtenNs = time.nanoseconds();
    }

    /** Takes the marker of an orderly shutdown away: from now on the log may stop in disorder. */
    static RecoveryPoints open(Storage storage, Time time) {
        CleanShutdownMarker marker = new CleanShutdownMarker(storage);
        boolean clean = marker.exists();
        RecoveryPoints points = new RecoveryPoints(
                new OffsetCheckpoint(storage, OffsetCheckpoint.RECOVERY_POINTS), marker, clean, time);
        if (clean) {
            marker.remove();
        }
        return points;
    }

    /** Whether the log was closed in order. */
    boolean isClean() {
        return clean;
    }

    /** What is known of a partition that is about to be opened. */
    synchronized RecoveryStart of(TopicPartition partition) {
        return new RecoveryStart(clean, points.getOrDefault(partition, 0L));
    }

    /** From here on the partition tells itself. If it has lost something, that is stored before this returns. */
    synchronized void opened(Partition partition) {
        opened.put(partition.topicPartition(), partition);
        long before = points.getOrDefault(partition.topicPartition(), 0L);
        if (partition.forcedOffset() < before) {
            write();
        }
        partition.onRoll(this::rolled);
    }

    private synchronized void rolled() {
        rolled = true;
    }

    /** The topics are gone, or the names belong to nobody: a new one may come. Stored when this returns. */
    synchronized void retain(Predicate<String> topics) {
        opened.keySet().removeIf(partition -> !topics.test(partition.topic()));
        if (points.keySet().removeIf(partition -> !topics.test(partition.topic()))) {
            write();
        }
    }

    /** Called whenever something was forced; writes after a full segment, or when the file is older than a minute. */
    synchronized void onForced() {
        if (rolled || time.nanoseconds() - writtenNs >= INTERVAL_NS) {
            rolled = false;
            write();
        }
    }

    private void write() {
        opened.forEach((topicPartition, partition) -> points.put(topicPartition, partition.forcedOffset()));
        SortedMap<TopicPartition, Long> current = new TreeMap<>(points);
        current.values().removeIf(offset -> offset == 0);
        if (!current.equals(written)) {
            file.write(current);
            written = current;
        }
        writtenNs = time.nanoseconds();
    }

    /**
     * To be called when all partitions are closed. A failure only makes the next open scan, so it is logged and not thrown.
     *
     * @param inOrder whether everything was closed without a failure
     */
    synchronized void close(boolean inOrder) {
        try {
            write();
            if (inOrder) {
                marker.write();
            }
        } catch (StorageException e) {
            LOG.warn(
                    "The log is closed, but that cannot be noted: the next open checks partitions. {}", e.getMessage());
        }
    }

    /** Whether some partition cannot be forced any more. */
    synchronized boolean hasFailed() {
        return opened.values().stream().anyMatch(p -> p.state() instanceof PartitionState.Failed);
    }
}
