package io.tailrace.log.partition;

import io.tailrace.common.TopicPartition;
import io.tailrace.common.errors.CorruptRecordException;
import io.tailrace.log.api.Durability;
import io.tailrace.log.storage.OpenMode;
import io.tailrace.log.storage.Storage;
import io.tailrace.log.storage.StorageFile;
import org.jspecify.annotations.Nullable;

/**
 * Brings a segment back that was not known to be on the device as a whole: checks every batch, makes its index again, and
 * decides about damage.
 *
 * <ul>
 *   <li>Bad bytes with no intact batch behind them are a write that a crash cut off, or a damaged last batch: they are
 *       removed, so that the next append follows an intact batch.
 *   <li>Bad bytes that the device never got, behind the recovery point, are what a power loss leaves. Where records are forced,
 *       they are removed with everything behind them: nothing of it was promised, readers need not trip over it, and records of
 *       one transaction are not to be seen without the others. See {@link LostWrite}.
 *   <li>Other bad bytes with an intact batch behind them were written whole and damaged later. Removing them would lose the good
 *       data behind, so nothing is changed: the partition opens, reading the damaged offsets fails with their position, and
 *       appends go behind the end.
 * </ul>
 */
final class SegmentRecovery {
    private final Storage storage;
    private final TopicPartition topicPartition;
    private final PartitionConfig config;
    private final long recoveryPoint;
    private final RecoveryListener listener;

    SegmentRecovery(
            Storage storage,
            TopicPartition topicPartition,
            PartitionConfig config,
            long recoveryPoint,
            RecoveryListener listener) {
        this.storage = storage;
        this.topicPartition = topicPartition;
        this.config = config;
        this.recoveryPoint = recoveryPoint;
        this.listener = listener;
    }

    /** What is known of a segment afterwards. */
    record Recovered(SegmentIndex index, int end, long nextOffset) {}

    /**
     * @param endOffset base offset of the next segment, or {@link SegmentScanner#UNKNOWN_OFFSET}
     * @param force whether what is left has to survive a power loss when this returns
     */
    Recovered recover(String path, long baseOffset, long endOffset, boolean force) {
        SegmentIndex index = SegmentIndex.empty(config.indexIntervalBytes());
        int size = checkedSize(storage, path);
        if (size == 0) {
            return new Recovered(index, 0, baseOffset);
        }
        try (StorageFile file = storage.open(path, OpenMode.EXISTING)) {
            int end = 0;
            long nextOffset = baseOffset;
            @Nullable Damage cut = null;
            SegmentScanner scanner = new SegmentScanner(file, path, 0, size, baseOffset, endOffset);
            while (cut == null && scanner.next()) {
                Damage damage = scanner.damage();
                if (damage != null && isLost(damage, file)) {
                    cut = damage;
                    continue;
                }
                report(damage, RecoveryReport.Outcome.KEPT, path);
                StoredBatch batch = scanner.batch();
                index.onBatch(
                        (int) (batch.lastOffset() - baseOffset),
                        batch.position(),
                        batch.sizeInBytes(),
                        batch.maxTimestamp());
                end = batch.end();
                nextOffset = batch.nextOffset();
            }
            if (end < size) {
                file.truncate(end);
                report(cut == null ? scanner.damage() : upTo(size, cut), RecoveryReport.Outcome.TRUNCATED, path);
            }
            if (force || end < size) {
                file.force();
            }
            return new Recovered(index, end, nextOffset);
        }
    }

    private boolean isLost(Damage damage, StorageFile file) {
        return config.durability().mode() != Durability.Mode.OS
                && damage.firstOffset() >= recoveryPoint
                && LostWrite.isIn(damage, file);
    }

    private static Damage upTo(int size, Damage damage) {
        return new Damage(damage.position(), size - damage.position(), damage.firstOffset(), damage.defect());
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

    private void report(@Nullable Damage damage, RecoveryReport.Outcome outcome, String path) {
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
