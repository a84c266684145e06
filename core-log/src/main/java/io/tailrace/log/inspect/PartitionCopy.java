package io.tailrace.log.inspect;

import io.tailrace.log.record.Defect;
import io.tailrace.log.record.EmptyBatch;
import io.tailrace.log.record.RecordBatch;
import io.tailrace.log.storage.OpenMode;
import io.tailrace.log.storage.Storage;
import io.tailrace.log.storage.StorageFile;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Copies the intact batches of one partition, segment by segment. The offsets of lost ones are taken by an {@link EmptyBatch}.
 *
 * <p><b>Owner:</b> one thread.
 */
final class PartitionCopy {
    private final Storage source;
    private final Storage target;
    private final PartitionFiles partition;
    private final Tally tally;
    private final OpenTransactions transactions = new OpenTransactions();
    private final List<LostRange> lost = new ArrayList<>();
    private @Nullable SegmentCopy copy;
    private long nextOffset;
    private boolean rollNext;
    private long batches;
    private long records;
    private long bytes;

    PartitionCopy(Storage source, Storage target, PartitionFiles partition, Tally tally) {
        this.source = source;
        this.target = target;
        this.partition = partition;
        this.tally = tally;
    }

    SalvagedPartition run() {
        target.createDirectories(partition.directory());
        try {
            for (PartitionFiles.Segment segment : partition.segments()) {
                rollNext = true;
                copy(segment);
            }
            keepEndOffset();
            if (copy != null) {
                copy.finish(true);
            }
        } finally {
            if (copy != null) {
                copy.close();
            }
        }
        target.forceDirectory(partition.directory());
        return new SalvagedPartition(
                partition.topicPartition(), batches, records, bytes, List.copyOf(lost), transactions.describe());
    }

    private void copy(PartitionFiles.Segment segment) {
        try (StorageFile file = source.open(segment.log(), OpenMode.READ)) {
            BatchScan scan = new BatchScan(
                    file,
                    segment.log(),
                    segment.logBytes(),
                    segment.baseOffset(),
                    segment.endOffset(),
                    segment.isLast());
            while (scan.next()) {
                RecordBatch batch = scan.batch();
                onHole(scan.hole(), batch.baseOffset());
                append(batch, transactions.onBatch(batch));
                tally.onBatch(batch);
                batches++;
                records += batch.count();
                bytes += batch.sizeInBytes();
            }
            Hole atEnd = scan.hole();
            if (atEnd == null && !segment.isLast() && scan.nextOffset() < segment.endOffset()) {
                atEnd = cutOff(segment, scan);
            }
            onHole(atEnd, segment.isLast() ? LostRange.UNKNOWN : segment.endOffset());
        }
    }

    /** The file ends between two batches, before the offset that the next one begins with. */
    private static Hole cutOff(PartitionFiles.Segment segment, BatchScan scan) {
        return new Hole(
                segment.log(),
                scan.end(),
                0,
                scan.nextOffset(),
                new Defect("the end of the file", "offsets up to " + (segment.endOffset() - 1)));
    }

    private void onHole(@Nullable Hole hole, long endOffset) {
        if (hole == null) {
            return;
        }
        tally.onBytes(hole.bytes());
        long firstOffset = hole.firstOffset();
        lost.add(new LostRange(
                hole.file(),
                hole.position(),
                hole.bytes(),
                firstOffset,
                endOffset,
                hole.defect().toString()));
        if (endOffset > firstOffset) {
            append(
                    RecordBatch.at(EmptyBatch.covering(firstOffset, endOffset), 0, "the place of lost records", 0),
                    null);
        }
    }

    private void append(RecordBatch batch, @Nullable AbortedEntry aborted) {
        SegmentCopy current = copy;
        if (current == null || rollNext || !current.hasRoomFor(batch)) {
            current = roll(batch.baseOffset());
            rollNext = false;
        }
        current.append(batch, aborted);
        nextOffset = batch.nextOffset();
    }

    private SegmentCopy roll(long baseOffset) {
        SegmentCopy full = copy;
        if (full != null) {
            full.finish(false);
            full.close();
        }
        SegmentCopy next = new SegmentCopy(target, partition.directory(), baseOffset);
        copy = next;
        return next;
    }

    /** New records must not get the offsets of lost ones: the name of the last segment tells an offset they were behind. */
    private void keepEndOffset() {
        List<PartitionFiles.Segment> segments = partition.segments();
        if (!segments.isEmpty()) {
            long lastBase = segments.get(segments.size() - 1).baseOffset();
            if (copy == null || nextOffset < lastBase) {
                roll(lastBase);
            }
        }
    }
}
