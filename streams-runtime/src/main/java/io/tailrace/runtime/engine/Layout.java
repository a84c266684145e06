package io.tailrace.runtime.engine;

import io.tailrace.common.TopicPartition;
import io.tailrace.common.config.ConfigException;
import io.tailrace.log.api.EventLog;
import io.tailrace.processor.AutoOffsetReset;
import io.tailrace.runtime.config.StreamsConfig;
import io.tailrace.runtime.manifest.TopologyRecord;
import io.tailrace.runtime.plan.PhysicalPlan;
import io.tailrace.topology.SourceSpec;
import io.tailrace.topology.TopologyGraph;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What follows from a topology, its configuration and the topics of the log. Immutable.
 *
 * @param topics all that were in the log
 * @param inputs every partition that a task reads, of global stores too
 * @param offsetResets where to start in a topic of the log
 */
record Layout(
        PhysicalPlan plan,
        Set<String> topics,
        List<TopicPartition> inputs,
        Function<String, AutoOffsetReset> offsetResets) {
    /**
     * Lays the topology out, compares it with the one that ran last, and creates internal topics.
     *
     * @throws io.tailrace.errors.MissingSourceTopicException when external topics are not in the log
     * @throws io.tailrace.errors.TopologyException when the topology cannot be laid out on them, or would leave state behind
     */
    static Layout of(TopologyGraph graph, StreamsConfig config, EventLog log) {
        Set<String> topics = Set.copyOf(log.admin().listTopics());
        PhysicalPlan plan = InternalTopics.plan(graph, config.applicationId(), topicConfigs(config), log.admin());
        TopologyRecord record =
                TopologyRecord.check(plan, config.applicationId(), config.acceptsTopologyChanges(), log);
        InternalTopics.create(plan, log.admin());
        record.write();
        List<TopicPartition> inputs = Stream.concat(
                        plan.inputs().stream(), plan.globalTasks().stream().flatMap(task -> task.inputs().stream()))
                .distinct()
                .toList();
        return new Layout(plan, topics, inputs, offsetResets(plan, config));
    }

    private static Map<String, String> topicConfigs(StreamsConfig config) {
        Map<String, String> configs = new LinkedHashMap<>();
        config.originalsWithPrefix(StreamsConfig.TOPIC_PREFIX).forEach((name, value) -> {
            if (value == null) {
                throw new ConfigException(
                        StreamsConfig.TOPIC_PREFIX + name, null, "expected the value of a topic config");
            }
            configs.put(name, value.toString());
        });
        return configs;
    }

    /** Repartition topics are always read from their beginning: whatever is in there is work that was begun. */
    private static Function<String, AutoOffsetReset> offsetResets(PhysicalPlan plan, StreamsConfig config) {
        Map<String, AutoOffsetReset> resets = new HashMap<>();
        for (SourceSpec source : plan.graph().sources()) {
            AutoOffsetReset own = source.offsetReset();
            for (String topic : source.topics()) {
                resets.put(topic, own == null ? config.autoOffsetReset() : own);
            }
        }
        plan.graph()
                .repartitionTopics()
                .forEach(topic -> resets.put(plan.names().inLog(topic.name()), AutoOffsetReset.earliest()));
        AutoOffsetReset fallback = config.autoOffsetReset();
        return topic -> resets.getOrDefault(topic, fallback);
    }

    /** How many tasks own a store, by its name. */
    Map<String, Integer> storeInstances() {
        Map<String, Integer> instances = new HashMap<>();
        plan.graph().stores().forEach(store -> instances.put(store.name(), 0)); // also before a topic matches
        plan.tasks().forEach(task -> task.stores().forEach(store -> instances.merge(store.name(), 1, Integer::sum)));
        plan.globalTasks().forEach(task -> task.stores().forEach(store -> instances.put(store.name(), 1)));
        return instances;
    }
}
