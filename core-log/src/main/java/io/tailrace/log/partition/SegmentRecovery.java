package io.tailrace.log.partition;

import io.tailrace.common.TopicPartition;
import io.tailrace.common.errors.CorruptRecordException;
import io.tailrace.log.storage.OpenMode;
import io.tailrace.log.storage.Storage;
import io.tailrace.log.storage.StorageFile;
import org.jspecify.annotations.Nullable;

/**
 * Brings the last segment of a partition back: checks every batch, makes its index again, and decides about damage.
 *
 * <ul>
 *   <li>Bad bytes with no intact batch behind them are a write that a crash cut off, or a damaged last batch: they are
 *       removed, so that the next append follows an intact batch.
 *   <li>Bad bytes with an intact batch behind them were written whole and damaged later. Removing them would lose the good
 *       data behind, so nothing is changed: the partition opens, reading the damaged offsets fails with their position, and
 *       appends go behind the end.
 * </ul>
 */
final class SegmentRecovery {
    private SegmentRecovery() {}

    /** What is known of the segment afterwards. */
    record Recovered(SegmentIndex index, int end, long nextOffset) {}

    static Recovered recover(
            Storage storage,
            String path,
            long baseOffset,
            TopicPartition topicPartition,
            PartitionConfig config,
            RecoveryListener listener) {
        SegmentIndex index = SegmentIndex.empty(config.indexIntervalBytes());
        int size = checkedSize(storage, path);
        if (size == 0) {
            return new Recovered(index, 0, baseOffset);
        }
        try (StorageFile file = storage.open(path, OpenMode.EXISTING)) {
            int end = 0;
            SegmentScanner scanner = new SegmentScanner(file, path, 0, size, baseOffset);
            while (scanner.next()) {
                report(scanner.damage(), RecoveryReport.Outcome.KEPT, path, topicPartition, listener);
                StoredBatch batch = scanner.batch();
                index.onBatch(
                        (int) (batch.lastOffset() - baseOffset),
                        batch.position(),
                        batch.sizeInBytes(),
                        batch.maxTimestamp());
                end = batch.end();
            }
            if (end < size) {
                file.truncate(end);
                file.force();
                report(scanner.damage(), RecoveryReport.Outcome.TRUNCATED, path, topicPartition, listener);
            }
            return new Recovered(index, end, scanner.nextOffset());
        }
    }

    /** The size of a log file, which fits an int. */
    static int checkedSize(Storage storage, String path) {
        long size = storage.size(path);
        if (size > Integer.MAX_VALUE) {
            throw new CorruptRecordException(
                    path, Integer.MAX_VALUE, "a segment of " + size + " bytes", "at most " + Integer.MAX_VALUE);
        }
        return (int) size;
    }

    private static void report(
            @Nullable Damage damage,
            RecoveryReport.Outcome outcome,
            String path,
            TopicPartition topicPartition,
            RecoveryListener listener) {
        if (damage != null) {
            listener.onRecovery(new RecoveryReport(
                    topicPartition,
                    path,
                    damage.position(),
                    damage.bytes(),
                    outcome,
                    damage.defect().toString()));
        }
    }
}
