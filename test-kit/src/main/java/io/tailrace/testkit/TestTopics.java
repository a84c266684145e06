package io.tailrace.testkit;

import io.tailrace.log.api.Admin;
import io.tailrace.log.api.NewTopic;
import io.tailrace.runtime.plan.PhysicalPlan;
import io.tailrace.topology.SinkSpec;
import io.tailrace.topology.SourceSpec;
import io.tailrace.topology.TopologyGraph;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The topics behind a driver. Those that the topology names are there from the start; one that a pattern matches is made when a
 * test writes to it. One thread.
 */
final class TestTopics {
    private final TopologyGraph graph;
    private final Admin admin;
    private final Set<String> inputs;

    private TestTopics(TopologyGraph graph, Admin admin) {
        this.graph = graph;
        this.admin = admin;
        this.inputs = PhysicalPlan.externalTopics(graph);
    }

    /** @param partitions by topic, where they are not 1 */
    static TestTopics create(TopologyGraph graph, Map<String, Integer> partitions, Admin admin) {
        TestTopics topics = new TestTopics(graph, admin);
        topics.createAll(partitions);
        return topics;
    }

    private void createAll(Map<String, Integer> partitions) {
        Map<String, Integer> topics = new TreeMap<>();
        inputs.forEach(topic -> topics.put(topic, 1));
        topics.putAll(partitions);
        Set<String> internal = new TreeSet<>();
        graph.repartitionTopics().forEach(topic -> internal.add(topic.name()));
        for (SinkSpec sink : graph.sinks()) {
            String topic = sink.topic();
            if (topic != null && !internal.contains(topic)) {
                topics.putIfAbsent(topic, 1);
            }
        }
        topics.forEach((topic, count) -> admin.createTopic(new NewTopic(topic, count)));
    }

    /** Whether the topology reads the topic by its name. */
    boolean isInput(String topic) {
        return inputs.contains(topic);
    }

    /**
     * Makes a topic that the topology reads by a pattern, with one partition, unless it is there.
     *
     * @throws IllegalArgumentException when no pattern matches it
     */
    void createMatched(String topic) {
        boolean matches = graph.sources().stream()
                .map(SourceSpec::topicPattern)
                .anyMatch(pattern -> pattern != null && pattern.matcher(topic).matches());
        if (!matches) {
            throw new IllegalArgumentException("Unknown topic: " + topic + ", the topology reads " + inputs);
        }
        if (admin.findTopic(topic).isEmpty()) {
            admin.createTopic(new NewTopic(topic, 1));
        }
    }
}
