package io.tailrace.log.inspect;

import io.tailrace.log.record.BatchLayout;
import io.tailrace.log.record.RecordBatch;
import io.tailrace.log.storage.OpenMode;
import io.tailrace.log.storage.Storage;
import io.tailrace.log.storage.StorageFile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks the files of one partition. Owner: one thread. */
final class PartitionCheck {
    private final Storage storage;
    private final PartitionFiles partition;
    private final boolean moving;
    private final Tally tally;
    private final List<Finding> findings;
    private final OpenTransactions transactions = new OpenTransactions();
    private long nextOffset;
    private boolean behindHole;
    private boolean leaderEpochNoted;

    PartitionCheck(Storage storage, PartitionFiles partition, boolean moving, Tally tally, List<Finding> findings) {
        this.storage = storage;
        this.partition = partition;
        this.moving = moving;
        this.tally = tally;
        this.findings = findings;
    }

    void run() {
        nextOffset =
                partition.segments().isEmpty() ? 0 : partition.segments().get(0).baseOffset();
        for (PartitionFiles.Segment segment : partition.segments()) {
            tally.onSegment();
            check(segment);
        }
        for (String name : partition.strays()) {
            findings.add(Finding.ofFile(
                    Severity.NOTE,
                    partition.directory() + "/" + name,
                    "a file that is not of a segment",
                    "nothing; what was cut off by a crash is removed when the log is opened"));
        }
        for (String name : partition.snapshots()) {
            ProducerSnapshotFile.check(storage, partition.directory() + "/" + name, moving, findings);
        }
        tally.onPartition(partition.topicPartition(), nextOffset);
    }

    private void check(PartitionFiles.Segment segment) {
        if (segment.logBytes() > Integer.MAX_VALUE) {
            findings.add(Finding.ofFile(
                    Severity.DAMAGE,
                    segment.log(),
                    segment.logBytes() + " bytes",
                    "at most " + Integer.MAX_VALUE + ", which an index can point to"));
        }
        SegmentIndexCheck indexes = new SegmentIndexCheck(storage, partition, segment);
        try (StorageFile file = storage.open(segment.log(), OpenMode.READ)) {
            long end = Math.min(segment.logBytes(), file.size());
            BatchScan scan = new BatchScan(
                    file, segment.log(), end, segment.baseOffset(), segment.endOffset(), segment.isLast());
            while (scan.next()) {
                onHole(scan.hole(), segment, indexes, false);
                RecordBatch batch = scan.batch();
                checkGap(segment, batch);
                checkHeader(segment, batch);
                tally.onBatch(batch);
                indexes.onBatch(batch, transactions.onBatch(batch));
                nextOffset = batch.nextOffset();
                behindHole = false;
            }
            onHole(scan.hole(), segment, indexes, true);
        }
        findings.addAll(indexes.finish(moving));
    }

    private void onHole(@Nullable Hole hole, PartitionFiles.Segment segment, SegmentIndexCheck indexes, boolean atEnd) {
        if (hole == null) {
            return;
        }
        indexes.onHole(hole);
        behindHole = true;
        tally.onBytes(hole.bytes());
        boolean tail = atEnd && segment.isLast();
        findings.add(new Finding(
                tail && moving ? Severity.NOTE : Severity.DAMAGE,
                segment.log(),
                hole.position(),
                hole.defect().found() + " (" + hole.bytes() + " bytes that are no intact batch"
                        + (tail ? ", at the end of the partition)" : ")"),
                hole.defect().expected()));
    }

    private void checkGap(PartitionFiles.Segment segment, RecordBatch batch) {
        if (batch.baseOffset() > nextOffset && !behindHole) {
            findings.add(
                    new Finding(
                            Severity.NOTE,
                            segment.log(),
                            batch.filePosition(),
                            "offset " + batch.baseOffset(),
                            nextOffset
                                    + ", which follows; a log that was compacted or salvaged has such gaps, else records were lost"));
        }
    }

    /** The field that no CRC covers and nobody reads. */
    private void checkHeader(PartitionFiles.Segment segment, RecordBatch batch) {
        if (batch.partitionLeaderEpoch() != 0 && !leaderEpochNoted) {
            leaderEpochNoted = true;
            findings.add(new Finding(
                    Severity.NOTE,
                    segment.log(),
                    batch.filePosition() + BatchLayout.LEADER_EPOCH,
                    "leader epoch " + batch.partitionLeaderEpoch(),
                    "0, unless a Kafka broker wrote the batch; it is not used"));
        }
    }
}
