package io.tailrace.log.catalog;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * One topic of the catalog.
 *
 * @param id a topic that is deleted and created again has another one
 * @param configs only those that were set
 */
public record TopicEntry(String name, UUID id, int partitions, Map<String, String> configs) {

    public TopicEntry {
        TopicName.check(name);
        if (partitions < 1) {
            throw new IllegalArgumentException("topic " + name + ": partitions " + partitions + ", expected 1 or more");
        }
        configs = Map.copyOf(configs);
    }

    public TopicEntry withPartitions(int newPartitions) {
        return new TopicEntry(name, id, newPartitions, configs);
    }

    public TopicEntry withConfigs(Map<String, String> newConfigs) {
        return new TopicEntry(name, id, partitions, newConfigs);
    }

    /** Where the partitions keep their files, in order: {@code <topic>-<partition>} as in Kafka. */
    public List<String> directories() {
        return IntStream.range(0, partitions).mapToObj(this::directory).toList();
    }

    public String directory(int partition) {
        return name + "-" + partition;
    }
}
