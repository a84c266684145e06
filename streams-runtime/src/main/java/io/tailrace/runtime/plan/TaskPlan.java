package io.tailrace.runtime.plan;

import io.tailrace.common.TopicPartition;
import io.tailrace.processor.TaskId;
import io.tailrace.topology.NodeSpec;
import io.tailrace.topology.StoreSpec;
import java.util.List;
import java.util.Map;

/**
 * One task: the nodes and stores of a sub-topology on one partition of its topics.
 *
 * @param nodes every parent before its children
 * @param stores those that the task owns
 * @param inputs partitions it reads, by their names in the log
 * @param changelogs by store name; stores without one are left out
 */
public record TaskPlan(
        TaskId id,
        List<NodeSpec> nodes,
        List<StoreSpec> stores,
        List<TopicPartition> inputs,
        Map<String, TopicPartition> changelogs) {
    public TaskPlan {
        nodes = List.copyOf(nodes);
        stores = List.copyOf(stores);
        inputs = List.copyOf(inputs);
        changelogs = Map.copyOf(changelogs);
    }
}
