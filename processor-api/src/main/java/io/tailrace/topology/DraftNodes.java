package io.tailrace.topology;

import io.tailrace.errors.TopologyException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The nodes of a topology that is being put together, and the rules for their names, parents and topics. Checks change nothing;
 * what is added was checked. Owner: one thread.
 */
final class DraftNodes {
    private final Map<String, NodeSpec> nodes = new LinkedHashMap<>();
    private final List<String> sourceOrder = new ArrayList<>();
    private final Map<String, String> sourceByTopic = new HashMap<>();
    private final Set<String> globalNames = new HashSet<>(); // of nodes that belong to global stores

    /** The nodes in the order in which they were added, without those of global stores. A view. */
    Map<String, NodeSpec> byName() {
        return Collections.unmodifiableMap(nodes);
    }

    /** The names of all sources, those of global stores too, in the order in which they were added. A view. */
    List<String> sourceOrder() {
        return Collections.unmodifiableList(sourceOrder);
    }

    boolean isRead(String topic) {
        return sourceByTopic.containsKey(topic);
    }

    void addSource(SourceSpec source) {
        nodes.put(source.name(), source);
        readBy(source);
    }

    void addGlobal(SourceSpec source, String processorName) {
        globalNames.add(source.name());
        globalNames.add(processorName);
        readBy(source);
    }

    /** Adds a processor or a sink, or takes it for the node of the same name, in its place. */
    void put(NodeSpec node) {
        nodes.put(node.name(), node);
    }

    /** @throws TopologyException when there is no such processor to connect a store to */
    ProcessorSpec processor(String name) {
        NodeSpec node = nodes.get(name);
        if (node instanceof ProcessorSpec processor) {
            return processor;
        }
        throw new TopologyException(
                node == null
                        ? "a store is to be connected to processor '" + name
                                + "', which is not in the topology: add it first, under this very name"
                        : "a store is to be connected to '" + name
                                + "', which is a source or a sink: only processors use stores");
    }

    void checkNew(String name) {
        Names.checkNode(name);
        if (globalNames.contains(name) || nodes.containsKey(name)) {
            throw new TopologyException("a node '" + name + "' exists already: give every node a name of its own");
        }
    }

    void checkNewSource(SourceSpec source) {
        checkNew(source.name());
        if (source.topics().isEmpty() && source.topicPattern() == null) {
            throw new TopologyException("source '" + source.name() + "' reads no topic: name at least one");
        }
        for (String topic : source.topics()) {
            Names.checkTopic(topic, source.name());
            String other = sourceByTopic.get(topic);
            if (other != null) {
                throw new TopologyException("topic '" + topic + "' of source '" + source.name()
                        + "' is read by source '" + other + "' already: use that one as the parent instead");
            }
            for (NodeSpec node : nodes.values()) {
                checkPattern(node, topic, source.name());
            }
        }
        sourceByTopic.forEach((topic, reader) -> checkPattern(source, topic, reader));
    }

    /** @param node begins the messages: what the node is, and its name */
    void checkParents(String node, List<String> parents) {
        if (parents.isEmpty()) {
            throw new TopologyException(node + " has no parent: name at least one node that forwards to it");
        }
        Names.distinct(node + " has the parent", parents);
        for (String parent : parents) {
            NodeSpec found = nodes.get(parent);
            if (found == null) {
                throw new TopologyException(node + " has the parent '" + parent + "', which is not among the nodes "
                        + nodes.keySet() + ": add the parent first");
            }
            if (found instanceof SinkSpec) {
                throw new TopologyException(
                        node + " has the sink '" + parent + "' as a parent, but nothing follows a sink");
            }
        }
    }

    /** Every node must be in one of the sub-topologies. */
    void checkAllIn(Collection<SubtopologySpec> subtopologies) {
        Set<String> connected = new HashSet<>();
        subtopologies.forEach(part -> part.nodes().forEach(node -> connected.add(node.name())));
        for (String node : nodes.keySet()) {
            if (!connected.contains(node)) {
                throw new TopologyException("processor '" + node + "' has no parent and shares no store with a"
                        + " processor that has one, so it belongs to no task: name a parent or connect a store");
            }
        }
    }

    private void readBy(SourceSpec source) {
        sourceOrder.add(source.name());
        source.topics().forEach(topic -> sourceByTopic.put(topic, source.name()));
    }

    private static void checkPattern(NodeSpec node, String topic, String reader) {
        if (node instanceof SourceSpec source) {
            Pattern pattern = source.topicPattern();
            if (pattern != null && pattern.matcher(topic).matches()) {
                throw new TopologyException("topic '" + topic + "' of source '" + reader + "' matches the pattern '"
                        + pattern + "' of source '" + source.name() + "': only one may read a topic");
            }
        }
    }
}
