package io.tailrace.log.api;

import java.util.Map;

/**
 * A topic to be created.
 *
 * @param name 1 to 249 of the characters {@code a-z A-Z 0-9 . _ -}, and neither "." nor ".."
 * @param partitions from 1
 * @param configs topic configs by Kafka's names; see {@code docs/topic-configs.md} for those that exist
 */
public record NewTopic(String name, int partitions, Map<String, String> configs) {

    public NewTopic {
        if (partitions < 1) {
            throw new IllegalArgumentException("topic " + name + ": partitions " + partitions + ", expected 1 or more");
        }
        configs = Map.copyOf(configs);
    }

    /** A topic with default configs. */
    public NewTopic(String name, int partitions) {
        this(name, partitions, Map.of());
    }
}
