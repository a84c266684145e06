package io.tailrace.log.partition;

import io.tailrace.log.record.BatchLayout;

/**
 * Limits of a partition.
 *
 * @param segmentBytes a segment is full when the next batch would make it larger than this; one batch always fits. From 1
 * @param indexIntervalBytes bytes of log for each entry of the sparse indexes; from 1
 * @param maxBatchBytes largest batch that is accepted, header included; from 61
 */
public record PartitionConfig(int segmentBytes, int indexIntervalBytes, int maxBatchBytes) {

    /** Segments of 1 GiB, an index entry every 4 KiB, batches up to 16 MiB. */
    public static final PartitionConfig DEFAULT = new PartitionConfig(1 << 30, 4096, 16 << 20);

    public PartitionConfig {
        check("segmentBytes", segmentBytes, 1);
        check("indexIntervalBytes", indexIntervalBytes, 1);
        check("maxBatchBytes", maxBatchBytes, BatchLayout.HEADER_BYTES);
    }

    public PartitionConfig withSegmentBytes(int newSegmentBytes) {
        return new PartitionConfig(newSegmentBytes, indexIntervalBytes, maxBatchBytes);
    }

    public PartitionConfig withIndexIntervalBytes(int newIndexIntervalBytes) {
        return new PartitionConfig(segmentBytes, newIndexIntervalBytes, maxBatchBytes);
    }

    public PartitionConfig withMaxBatchBytes(int newMaxBatchBytes) {
        return new PartitionConfig(segmentBytes, indexIntervalBytes, newMaxBatchBytes);
    }

    private static void check(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " " + value + ", expected " + least + " or more");
        }
    }
}
