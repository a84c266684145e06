package io.tailrace.log.partition;

import io.tailrace.log.storage.Storage;
import java.lang.ref.SoftReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The index of a segment, wherever it is: in memory while the segment grows, then in its files, read when it is needed and
 * forgotten when memory is. When the files are missing or wrong, it is made again from the log and stored.
 *
 * <p><b>Threads:</b> any; {@link #seal} by the partition's writer only.
 */
final class SegmentIndexHolder {
    private static final Logger LOG = LoggerFactory.getLogger(SegmentIndexHolder.class);

    private final Storage storage;
    private final String offsetPath;
    private final String timePath;
    private final long baseOffset;
    private final SegmentFile file;
    private final int intervalBytes;

    private volatile @Nullable SegmentIndex growing;
    private volatile SoftReference<@Nullable SegmentIndex> loaded = new SoftReference<>(null);
    private boolean rebuilt; // guarded by this
    private boolean retired; // guarded by this

    SegmentIndexHolder(
            Storage storage,
            String directory,
            long baseOffset,
            SegmentFile file,
            int intervalBytes,
            @Nullable SegmentIndex growing) {
        this.storage = storage;
        this.offsetPath = directory + "/" + SegmentName.of(baseOffset, SegmentName.OFFSET_INDEX);
        this.timePath = directory + "/" + SegmentName.of(baseOffset, SegmentName.TIME_INDEX);
        this.baseOffset = baseOffset;
        this.file = file;
        this.intervalBytes = intervalBytes;
        this.growing = growing;
    }

    /** @param logBytes size of the log file, which does not change any more when the index is in files */
    SegmentIndex get(int logBytes) {
        SegmentIndex index = growing;
        if (index == null) {
            index = loaded.get();
        }
        return index == null ? load(logBytes) : index;
    }

    /** Whether the segment is full: its time index then ends with its largest timestamp. */
    boolean isComplete() {
        return growing == null;
    }

    /** Stores the index; survives a power loss when it returns. */
    void seal() {
        SegmentIndex index = growing;
        if (index != null) {
            index.complete();
            index.store(storage, offsetPath, timePath);
            loaded = new SoftReference<>(index);
            growing = null;
        }
    }

    /** The segment is replaced or deleted: its files are those of another one, or are to be gone, and are not written again. */
    synchronized void retire() {
        retired = true;
    }

    /**
     * Makes the index again because it disagrees with the log; at most once, because then it is as good as the log.
     *
     * @return whether it was made again
     */
    synchronized boolean rebuild(int logBytes) {
        if (rebuilt || growing != null) {
            return false;
        }
        rebuildFromLog(logBytes, "it does not lead to the batches of the log");
        return true;
    }

    private synchronized SegmentIndex load(int logBytes) {
        SegmentIndex index = loaded.get();
        if (index == null) {
            try {
                index = SegmentIndex.load(storage, offsetPath, timePath, logBytes, intervalBytes);
            } catch (InvalidIndexException e) {
                return rebuildFromLog(logBytes, String.valueOf(e.getMessage()));
            }
            loaded = new SoftReference<>(index);
        }
        return index;
    }

    private SegmentIndex rebuildFromLog(int logBytes, String reason) {
        LOG.warn("{} is made again from the log: {}", offsetPath, reason);
        SegmentIndex index = SegmentIndex.empty(intervalBytes);
        SegmentScanner scanner =
                new SegmentScanner(file.get(), file.path(), 0, logBytes, baseOffset, SegmentScanner.SOME_OFFSET);
        while (scanner.next()) {
            StoredBatch batch = scanner.batch();
            index.onBatch(
                    (int) (batch.lastOffset() - baseOffset),
                    batch.position(),
                    batch.sizeInBytes(),
                    batch.maxTimestamp());
        }
        index.complete();
        loaded = new SoftReference<>(index);
        rebuilt = true;
        if (!retired) {
            index.store(storage, offsetPath, timePath);
        }
        return index;
    }
}
