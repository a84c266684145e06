package io.tailrace.log.partition;

import io.tailrace.log.storage.OpenMode;
import io.tailrace.log.storage.Storage;
import io.tailrace.log.storage.StorageFile;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How files of segments are deleted and replaced so that a crash at any moment leaves the old or the new state, with the
 * suffixes that Kafka uses:
 *
 * <ul>
 *   <li>{@code .deleted}: nobody reads it any more; it only remains to be deleted.
 *   <li>{@code .cleaned}: a compacted segment that is being written; worth nothing yet.
 *   <li>{@code .swap}: a compacted segment that is whole and on the device. It counts, and not the segments of its offsets, which
 *       are deleted one by one before it gets its final name.
 * </ul>
 *
 * <p><b>Owner:</b> whoever holds the partition's lock for maintenance, or opens the partition.
 */
final class SegmentFiles {
    static final String DELETED = ".deleted";
    static final String CLEANED = ".cleaned";
    static final String SWAP = ".swap";

    private static final Logger LOG = LoggerFactory.getLogger(SegmentFiles.class);
    private static final List<String> INDEXES =
            List.of(SegmentName.OFFSET_INDEX, SegmentName.TIME_INDEX, SegmentName.TRANSACTION_INDEX);

    private SegmentFiles() {}

    /** Deletes segments that are in no list any more. */
    static void delete(Storage storage, String directory, List<Segment> segments) {
        if (segments.isEmpty()) {
            return;
        }
        storage.forceDirectory(directory); // what stays is on the device before anything goes
        for (Segment segment : segments) {
            segment.retire();
            String log = log(directory, segment.baseOffset());
            if (storage.exists(log)) {
                storage.rename(log, log + DELETED);
            }
        }
        storage.forceDirectory(directory);
        for (Segment segment : segments) {
            String log = log(directory, segment.baseOffset());
            storage.delete(log + DELETED);
            if (segment.path().equals(log + SWAP)) {
                storage.delete(log + SWAP);
            }
            deleteIndexes(storage, directory, segment.baseOffset());
        }
    }

    static void deleteIndexes(Storage storage, String directory, long baseOffset) {
        for (String suffix : INDEXES) {
            storage.delete(path(directory, baseOffset, suffix));
        }
    }

    /**
     * When a partition is opened: finishes what a crash has interrupted, so that only whole segments are left.
     *
     * @return the names in the directory afterwards, sorted
     */
    static List<String> finishInterrupted(Storage storage, String directory) {
        List<String> names = storage.list(directory);
        Set<String> logs = names.stream().filter(SegmentName::isLog).collect(Collectors.toSet());
        List<String> leftovers =
                names.stream().filter(name -> isLeftover(name, logs)).toList();
        if (leftovers.isEmpty()) {
            return names;
        }
        for (String name : leftovers) {
            if (!name.endsWith(SWAP)) {
                storage.delete(directory + "/" + name);
            }
        }
        for (String name : leftovers) {
            if (name.endsWith(SWAP)) {
                finishReplacement(storage, directory, SegmentName.baseOffset(withoutSuffix(name, SWAP)));
            }
        }
        storage.forceDirectory(directory);
        return storage.list(directory);
    }

    private static boolean isLeftover(String name, Set<String> logs) {
        if (name.endsWith(SWAP)) {
            return SegmentName.isLog(withoutSuffix(name, SWAP));
        }
        if (name.endsWith(DELETED) || name.endsWith(CLEANED)) {
            return true;
        }
        for (String suffix : INDEXES) {
            if (name.endsWith(suffix)) {
                String log = withoutSuffix(name, suffix) + SegmentName.LOG;
                return SegmentName.isLog(log) && !logs.contains(log); // of a segment whose deletion was interrupted
            }
        }
        return false;
    }

    private static String withoutSuffix(String name, String suffix) {
        return name.substring(0, name.length() - suffix.length());
    }

    private static void finishReplacement(Storage storage, String directory, long baseOffset) {
        String swap = log(directory, baseOffset) + SWAP;
        long nextOffset = nextOffset(storage, swap, baseOffset);
        // The segment behind was there when the new one was written. Without it this is what a commit that failed has
        // left.
        if (!storage.exists(log(directory, nextOffset)) && storage.exists(log(directory, baseOffset))) {
            LOG.warn("{} is not used: no segment begins at {}, where it ends", swap, nextOffset);
            storage.delete(swap);
            return;
        }
        LOG.info("{} replaces the segments up to offset {}, as before the log was interrupted", swap, nextOffset);
        for (String name : storage.list(directory)) {
            long other = SegmentName.baseOffset(name);
            if (other > baseOffset && other < nextOffset) {
                storage.delete(directory + "/" + name);
                deleteIndexes(storage, directory, other);
            }
        }
        deleteIndexes(storage, directory, baseOffset); // of the segment that is replaced; they are made again
        storage.forceDirectory(directory);
        storage.rename(swap, log(directory, baseOffset));
    }

    private static long nextOffset(Storage storage, String path, long baseOffset) {
        int size = SegmentRecovery.checkedSize(storage, path);
        try (StorageFile file = storage.open(path, OpenMode.EXISTING)) {
            SegmentScanner scanner = new SegmentScanner(file, path, 0, size, baseOffset, SegmentScanner.SOME_OFFSET);
            while (scanner.next()) {
                Damage damage = scanner.damage();
                if (damage != null) {
                    LOG.warn("{} at {} is damaged: {}", path, damage.position(), damage.defect());
                }
            }
            return scanner.nextOffset();
        }
    }

    static String log(String directory, long baseOffset) {
        return path(directory, baseOffset, SegmentName.LOG);
    }

    private static String path(String directory, long baseOffset, String suffix) {
        return directory + "/" + SegmentName.of(baseOffset, suffix);
    }
}
