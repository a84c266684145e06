package io.tailrace.runtime.metadata;

import io.tailrace.common.TopicPartition;
import io.tailrace.processor.TaskId;
import java.util.Map;
import java.util.Set;

/**
 * One running task.
 *
 * @param topicPartitions that it reads
 * @param committedOffsets next to read, by input partition; without those that have none yet
 * @param endOffsets of the input partitions in the log, when this was made
 */
public record TaskMetadata(
        TaskId taskId,
        Set<TopicPartition> topicPartitions,
        Map<TopicPartition, Long> committedOffsets,
        Map<TopicPartition, Long> endOffsets) {
    public TaskMetadata {
        topicPartitions = Set.copyOf(topicPartitions);
        committedOffsets = Map.copyOf(committedOffsets);
        endOffsets = Map.copyOf(endOffsets);
    }
}
