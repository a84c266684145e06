package io.tailrace.log.inspect;

import io.tailrace.common.TopicPartition;
import io.tailrace.log.record.RecordBatch;
import java.util.HashMap;
import java.util.Map;

/** Counts what was looked at. Owner: one thread. */
final class Tally {
    private final ByteProgress progress;
    private final long totalBytes;
    private final Map<TopicPartition, Long> endOffsets = new HashMap<>();
    private int segments;
    private long batches;
    private long records;
    private long bytes;

    Tally(ByteProgress progress, long totalBytes) {
        this.progress = progress;
        this.totalBytes = totalBytes;
    }

    void onBatch(RecordBatch batch) {
        batches++;
        records += batch.count();
        onBytes(batch.sizeInBytes());
    }

    void onBytes(long more) {
        bytes += more;
        progress.onBytes(bytes, totalBytes);
    }

    void onSegment() {
        segments++;
    }

    void onPartition(TopicPartition partition, long endOffset) {
        endOffsets.put(partition, endOffset);
    }

    /** Behind the last intact record of each partition. */
    Map<TopicPartition, Long> endOffsets() {
        return endOffsets;
    }

    int segments() {
        return segments;
    }

    long batches() {
        return batches;
    }

    long records() {
        return records;
    }

    long bytes() {
        return bytes;
    }
}
