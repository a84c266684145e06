package io.tailrace.log.client;

import io.tailrace.common.TopicPartition;
import io.tailrace.log.record.BatchWriter;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * How the batches of one producer get into partitions: what they say about their producer, and what has to be so before.
 *
 * <p><b>Threads:</b> any; for one partition one at a time.
 */
abstract class Appender {
    private record Target(UUID topicId, int partition) {}

    private final ConcurrentMap<Target, Sequence> sequences = new ConcurrentHashMap<>();

    /** The numbering of one partition; it outlives whatever a producer keeps for its partitions. */
    Sequence sequence(Topic topic, int index) {
        return sequences.computeIfAbsent(new Target(topic.id(), index), target -> new Sequence());
    }

    /** A batch for the partition has its first record; called under the partition's accumulator lock. */
    abstract void begun(TopicPartition partition);

    /**
     * Finishes the batch and appends it; called under the partition's accumulator lock.
     *
     * @return the offset of its first record
     */
    abstract long append(Topic topic, int index, BatchWriter batch, Sequence sequence);

    /** A batch that was appended cannot be acknowledged: nobody knows whether the device has it. */
    void unacknowledged(RuntimeException failure) {}
}
