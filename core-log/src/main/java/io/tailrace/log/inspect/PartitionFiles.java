package io.tailrace.log.inspect;

import io.tailrace.common.TopicPartition;
import io.tailrace.common.errors.StorageException;
import io.tailrace.log.storage.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * The files of one partition.
 *
 * @param compacted whether gaps between offsets are nothing special
 * @param segments by base offset
 * @param snapshots names of the producer snapshots
 * @param strays names of files that are none of the above, nor indexes of a segment
 */
record PartitionFiles(
        TopicPartition topicPartition,
        String directory,
        boolean compacted,
        List<Segment> segments,
        List<String> snapshots,
        List<String> strays) {

    private static final int DIGITS = 20;
    private static final String LOG = ".log";
    private static final String SNAPSHOT = ".snapshot";
    private static final Set<String> OF_A_SEGMENT = Set.of(LOG, ".index", ".timeindex", ".txnindex", SNAPSHOT);
    private static final Set<String> OF_KAFKA = Set.of("leader-epoch-checkpoint", "partition.metadata");

    /**
     * One segment.
     *
     * @param path of its files, without the suffix
     * @param logBytes size of the log file when it was looked at
     * @param nextBaseOffset of the next segment; the last one has none, which is {@link Long#MAX_VALUE}
     */
    record Segment(String path, long baseOffset, long logBytes, long nextBaseOffset) {
        static final long NONE = Long.MAX_VALUE;

        String log() {
            return path + LOG;
        }

        String offsetIndex() {
            return path + ".index";
        }

        String timeIndex() {
            return path + ".timeindex";
        }

        String abortedIndex() {
            return path + ".txnindex";
        }

        boolean isLast() {
            return nextBaseOffset == NONE;
        }

        /** All offsets are below: an index entry has an int for the distance to the base offset. */
        long endOffset() {
            long most = Integer.MAX_VALUE + 1L;
            return baseOffset > NONE - most ? nextBaseOffset : Math.min(nextBaseOffset, baseOffset + most);
        }
    }

    /** @throws StorageException when the directory cannot be listed, or goes meanwhile */
    static PartitionFiles of(Storage storage, TopicPartition topicPartition, String directory, boolean compacted) {
        List<String> names = storage.list(directory);
        TreeSet<Long> bases = bases(names);
        List<Segment> segments = segments(storage, directory, bases);
        List<String> snapshots = new ArrayList<>();
        List<String> strays = new ArrayList<>();
        for (String name : names) {
            long base = baseOffset(name);
            if (base >= 0 && name.endsWith(SNAPSHOT)) {
                snapshots.add(name);
            } else if ((base < 0 || !bases.contains(base)) && !OF_KAFKA.contains(name)) {
                strays.add(name);
            }
        }
        return new PartitionFiles(topicPartition, directory, compacted, segments, snapshots, strays);
    }

    /** By base offset. Sizes are taken behind the names, so a segment that is not the last has its final size. */
    static List<Segment> segments(Storage storage, String directory) {
        return segments(storage, directory, bases(storage.list(directory)));
    }

    private static TreeSet<Long> bases(List<String> names) {
        TreeSet<Long> bases = new TreeSet<>();
        for (String name : names) {
            if (name.endsWith(LOG) && baseOffset(name) >= 0) {
                bases.add(baseOffset(name));
            }
        }
        return bases;
    }

    private static List<Segment> segments(Storage storage, String directory, TreeSet<Long> bases) {
        List<Segment> segments = new ArrayList<>();
        for (long base : bases) {
            Long next = bases.higher(base);
            String path = directory + "/" + String.format(Locale.ROOT, "%0" + DIGITS + "d", base);
            segments.add(new Segment(path, base, storage.size(path + LOG), next == null ? Segment.NONE : next));
        }
        return segments;
    }

    /** The base offset in the name of a file of a segment; -1 for any other name. */
    static long baseOffset(String name) {
        int dot = name.indexOf('.');
        if (dot != DIGITS || !OF_A_SEGMENT.contains(name.substring(dot))) {
            return -1;
        }
        String digits = name.substring(0, dot);
        // 20 digits reach beyond a long, which ends with 19.
        return digits.matches("0[0-9]{19}") && digits.compareTo("09223372036854775807") <= 0
                ? Long.parseLong(digits)
                : -1;
    }

    long sizeInBytes() {
        return segments.stream().mapToLong(Segment::logBytes).sum();
    }
}
