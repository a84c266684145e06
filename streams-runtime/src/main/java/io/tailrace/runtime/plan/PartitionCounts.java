package io.tailrace.runtime.plan;

import io.tailrace.errors.TopologyException;
import io.tailrace.topology.RepartitionTopic;
import io.tailrace.topology.SubtopologySpec;
import io.tailrace.topology.TopologyGraph;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Finds how many partitions each source topic has, or shall have.
 *
 * <p>Counts of external topics and of repartition topics with a given number are pinned, and pin the other repartition
 * topics of their copartition group. The rest grows from below until nothing changes: to the largest count among the sources
 * of the sub-topologies that write to it, and to the largest one of its group. Growing only up, the loop ends even where
 * topics feed each other.
 */
final class PartitionCounts {
    private final TopologyGraph graph;
    private final Map<String, Integer> pinned = new LinkedHashMap<>();
    private final Map<String, Integer> growing = new LinkedHashMap<>();

    private PartitionCounts(TopologyGraph graph) {
        this.graph = graph;
    }

    /**
     * @param external partition counts of the external source topics
     * @return by the names that the graph uses
     * @throws TopologyException when topics of one copartition group differ, or a count cannot be found
     */
    static Map<String, Integer> resolve(TopologyGraph graph, Map<String, Integer> external) {
        PartitionCounts counts = new PartitionCounts(graph);
        counts.pinned.putAll(external);
        counts.pinRepartitionTopics();
        counts.grow();
        return counts.result();
    }

    private void pinRepartitionTopics() {
        for (RepartitionTopic topic : graph.repartitionTopics()) {
            topic.partitions().ifPresent(partitions -> pinned.put(topic.name(), partitions));
        }
        for (Set<String> group : graph.copartitionGroups()) {
            Map<String, Integer> fixed = new TreeMap<>();
            group.stream().filter(pinned::containsKey).forEach(topic -> fixed.put(topic, pinned.get(topic)));
            if (Set.copyOf(fixed.values()).size() > 1) {
                throw new TopologyException("topics that are joined must have equal partition counts, found " + fixed
                        + ": repartition one of them with the count of the other before the join");
            }
            fixed.values().stream().findFirst().ifPresent(count -> group.forEach(topic -> pinned.put(topic, count)));
        }
        for (RepartitionTopic topic : graph.repartitionTopics()) {
            if (!pinned.containsKey(topic.name())) {
                growing.put(topic.name(), 0);
            }
        }
    }

    private void grow() {
        boolean changed = true;
        while (changed) {
            changed = false;
            for (SubtopologySpec part : graph.subtopologies()) {
                changed |= raise(part.sinkTopics(), largest(part.sourceTopics()));
            }
            for (Set<String> group : graph.copartitionGroups()) {
                changed |= raise(group, largest(group));
            }
        }
    }

    private boolean raise(Set<String> topics, int least) {
        boolean changed = false;
        for (String topic : topics) {
            Integer count = growing.get(topic);
            if (count != null && count < least) {
                growing.put(topic, least);
                changed = true;
            }
        }
        return changed;
    }

    private int largest(Set<String> topics) {
        return topics.stream().mapToInt(this::count).max().orElse(0);
    }

    private int count(String topic) {
        return pinned.getOrDefault(topic, growing.getOrDefault(topic, 0));
    }

    private Map<String, Integer> result() {
        Map<String, Integer> counts = new HashMap<>(pinned);
        growing.forEach((topic, count) -> {
            if (count == 0 && graph.readsPatterns()) {
                return; // nothing matches yet
            }
            if (count == 0) {
                throw new TopologyException("repartition topic '" + topic
                        + "' is written by nothing that has a partition" + " count: give the count in the topology");
            }
            counts.put(topic, count);
        });
        return Map.copyOf(counts);
    }
}
