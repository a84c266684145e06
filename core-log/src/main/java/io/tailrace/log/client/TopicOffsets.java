package io.tailrace.log.client;

import io.tailrace.common.TopicPartition;
import io.tailrace.log.api.IsolationLevel;
import io.tailrace.log.api.OffsetAndTimestamp;
import io.tailrace.log.partition.Partition;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * Where partitions begin and end, and where a time is in them; opens those that are not open yet.
 *
 * <p><b>Threads:</b> any.
 */
final class TopicOffsets {
    private final Topics topics;

    TopicOffsets(Topics topics) {
        this.topics = topics;
    }

    Map<TopicPartition, Long> beginning(Collection<TopicPartition> partitions) {
        return each(partitions, Partition::logStartOffset);
    }

    /** Where a reader of this isolation level finds nothing more. */
    Map<TopicPartition, Long> end(Collection<TopicPartition> partitions, IsolationLevel isolation) {
        return each(
                partitions,
                isolation == IsolationLevel.READ_COMMITTED ? Partition::lastStableOffset : Partition::highWatermark);
    }

    /** Behind the last record of one partition that readers see. */
    long end(TopicPartition partition) {
        return topics.partition(partition).highWatermark();
    }

    private Map<TopicPartition, Long> each(Collection<TopicPartition> partitions, ToLongFunction<Partition> offset) {
        Map<TopicPartition, Long> offsets = new LinkedHashMap<>();
        partitions.forEach(partition -> offsets.put(partition, offset.applyAsLong(topics.partition(partition))));
        return offsets;
    }

    /** The first record at or behind each time; partitions where all are older are left out. */
    Map<TopicPartition, OffsetAndTimestamp> forTimes(Map<TopicPartition, Long> timestamps) {
        Map<TopicPartition, OffsetAndTimestamp> found = new LinkedHashMap<>();
        timestamps.forEach((partition, timestamp) -> {
            PartitionCursor cursor = topics.cursor(partition);
            cursor.offsetForTimestamp(timestamp).ifPresent(offset -> {
                cursor.seek(offset);
                if (cursor.find(1)) {
                    found.put(partition, new OffsetAndTimestamp(cursor.offset(), cursor.timestamp()));
                }
            });
        });
        return found;
    }
}
