package io.tailrace.runtime.plan;

import io.tailrace.topology.RepartitionTopic;
import io.tailrace.topology.TopologyGraph;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Turns the names that a topology speaks of into those in the log: internal topics get the application's id in front, so
 * that two applications on one log do not share them. Immutable.
 */
public final class TopicNames {
    private final String applicationId;
    private final Map<String, RepartitionTopic> repartitionTopics;

    TopicNames(TopologyGraph graph, String applicationId) {
        this.applicationId = applicationId;
        Map<String, RepartitionTopic> byName = new LinkedHashMap<>();
        graph.repartitionTopics().forEach(topic -> byName.put(topic.name(), topic));
        this.repartitionTopics = byName;
    }

    /** The name in the log of a topic that a source or sink names. */
    public String inLog(String topic) {
        return isInternal(topic) ? applicationId + "-" + topic : topic;
    }

    /** The name that sources and sinks use for a topic of the log. */
    public String inGraph(String topicInLog) {
        String prefix = applicationId + "-";
        String logical = topicInLog.startsWith(prefix) ? topicInLog.substring(prefix.length()) : topicInLog;
        return isInternal(logical) ? logical : topicInLog;
    }

    public String changelog(String store) {
        return applicationId + "-" + store + "-changelog";
    }

    /** The topics of the log that a pattern may match: those of others, and not the log's own. */
    Set<String> readableByPattern(TopologyGraph graph, Set<String> inLog) {
        Set<String> own = new HashSet<>();
        repartitionTopics.keySet().forEach(topic -> own.add(inLog(topic)));
        graph.stores().forEach(store -> own.add(changelog(store.name())));
        graph.sources().forEach(source -> own.addAll(source.topics()));
        graph.globalStores().forEach(store -> own.add(store.topic()));
        Set<String> readable = new TreeSet<>(inLog);
        readable.removeIf(topic -> topic.startsWith("__") || own.contains(topic));
        return readable;
    }

    boolean isInternal(String topic) {
        return repartitionTopics.containsKey(topic);
    }

    Map<String, RepartitionTopic> repartitionTopics() {
        return repartitionTopics;
    }
}
