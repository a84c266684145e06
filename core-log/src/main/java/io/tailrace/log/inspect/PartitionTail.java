package io.tailrace.log.inspect;

import io.tailrace.common.errors.StorageException;
import io.tailrace.log.record.RecordBatch;
import io.tailrace.log.record.RecordCursor;
import io.tailrace.log.storage.OpenMode;
import io.tailrace.log.storage.Storage;
import io.tailrace.log.storage.StorageFile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a partition beside the process that has its log open, as {@code tail -f} reads a file: each {@link #poll} shows the
 * batches that have come since the last one.
 *
 * <p>It sees whatever is in the files: records that are not on the device yet, and those of transactions that are open or were
 * aborted. An unfinished batch at the end is left for the next time.
 *
 * <p><b>Owner:</b> one thread.
 */
public final class PartitionTail {
    private final Storage storage;
    private final String directory;
    private long nextOffset;
    private long segmentBase = -1; // of the segment that was read last
    private long position; // in it

    /**
     * @param storage stays the caller's
     * @param directory of the partition, such as {@code "flights-0"}; it may come later
     * @param fromOffset records before it are not wanted
     */
    public PartitionTail(Storage storage, String directory, long fromOffset) {
        this.storage = storage;
        this.directory = directory;
        this.nextOffset = fromOffset;
    }

    /** The offset behind the last batch that was shown. */
    public long nextOffset() {
        return nextOffset;
    }

    /** Goes behind everything that is there now. */
    public void skip() {
        nextOffset = lastBase();
        poll(new BatchVisitor() {
            @Override
            public boolean onBatch(BatchInfo batch, RecordBatch stored) {
                return false;
            }

            @Override
            public void onRecord(BatchInfo batch, RecordCursor record) {}

            @Override
            public void onDamage(Finding damage) {}
        });
    }

    /**
     * Shows what has come. The first batch may begin before the offset that is wanted.
     *
     * @return whether there was anything
     * @throws StorageException when a file cannot be read; it may have been deleted meanwhile, so try again
     */
    public boolean poll(BatchVisitor visitor) {
        boolean any = false;
        PartitionFiles.Segment segment = segment();
        while (segment != null) {
            any |= read(segment, visitor);
            PartitionFiles.Segment next = segment.isLast() ? null : segment();
            segment = next == null || next.baseOffset() == segment.baseOffset() ? null : next;
        }
        return any;
    }

    private boolean read(PartitionFiles.Segment segment, BatchVisitor visitor) {
        boolean any = false;
        try (StorageFile file = storage.open(segment.log(), OpenMode.READ)) {
            boolean goesOn = segment.baseOffset() == segmentBase && position <= segment.logBytes();
            BatchScan scan =
                    new BatchScan(file, segment.log(), segment.logBytes(), segment.baseOffset(), Long.MAX_VALUE, false);
            if (goesOn && position > 0) {
                scan.goOn(position, nextOffset);
            }
            segmentBase = segment.baseOffset();
            while (scan.next()) {
                LogDump.show(scan.hole(), visitor);
                RecordBatch batch = scan.batch();
                if (batch.lastOffset() >= nextOffset) {
                    LogDump.show(batch, visitor);
                    nextOffset = batch.nextOffset();
                    any = true;
                }
                position = scan.position();
            }
            if (!segment.isLast()) {
                LogDump.show(scan.hole(), visitor);
                nextOffset = Math.max(nextOffset, segment.nextBaseOffset());
            }
        }
        return any;
    }

    /** The segment that holds the next offset, or the first one behind it; null when there is none. */
    private PartitionFiles.@Nullable Segment segment() {
        PartitionFiles.Segment found = null;
        for (PartitionFiles.Segment each : segments()) {
            if (found == null || each.baseOffset() <= nextOffset) {
                found = each;
            }
        }
        return found;
    }

    private long lastBase() {
        long last = 0;
        for (PartitionFiles.Segment each : segments()) {
            last = each.baseOffset();
        }
        return last;
    }

    private Iterable<PartitionFiles.Segment> segments() {
        return storage.exists(directory) ? PartitionFiles.segments(storage, directory) : List.of();
    }
}
