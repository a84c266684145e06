package io.tailrace.log.partition;

import io.tailrace.log.record.RecordBatch;
import io.tailrace.log.record.RecordCursor;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Finds records of a segment by their timestamps, in milliseconds since 1970, and its largest one.
 *
 * <p><b>Threads:</b> any.
 */
final class TimestampSearch {
    private final SegmentIndexHolder index;
    private final SegmentBatches batches;
    private final OffsetSearch offsets;
    private final long baseOffset;

    TimestampSearch(SegmentIndexHolder index, SegmentBatches batches, OffsetSearch offsets, long baseOffset) {
        this.index = index;
        this.batches = batches;
        this.offsets = offsets;
        this.baseOffset = baseOffset;
    }

    /** @param limit of what may be read, in bytes */
    long max(int limit) {
        return checkedTimes(limit).maxTimestamp();
    }

    /**
     * The first offset whose timestamp is at or behind the given one; empty when all are before it. Records that are damaged
     * are left out.
     *
     * @param startOffset records before it are left out
     * @param limit of what may be read, in bytes
     * @param nextSegmentOffset the offset behind the last record of this segment
     */
    OptionalLong firstOffset(long timestamp, long startOffset, int limit, long nextSegmentOffset) {
        if (limit == 0) {
            return OptionalLong.empty();
        }
        SegmentIndex checked = checkedTimes(limit);
        if (checked.maxTimestamp() < timestamp) {
            return OptionalLong.empty();
        }
        SegmentScanner scanner = scannerFor(checked.times(), timestamp, limit, nextSegmentOffset);
        while (scanner.next()) {
            if (scanner.batch().maxTimestamp() >= timestamp) {
                OptionalLong offset = firstAtOrAfter(timestamp, startOffset, scanner.batch());
                if (offset.isPresent()) {
                    return offset;
                }
            }
        }
        return OptionalLong.empty();
    }

    /** The index; made again when it does not end with the timestamp of a batch that is there. */
    private SegmentIndex checkedTimes(int limit) {
        SegmentIndex checked = index.get(limit);
        TimeIndex times = checked.times();
        boolean wrong = index.isComplete() && batchOf(times, times.count() - 1, limit) == null;
        return wrong && index.rebuild(limit) ? index.get(limit) : checked;
    }

    /** Starts at the batch that brought the last timestamp at or below the given one: those before it are all smaller. */
    private SegmentScanner scannerFor(TimeIndex times, long timestamp, int limit, long nextSegmentOffset) {
        int entry = times.floor(timestamp);
        RecordBatch batch = entry < 0 ? null : batchOf(times, entry, limit);
        if (batch == null && entry >= 0 && index.rebuild(limit)) {
            return scannerFor(index.get(limit).times(), timestamp, limit, nextSegmentOffset);
        }
        return batch == null
                ? offsets.scannerAt(0, limit, baseOffset, nextSegmentOffset)
                : offsets.scannerAt((int) batch.filePosition(), limit, batch.baseOffset(), nextSegmentOffset);
    }

    /** The header of the batch that an entry speaks of; null when no such batch is there. */
    private @Nullable RecordBatch batchOf(TimeIndex times, int entry, int limit) {
        int position = entry < 0 ? OffsetSearch.UNKNOWN : offsets.find(baseOffset + times.relativeOffset(entry), limit);
        RecordBatch header = position == OffsetSearch.UNKNOWN ? null : batches.header(position, limit);
        return header != null && header.maxTimestamp() == times.timestamp(entry) ? header : null;
    }

    private OptionalLong firstAtOrAfter(long timestamp, long startOffset, StoredBatch stored) {
        RecordCursor records = batches.whole(stored).verify().records();
        while (records.next()) {
            if (records.timestamp() >= timestamp && records.offset() >= startOffset) {
                return OptionalLong.of(records.offset());
            }
        }
        return OptionalLong.empty(); // compaction took its records, the header stayed
    }
}
