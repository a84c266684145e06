package io.tailrace.runtime.plan;

import io.tailrace.common.TopicPartition;
import io.tailrace.processor.TaskId;
import io.tailrace.topology.NodeSpec;
import io.tailrace.topology.StoreSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One task: the nodes and stores of a sub-topology on one partition of its topics.
 *
 * @param nodes every parent before its children
 * @param stores those that the task owns
 * @param inputs partitions it reads, by their names in the log
 * @param changelogs by store name; stores without one are left out
 * @param global whether this is the task behind a global store, which is restored from the inputs
 */
public record TaskPlan(
        TaskId id,
        List<NodeSpec> nodes,
        List<StoreSpec> stores,
        List<TopicPartition> inputs,
        Map<String, TopicPartition> changelogs,
        boolean global) {
    public TaskPlan {
        nodes = List.copyOf(nodes);
        stores = List.copyOf(stores);
        inputs = List.copyOf(inputs);
        changelogs = Map.copyOf(changelogs);
    }

    /** The partitions that hold everything a store was filled with; none for a store that cannot be restored. */
    public List<TopicPartition> restoredFrom(String store) {
        TopicPartition changelog = changelogs.get(store);
        if (changelog != null) {
            return List.of(changelog);
        }
        return global ? inputs : filledBy(store).map(List::of).orElse(List.of());
    }

    /** The input partition that fills a store of this task, if it has one: the store holds what was processed of that. */
    public Optional<TopicPartition> filledBy(String store) {
        return stores.stream()
                .filter(spec -> spec.name().equals(store) && spec.sourceTopic() != null)
                .map(spec -> new TopicPartition(String.valueOf(spec.sourceTopic()), id.partition()))
                .filter(inputs::contains)
                .findFirst();
    }

    /** The input partitions that fill stores of this task. */
    public List<TopicPartition> filling() {
        return stores.stream().flatMap(spec -> filledBy(spec.name()).stream()).toList();
    }

    /** All partitions from which stores of this task are restored. */
    public List<TopicPartition> restoredFrom() {
        return stores.stream()
                .flatMap(store -> restoredFrom(store.name()).stream())
                .toList();
    }
}
