package io.tailrace.log.clean;

import io.tailrace.log.catalog.CleanupConfig;
import io.tailrace.log.partition.PartitionHistory;
import io.tailrace.log.partition.SealedSegment;
import java.util.List;

/**
 * How much of a partition has not been compacted yet, and whether that is enough to do it.
 *
 * @param firstDirtyOffset everything before it is compacted
 * @param endOffset nothing from there on may be compacted yet; begins a segment
 * @param cleanBytes of the segments before the first dirty one
 * @param dirtyBytes of the others that may be compacted
 * @param due whether it is time
 */
public record Dirtiness(long firstDirtyOffset, long endOffset, long cleanBytes, long dirtyBytes, boolean due) {

    /**
     * @param compactedTo up to where the partition is said to be compacted; from the log's start when that cannot be
     * @param stableOffset behind it there may be open transactions
     */
    public static Dirtiness of(
            PartitionHistory history, CleanupConfig config, long compactedTo, long stableOffset, long nowMs) {
        List<SealedSegment> segments = history.sealedSegments();
        long first = segments.isEmpty() ? 0 : segments.get(0).baseOffset();
        long last = segments.isEmpty() ? 0 : segments.get(segments.size() - 1).nextOffset();
        long firstDirty = compactedTo < first || compactedTo > last ? first : compactedTo;
        long cleanBytes = 0;
        long dirtyBytes = 0;
        long end = firstDirty;
        boolean tooOld = false;
        for (SealedSegment segment : segments) {
            if (segment.nextOffset() <= firstDirty) {
                cleanBytes += segment.sizeInBytes();
                continue;
            }
            boolean tooYoung =
                    config.minCompactionLagMs() > 0 && segment.maxTimestamp() > nowMs - config.minCompactionLagMs();
            if (segment.nextOffset() > stableOffset || tooYoung) {
                break;
            }
            tooOld |= config.maxCompactionLagMs() != Long.MAX_VALUE
                    && segment.firstTimestamp() < oldest(nowMs, config.maxCompactionLagMs());
            dirtyBytes += segment.sizeInBytes();
            end = segment.nextOffset();
        }
        double ratio = dirtyBytes == 0 ? 0 : (double) dirtyBytes / (cleanBytes + dirtyBytes);
        boolean due = dirtyBytes > 0 && (ratio > config.minDirtyRatio() || tooOld);
        return new Dirtiness(firstDirty, end, cleanBytes, dirtyBytes, due);
    }

    /** The timestamp that a record of an age has now; {@link Long#MIN_VALUE} when that is before all time. */
    static long oldest(long nowMs, long ageMs) {
        return ageMs >= nowMs && ageMs > Long.MAX_VALUE / 2 ? Long.MIN_VALUE : nowMs - ageMs;
    }

    /** Share of dirty bytes. */
    public double ratio() {
        return dirtyBytes == 0 ? 0 : (double) dirtyBytes / (cleanBytes + dirtyBytes);
    }
}
