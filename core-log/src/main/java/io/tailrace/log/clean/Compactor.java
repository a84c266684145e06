package io.tailrace.log.clean;

import io.tailrace.log.catalog.TopicConfig;
import io.tailrace.log.partition.AbortedTransaction;
import io.tailrace.log.partition.FetchedBatches;
import io.tailrace.log.partition.PartitionHistory;
import io.tailrace.log.partition.SealedSegment;
import io.tailrace.log.partition.SegmentReplacement;
import io.tailrace.log.record.EmptyBatch;
import io.tailrace.log.record.RecordBatch;
import io.tailrace.log.record.RecordCursor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Compacts a partition: learns the last offset of each key of the dirty part, then writes all segments up to there again
 * without the records that have a later one. What one pass cannot hold in memory is left to the next.
 *
 * <p>No offset changes, and none is left out: where whole batches go, an empty one stands for their offsets (61 bytes for each
 * run), because only neighbours without a gap tell a damaged base offset, which no CRC covers.
 *
 * <p><b>Owner:</b> one thread. <b>Errors:</b> a damaged batch ends it with {@link
 * io.tailrace.common.errors.CorruptRecordException}; segments that were replaced until then stay so, nothing is lost.
 */
public final class Compactor {
    private static final int READ_BYTES = 1024 * 1024;

    private final long memoryBytes;
    private final Throttle throttle;

    /** @param memoryBytes for the offsets of keys; as many as do not fit are left to another pass */
    public Compactor(long memoryBytes, Throttle throttle) {
        this.memoryBytes = memoryBytes;
        this.throttle = throttle;
    }

    /** Compacts what is dirty. */
    public CompactionResult compact(PartitionHistory history, TopicConfig config, Dirtiness dirty, long nowMs) {
        List<SealedSegment> segments = history.sealedSegments().stream()
                .filter(segment -> segment.nextOffset() <= dirty.endOffset())
                .toList();
        if (segments.isEmpty()) {
            return new CompactionResult(dirty.firstDirtyOffset(), 0, 0);
        }
        Supplier<List<AbortedTransaction>> aborted =
                () -> history.abortedTransactions(segments.get(0).baseOffset(), dirty.endOffset());
        OffsetMap lastOffsets = new OffsetMap(memoryBytes, dirty.endOffset() - dirty.firstDirtyOffset());
        long end = learn(segments, dirty, new CleanedTransactions(aborted), lastOffsets);
        RecordSieve sieve = new RecordSieve(
                lastOffsets,
                end,
                new CleanedTransactions(aborted),
                history.lastBatches(),
                nowMs,
                nowMs + Math.min(config.cleanup().deleteRetentionMs(), Long.MAX_VALUE - nowMs));
        history.force(end); // or a power loss could take the latest record of a key whose older one is dropped here
        long before = 0;
        long after = 0;
        for (List<SealedSegment> group : groups(segments, end, config.segmentBytes())) {
            before += group.stream().mapToLong(SealedSegment::sizeInBytes).sum();
            after += rewrite(history, group, sieve);
        }
        return new CompactionResult(end, before, after);
    }

    /** Returns up to where the map knows the keys. */
    private long learn(
            List<SealedSegment> segments, Dirtiness dirty, CleanedTransactions transactions, OffsetMap lastOffsets) {
        for (SealedSegment segment : segments) {
            // Transactions that began before the dirty part are told by the index of aborted ones, not by their data.
            if (segment.nextOffset() <= dirty.firstDirtyOffset()) {
                continue;
            }
            long next = Math.max(segment.baseOffset(), dirty.firstDirtyOffset());
            while (next < segment.nextOffset()) {
                FetchedBatches batches = read(segment, next);
                for (RecordBatch batch : batches) {
                    if (batch.isControl() || transactions.onData(batch)) {
                        continue;
                    }
                    RecordCursor records = batch.records();
                    while (records.next()) {
                        ByteBuffer key = records.keyBuffer();
                        if (key != null && records.offset() >= next && !lastOffsets.put(key, records.offset())) {
                            return records.offset();
                        }
                    }
                }
                next = batches.nextOffset();
            }
        }
        return dirty.endOffset();
    }

    private FetchedBatches read(SealedSegment segment, long offset) {
        FetchedBatches batches = segment.read(offset, READ_BYTES);
        throttle.used(batches.sizeInBytes());
        return batches;
    }

    /** Neighbours that together are not larger than a segment may be, by bytes and by offsets. */
    static List<List<SealedSegment>> groups(List<SealedSegment> segments, long endOffset, int segmentBytes) {
        List<List<SealedSegment>> groups = new ArrayList<>();
        List<SealedSegment> group = new ArrayList<>();
        long bytes = 0;
        for (SealedSegment segment : segments) {
            if (segment.baseOffset() >= endOffset) {
                break;
            }
            boolean fits = !group.isEmpty()
                    && bytes + segment.sizeInBytes() <= segmentBytes
                    && segment.nextOffset() - 1 - group.get(0).baseOffset() <= Integer.MAX_VALUE;
            if (!fits && !group.isEmpty()) {
                groups.add(group);
                group = new ArrayList<>();
                bytes = 0;
            }
            group.add(segment);
            bytes += segment.sizeInBytes();
        }
        if (!group.isEmpty()) {
            groups.add(group);
        }
        return groups;
    }

    private long rewrite(PartitionHistory history, List<SealedSegment> group, RecordSieve sieve) {
        try (SegmentReplacement target = history.replace(group)) {
            boolean changed = group.size() > 1;
            int covers = 0; // those read less those written
            for (SealedSegment segment : group) {
                long next = segment.baseOffset();
                while (next < segment.nextOffset()) {
                    FetchedBatches batches = read(segment, next);
                    for (RecordBatch batch : batches) {
                        RecordBatch left = sieve.sift(batch);
                        if (left == null) {
                            covers += isCover(batch) ? 1 : 0;
                            changed |= !isCover(batch);
                        } else {
                            covers -= cover(target, left.baseOffset());
                            append(target, left.bytes());
                            changed |= left != batch;
                        }
                    }
                    next = batches.nextOffset();
                }
            }
            covers -= cover(target, group.get(group.size() - 1).nextOffset());
            if (!changed && covers == 0) {
                return target.sizeInBytes();
            }
            long size = target.sizeInBytes();
            target.commit();
            return size;
        }
    }

    private static boolean isCover(RecordBatch batch) {
        return batch.count() == 0 && !batch.hasProducer();
    }

    /** An empty batch for the offsets in front of the given one, if there are any. */
    private int cover(SegmentReplacement target, long offset) {
        if (target.nextOffset() >= offset) {
            return 0;
        }
        append(target, EmptyBatch.covering(target.nextOffset(), offset));
        return 1;
    }

    private void append(SegmentReplacement target, ByteBuffer bytes) {
        throttle.used(bytes.remaining());
        target.append(bytes);
    }
}
