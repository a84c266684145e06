package io.tailrace.runtime.worker;

import io.tailrace.log.api.Admin;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToIntFunction;

/** Partition counts of output topics, asked for once per topic: a count does not change. Owner: the worker's thread. */
public final class TopicPartitionCounts implements ToIntFunction<String> {
    private final Admin admin;
    private final Map<String, Integer> known = new HashMap<>();

    public TopicPartitionCounts(Admin admin) {
        this.admin = admin;
    }

    /** @throws io.tailrace.common.errors.UnknownTopicOrPartitionException when there is no such topic */
    @Override
    public int applyAsInt(String topic) {
        Integer count = known.get(topic);
        if (count == null) {
            count = admin.describeTopic(topic).partitions();
            known.put(topic, count);
        }
        return count;
    }
}
