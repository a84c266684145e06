package io.tailrace.log.group;

import java.util.Map;
import java.util.Set;

/** Topics that a test makes up: partition counts by name. */
record TopicMap(Map<String, Integer> counts) implements KnownTopics {

    @Override
    public int partitionCount(String topic) {
        return counts.getOrDefault(topic, 0);
    }

    @Override
    public Set<String> matchable() {
        return counts.keySet();
    }
}
