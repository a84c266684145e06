package io.tailrace.log.api;

import io.tailrace.common.TopicPartition;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * A topic as it exists.
 *
 * @param id a topic that is deleted and created again has another one
 * @param configs the effective value of every topic config, defaults included, by name
 */
public record TopicDescription(String name, UUID id, int partitions, Map<String, String> configs) {

    public TopicDescription {
        configs = Map.copyOf(configs);
    }

    /** All partitions of the topic in order. */
    public List<TopicPartition> topicPartitions() {
        return IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(name, partition))
                .toList();
    }
}
