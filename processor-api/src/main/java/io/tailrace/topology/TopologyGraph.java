package io.tailrace.topology;

import io.tailrace.errors.TopologyException;
import io.tailrace.processor.api.ProcessorWrapper;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A whole topology: the only thing that a program and the runtime that executes it have in common. Immutable, for any
 * thread. Every list is in the order in which things were added, thus every parent before its children.
 *
 * <p>Topics that the graph names are external ones, which must exist, or {@link RepartitionTopic}s, which the runtime
 * creates under a longer name.
 */
public final class TopologyGraph {
    private final Map<String, NodeSpec> nodes;
    private final Map<String, List<String>> children;
    private final List<StoreSpec> stores;
    private final List<GlobalStoreSpec> globalStores;
    private final List<RepartitionTopic> repartitionTopics;
    private final List<String> sourceOrder;
    private final List<CopartitionGroup> copartitionGroups;
    private final Subtopologies subtopologies;

    /**
     * Copies what it is given; it was checked before.
     *
     * @param sourceOrder names of all sources, those of global stores too, as they were added
     */
    TopologyGraph(
            Map<String, NodeSpec> nodes,
            List<String> sourceOrder,
            List<StoreSpec> stores,
            List<GlobalStoreSpec> globalStores,
            List<RepartitionTopic> repartitionTopics,
            List<CopartitionGroup> copartitionGroups) {
        this.nodes = Collections.unmodifiableMap(new LinkedHashMap<>(nodes));
        this.stores = List.copyOf(stores);
        this.globalStores = List.copyOf(globalStores);
        this.repartitionTopics = List.copyOf(repartitionTopics);
        this.sourceOrder = List.copyOf(sourceOrder);
        this.copartitionGroups = List.copyOf(copartitionGroups);
        children = childrenOf(this.nodes);
        subtopologies = Subtopologies.of(this.nodes, sourceOrder, this.stores, this.globalStores);
    }

    public List<SourceSpec> sources() {
        return nodesOf(SourceSpec.class);
    }

    public List<ProcessorSpec> processors() {
        return nodesOf(ProcessorSpec.class);
    }

    public List<SinkSpec> sinks() {
        return nodesOf(SinkSpec.class);
    }

    /** The stores that tasks own; global ones are apart. */
    public List<StoreSpec> stores() {
        return stores;
    }

    /** Global stores with their sources and processors, which are not among the other nodes. */
    public List<GlobalStoreSpec> globalStores() {
        return globalStores;
    }

    public List<RepartitionTopic> repartitionTopics() {
        return repartitionTopics;
    }

    /** Sets of source topics, by logical name where internal, that must have equal partition counts. */
    public List<Set<String>> copartitionGroups() {
        return copartitionGroups.stream().map(CopartitionGroup::topics).toList();
    }

    /** Whether a source reads a pattern, so that the topics of the log decide what is read. */
    public boolean readsPatterns() {
        return sources().stream().anyMatch(source -> source.topicPattern() != null);
    }

    /**
     * This topology with the topics that its patterns match.
     *
     * @param candidates the topics that may be read: of the log, without internal ones
     * @throws TopologyException when two patterns match one topic
     */
    public TopologyGraph reading(Set<String> candidates) {
        if (!readsPatterns()) {
            return this;
        }
        Map<String, NodeSpec> found = new LinkedHashMap<>(nodes);
        Map<String, String> readers = new HashMap<>();
        for (SourceSpec source : sources()) {
            Pattern pattern = source.topicPattern();
            if (pattern != null) {
                SourceSpec reading = source.withTopics(matching(pattern, candidates));
                for (String topic : reading.topics()) {
                    String other = readers.putIfAbsent(topic, source.name());
                    if (other != null) {
                        throw new TopologyException("topic '" + topic + "' matches the patterns of two sources, '"
                                + other + "' and '" + source.name() + "': only one may read a topic");
                    }
                }
                found.put(source.name(), reading);
            }
        }
        List<CopartitionGroup> groups =
                copartitionGroups.stream().map(group -> group.reading(found)).toList();
        return new TopologyGraph(found, sourceOrder, stores, globalStores, repartitionTopics, groups);
    }

    /**
     * This topology with its processors wrapped, and with the stores that the wrapped ones bring along.
     *
     * @throws TopologyException when a store that is brought along clashes with another
     */
    public TopologyGraph wrappedBy(ProcessorWrapper wrapper) {
        Map<String, NodeSpec> wrappedNodes = new LinkedHashMap<>(nodes);
        List<GlobalStoreSpec> wrappedGlobals = globalStores.stream()
                .map(store -> store.withProcessor(Wrapping.of(store.processor(), wrapper)))
                .toList();
        DraftStores allStores = DraftStores.of(stores, globalStores);
        for (ProcessorSpec processor : processors()) {
            wrappedNodes.put(processor.name(), allStores.addSuppliedBy(Wrapping.of(processor, wrapper)));
        }
        return new TopologyGraph(
                wrappedNodes,
                sourceOrder,
                allStores.specs(wrappedNodes.values()),
                wrappedGlobals,
                repartitionTopics,
                copartitionGroups);
    }

    /** @throws IllegalArgumentException when there is no such node, or it belongs to a global store */
    public NodeSpec node(String name) {
        NodeSpec node = nodes.get(name);
        if (node == null) {
            throw new IllegalArgumentException("no node '" + name + "' in the topology, only " + nodes.keySet());
        }
        return node;
    }

    /**
     * The names of the nodes that the given one forwards to.
     *
     * @throws IllegalArgumentException when there is no such node, or it belongs to a global store
     */
    public List<String> children(String nodeName) {
        return children.getOrDefault(node(nodeName).name(), List.of());
    }

    /** The connected parts, by ascending id. */
    public List<SubtopologySpec> subtopologies() {
        return subtopologies.specs();
    }

    /** The id under which a description shows the global store. */
    int globalStoreId(GlobalStoreSpec store) {
        return subtopologies.globalStoreId(store.source().name());
    }

    private <N extends NodeSpec> List<N> nodesOf(Class<N> type) {
        return nodes.values().stream().filter(type::isInstance).map(type::cast).toList();
    }

    private static Set<String> matching(Pattern pattern, Set<String> candidates) {
        Set<String> topics = new TreeSet<>();
        candidates.stream().filter(topic -> pattern.matcher(topic).matches()).forEach(topics::add);
        return topics;
    }

    private static Map<String, List<String>> childrenOf(Map<String, NodeSpec> nodes) {
        Map<String, List<String>> children = new LinkedHashMap<>();
        for (NodeSpec node : nodes.values()) {
            for (String parent : node.parents()) {
                children.computeIfAbsent(parent, p -> new ArrayList<>()).add(node.name());
            }
        }
        children.replaceAll((parent, names) -> List.copyOf(names));
        return children;
    }
}
