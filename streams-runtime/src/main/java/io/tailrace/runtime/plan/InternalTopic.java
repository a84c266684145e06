package io.tailrace.runtime.plan;

import java.util.Map;

/**
 * A topic that the application creates for itself.
 *
 * @param name in the log, thus with the application's id in front
 * @param partitions from 1
 * @param configs topic configs by Kafka's names
 */
public record InternalTopic(String name, int partitions, Map<String, String> configs) {
    public InternalTopic {
        configs = Map.copyOf(configs);
    }
}
