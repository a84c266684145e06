package io.tailrace.log.partition;

import io.tailrace.common.TopicPartition;
import io.tailrace.log.storage.Storage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the state of a partition in its directory. After a stop in order, nothing is scanned: the indexes tell where the last
 * segment ends. After any other, every segment is scanned that has offsets behind the recovery point, see {@link
 * SegmentRecovery}; those before it were forced as a whole when they were full.
 *
 * <p><b>Owner:</b> the thread that opens the partition.
 */
final class PartitionRecovery {
    private static final Logger LOG = LoggerFactory.getLogger(PartitionRecovery.class);
    private static final String TEMPORARY = ".tmp";

    /**
     * What a partition begins with.
     *
     * @param active null when there is no segment yet; else the last one
     * @param forcedOffset every record before it survives a power loss
     * @param producers as of the log end offset
     */
    record Recovered(
            SegmentList segments,
            @Nullable ActiveSegment active,
            long logEndOffset,
            long forcedOffset,
            ProducerStates producers,
            ProducerSnapshots snapshots) {}

    private final Storage storage;
    private final String directory;
    private final PartitionConfig config;
    private final TopicPartition topicPartition;
    private final RecoveryStart start;
    private final RecoveryListener listener;
    private final SegmentRecovery scan;
    private long scannedBytes;

    PartitionRecovery(
            Storage storage,
            String directory,
            TopicPartition topicPartition,
            PartitionConfig config,
            RecoveryStart start,
            RecoveryListener listener) {
        this.storage = storage;
        this.directory = directory;
        this.topicPartition = topicPartition;
        this.config = config;
        this.start = start;
        this.listener = listener;
        this.scan = new SegmentRecovery(storage, topicPartition, config, start.recoveryPoint(), report -> {
            LOG.warn("{}", report);
            listener.onRecovery(report);
        });
    }

    /** Makes the directory if it is missing, cleans it up, and checks what was not known to be whole. */
    Recovered run() {
        storage.createDirectories(directory);
        long[] baseOffsets = baseOffsets(SegmentFiles.finishInterrupted(storage, directory));
        if (baseOffsets.length == 0) {
            return recovered(SegmentList.EMPTY, null, 0, 0);
        }
        List<Segment> segments = new ArrayList<>();
        int last = baseOffsets.length - 1;
        for (int i = 0; i < last; i++) {
            boolean scanned = !start.clean() && baseOffsets[i + 1] > start.recoveryPoint();
            Segment segment = scanned ? scanFull(baseOffsets[i], baseOffsets[i + 1]) : full(baseOffsets[i]);
            if (!scanned || isForced()) {
                segment.markForced();
            }
            segments.add(segment);
        }
        SegmentRecovery.Recovered found = start.clean()
                ? SegmentTail.find(storage, directory, baseOffsets[last], config, start.recoveryPoint())
                : null;
        boolean untouched = found != null;
        if (found == null) {
            found = scanned(baseOffsets[last], SegmentScanner.UNKNOWN_OFFSET);
        }
        if (scannedBytes > 0) {
            listener.onScanned(topicPartition, scannedBytes);
        }
        ActiveSegment active =
                ActiveSegment.open(storage, directory, baseOffsets[last], found.end(), found.index(), config);
        segments.add(active.segment());
        if (untouched || isForced()) {
            active.segment().markForced();
        }
        long endOffset = found.nextOffset();
        long forcedOffset = untouched || isForced() ? endOffset : Math.min(start.recoveryPoint(), endOffset);
        return recovered(SegmentList.of(segments), active, endOffset, forcedOffset);
    }

    // Readers see only what was forced then, and what a killed process has left is not.
    private boolean isForced() {
        return config.durability().isForced();
    }

    private Recovered recovered(
            SegmentList segments, @Nullable ActiveSegment active, long endOffset, long forcedOffset) {
        ProducerSnapshots snapshots = new ProducerSnapshots(storage, directory, topicPartition);
        ProducerStates producers = new ProducerRecovery(topicPartition, snapshots, segments, endOffset).run();
        return new Recovered(segments, active, endOffset, forcedOffset, producers, snapshots);
    }

    private long[] baseOffsets(List<String> names) {
        List<Long> offsets = new ArrayList<>();
        for (String name : names) {
            if (name.endsWith(TEMPORARY)) {
                storage.delete(directory + "/" + name); // of an atomic write that a crash cut off
            } else if (SegmentName.isLog(name)) {
                offsets.add(SegmentName.baseOffset(name));
            }
        }
        return offsets.stream().mapToLong(Long::longValue).toArray(); // sorted as the names are
    }

    private Segment full(long baseOffset) {
        return segment(baseOffset, SegmentRecovery.checkedSize(storage, logPath(baseOffset)));
    }

    private Segment scanFull(long baseOffset, long endOffset) {
        SegmentRecovery.Recovered found = scanned(baseOffset, endOffset);
        found.index().complete();
        if (found.end() > 0) {
            found.index()
                    .store(
                            storage,
                            directory + "/" + SegmentName.of(baseOffset, SegmentName.OFFSET_INDEX),
                            directory + "/" + SegmentName.of(baseOffset, SegmentName.TIME_INDEX));
        }
        return segment(baseOffset, found.end());
    }

    private SegmentRecovery.Recovered scanned(long baseOffset, long endOffset) {
        String path = logPath(baseOffset);
        scannedBytes += storage.size(path);
        SegmentRecovery.Recovered found = scan.recover(path, baseOffset, endOffset, isForced());
        if (isForced()) {
            storage.forceDirectory(directory);
            storage.forceDirectory(directory.substring(0, Math.max(0, directory.lastIndexOf('/'))));
        }
        return found;
    }

    private Segment segment(long baseOffset, int size) {
        return new Segment(storage, directory, baseOffset, size, config, null);
    }

    private String logPath(long baseOffset) {
        return directory + "/" + SegmentName.of(baseOffset, SegmentName.LOG);
    }
}
