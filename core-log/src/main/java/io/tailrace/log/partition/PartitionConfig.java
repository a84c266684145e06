package io.tailrace.log.partition;

import io.tailrace.log.api.Durability;
import io.tailrace.log.record.BatchLayout;

/**
 * Limits of a partition, and what it promises.
 *
 * @param segmentBytes a segment is full when the next batch would make it larger than this; one batch always fits. From 1
 * @param indexIntervalBytes bytes of log for each entry of the sparse indexes; from 1
 * @param maxBatchBytes largest batch that is accepted, header included; from 61
 * @param keysRequired whether a batch of a client with a record without key is refused, as compacted topics want it
 * @param durability when readers see a batch, and whether a full segment is forced before the next one is begun
 */
public record PartitionConfig(
        int segmentBytes, int indexIntervalBytes, int maxBatchBytes, boolean keysRequired, Durability durability) {

    /** Segments of 1 GiB, an index entry every 4 KiB, batches up to 16 MiB. */
    public static final PartitionConfig DEFAULT = new PartitionConfig(1 << 30, 4096, 16 << 20);

    /** With {@link Durability#OS}, and records without key. */
    public PartitionConfig(int segmentBytes, int indexIntervalBytes, int maxBatchBytes) {
        this(segmentBytes, indexIntervalBytes, maxBatchBytes, false, Durability.OS);
    }

    public PartitionConfig {
        check("segmentBytes", segmentBytes, 1);
        check("indexIntervalBytes", indexIntervalBytes, 1);
        check("maxBatchBytes", maxBatchBytes, BatchLayout.HEADER_BYTES);
    }

    public PartitionConfig withSegmentBytes(int newSegmentBytes) {
        return new PartitionConfig(newSegmentBytes, indexIntervalBytes, maxBatchBytes, keysRequired, durability);
    }

    public PartitionConfig withIndexIntervalBytes(int newIndexIntervalBytes) {
        return new PartitionConfig(segmentBytes, newIndexIntervalBytes, maxBatchBytes, keysRequired, durability);
    }

    public PartitionConfig withMaxBatchBytes(int newMaxBatchBytes) {
        return new PartitionConfig(segmentBytes, indexIntervalBytes, newMaxBatchBytes, keysRequired, durability);
    }

    public PartitionConfig withKeysRequired(boolean newKeysRequired) {
        return new PartitionConfig(segmentBytes, indexIntervalBytes, maxBatchBytes, newKeysRequired, durability);
    }

    public PartitionConfig withDurability(Durability newDurability) {
        return new PartitionConfig(segmentBytes, indexIntervalBytes, maxBatchBytes, keysRequired, newDurability);
    }

    private static void check(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " " + value + ", expected " + least + " or more");
        }
    }
}
