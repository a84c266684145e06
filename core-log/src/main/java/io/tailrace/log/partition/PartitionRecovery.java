package io.tailrace.log.partition;

import io.tailrace.common.TopicPartition;
import io.tailrace.log.storage.Storage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the state of a partition in its directory: which segments there are, and what a crash has left of the last one.
 *
 * <p><b>Owner:</b> the thread that opens the partition.
 */
final class PartitionRecovery {
    private static final Logger LOG = LoggerFactory.getLogger(PartitionRecovery.class);
    private static final String TEMPORARY = ".tmp";

    /**
     * What a partition begins with.
     *
     * @param segments in the order of their offsets; the last one is that of {@code active}
     * @param active null when there is no segment yet
     * @param producers as of the log end offset
     */
    record Recovered(
            SegmentList segments,
            @Nullable ActiveSegment active,
            long logEndOffset,
            ProducerStates producers,
            ProducerSnapshots snapshots) {}

    private final Storage storage;
    private final String directory;
    private final TopicPartition topicPartition;
    private final PartitionConfig config;
    private final RecoveryListener listener;

    PartitionRecovery(
            Storage storage,
            String directory,
            TopicPartition topicPartition,
            PartitionConfig config,
            RecoveryListener listener) {
        this.storage = storage;
        this.directory = directory;
        this.topicPartition = topicPartition;
        this.config = config;
        this.listener = report -> {
            LOG.warn("{}", report);
            listener.onRecovery(report);
        };
    }

    /** Makes the directory if it is missing, cleans it up, and checks what was not known to be whole. */
    Recovered run() {
        storage.createDirectories(directory);
        long[] baseOffsets = baseOffsets(SegmentFiles.finishInterrupted(storage, directory));
        if (baseOffsets.length == 0) {
            return recovered(SegmentList.EMPTY, null, 0);
        }
        List<Segment> segments = new ArrayList<>();
        int last = baseOffsets.length - 1;
        for (int i = 0; i < last; i++) {
            segments.add(fullSegment(baseOffsets[i]));
        }
        SegmentRecovery.Recovered recovered = SegmentRecovery.recover(
                storage, logPath(baseOffsets[last]), baseOffsets[last], topicPartition, config, listener);
        ActiveSegment active =
                ActiveSegment.open(storage, directory, baseOffsets[last], recovered.end(), recovered.index(), config);
        segments.add(active.segment());
        return recovered(SegmentList.of(segments), active, recovered.nextOffset());
    }

    private Recovered recovered(SegmentList segments, @Nullable ActiveSegment active, long endOffset) {
        ProducerSnapshots snapshots = new ProducerSnapshots(storage, directory, topicPartition);
        ProducerStates producers = new ProducerRecovery(topicPartition, snapshots, segments, endOffset).run();
        return new Recovered(segments, active, endOffset, producers, snapshots);
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

    private Segment fullSegment(long baseOffset) {
        int size = SegmentRecovery.checkedSize(storage, logPath(baseOffset));
        return new Segment(storage, directory, baseOffset, size, config, null);
    }

    private String logPath(long baseOffset) {
        return directory + "/" + SegmentName.of(baseOffset, SegmentName.LOG);
    }
}
