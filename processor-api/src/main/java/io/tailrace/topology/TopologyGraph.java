package io.tailrace.topology;

import io.tailrace.errors.TopologyException;
import io.tailrace.processor.api.ProcessorSupplier;
import io.tailrace.processor.api.ProcessorWrapper;
import io.tailrace.state.StoreBuilder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

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

    public static Builder builder() {
        return new Builder();
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
                Set<String> topics = new TreeSet<>();
                candidates.stream()
                        .filter(topic -> pattern.matcher(topic).matches())
                        .forEach(topics::add);
                for (String topic : topics) {
                    String other = readers.putIfAbsent(topic, source.name());
                    if (other != null) {
                        throw new TopologyException("topic '" + topic + "' matches the patterns of two sources, '"
                                + other + "' and '" + source.name() + "': only one may read a topic");
                    }
                }
                found.put(source.name(), source.withTopics(topics));
            }
        }
        List<CopartitionGroup> groups = new ArrayList<>();
        for (CopartitionGroup group : copartitionGroups) {
            Set<String> topics = new LinkedHashSet<>(group.topics());
            group.patternSources()
                    .forEach(name -> topics.addAll(((SourceSpec) Objects.requireNonNull(found.get(name))).topics()));
            groups.add(new CopartitionGroup(topics, group.patternSources()));
        }
        return new TopologyGraph(found, sourceOrder, stores, globalStores, repartitionTopics, groups);
    }

    /**
     * This topology with its processors wrapped, and with the stores that the wrapped ones bring along.
     *
     * @throws TopologyException when a store that is brought along clashes with another
     */
    public TopologyGraph wrappedBy(ProcessorWrapper wrapper) {
        Builder wrapped = new Builder();
        wrapped.nodes.putAll(nodes);
        wrapped.sourceOrder.addAll(sourceOrder);
        for (StoreSpec store : stores) {
            wrapped.stores.put(store.name(), store.builder());
            if (store.sourceTopic() != null) {
                wrapped.sourceTopics.put(store.name(), store.sourceTopic());
            }
        }
        globalStores.forEach(store -> wrapped.globalStores.put(
                store.name(),
                new GlobalStoreSpec(store.source(), Wrapping.of(store.processor(), wrapper), store.builder())));
        wrapped.repartitionTopics.putAll(repartitionTopics.stream()
                .collect(Collectors.toMap(
                        RepartitionTopic::name, Function.identity(), (a, b) -> a, LinkedHashMap::new)));
        wrapped.copartitionGroups.addAll(copartitionGroups);
        processors().forEach(processor -> wrapped.exchange(Wrapping.of(processor, wrapper)));
        return wrapped.snapshot();
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

    /**
     * Collects nodes and stores; every method checks at once and throws {@link TopologyException}, leaving the builder as
     * it was. Owner: one thread.
     */
    public static final class Builder {
        private final Map<String, NodeSpec> nodes = new LinkedHashMap<>();
        private final List<String> sourceOrder = new ArrayList<>();
        private final Map<String, String> sourceByTopic = new HashMap<>();
        private final Map<String, StoreBuilder<?>> stores = new LinkedHashMap<>();
        private final Map<String, String> sourceTopics = new HashMap<>(); // by store
        private final Map<String, GlobalStoreSpec> globalStores = new LinkedHashMap<>();
        private final Map<String, RepartitionTopic> repartitionTopics = new LinkedHashMap<>();
        private final List<CopartitionGroup> copartitionGroups = new ArrayList<>();

        private Builder() {}

        public Builder addSource(SourceSpec source) {
            checkSource(source);
            nodes.put(source.name(), source);
            sourceOrder.add(source.name());
            source.topics().forEach(topic -> sourceByTopic.put(topic, source.name()));
            return this;
        }

        /**
         * Adds a processor together with the stores that its supplier brings along.
         *
         * @param processor its {@code stores} must have been added
         * @throws IllegalArgumentException when the supplier returns the same instance twice
         */
        public Builder addProcessor(ProcessorSpec processor) {
            checkNewNode(processor.name());
            if (!processor.parents().isEmpty()) {
                checkParents("processor '" + processor.name() + "'", processor.parents());
            }
            processor.stores().forEach(store -> checkConnectable(processor.name(), store));
            Set<StoreBuilder<?>> supplied = suppliedStores(processor.supplier());
            checkClashes(processor.name(), supplied);
            checkSupplier(processor.name(), processor.supplier());

            nodes.put(processor.name(), processor);
            supplied.forEach(store -> addStateStore(store, processor.name()));
            return this;
        }

        /** Takes a node of the same name for the one that is there, and the stores that it brings along. */
        private void exchange(ProcessorSpec processor) {
            Set<StoreBuilder<?>> supplied = suppliedStores(processor.supplier());
            checkClashes(processor.name(), supplied);
            checkSupplier(processor.name(), processor.supplier());
            nodes.put(processor.name(), processor);
            supplied.forEach(store -> addStateStore(store, processor.name()));
        }

        public Builder addSink(SinkSpec sink) {
            checkNewNode(sink.name());
            checkParents("sink '" + sink.name() + "'", sink.parents());
            if (sink.topic() != null) {
                Names.checkTopic(sink.topic(), sink.name());
            }
            nodes.put(sink.name(), sink);
            return this;
        }

        /** Adds a store and connects it; adding the same builder instance again only connects it. */
        public Builder addStateStore(StoreBuilder<?> store, String... processorNames) {
            checkStore(store);
            for (String processor : processorNames) {
                processor(processor);
            }
            stores.put(store.name(), store);
            for (String processor : processorNames) {
                connect(processor, store.name());
            }
            return this;
        }

        /** Lets a processor use stores; connecting again what is connected does nothing. */
        public Builder connect(String processorName, String... storeNames) {
            ProcessorSpec processor = processor(processorName);
            for (String store : storeNames) {
                checkConnectable(processorName, store);
                processor = processor.withStore(store);
            }
            nodes.put(processorName, processor);
            return this;
        }

        /**
         * Adds a global store with its own source and processor.
         *
         * @param source reads exactly one topic
         * @param store with logging disabled
         * @throws IllegalArgumentException when the supplier returns the same instance twice
         */
        public Builder addGlobalStore(
                SourceSpec source,
                String processorName,
                ProcessorSupplier<?, ?, ?, ?> supplier,
                StoreBuilder<?> store) {
            checkSource(source);
            checkNewNode(processorName);
            if (source.name().equals(processorName)) {
                throw new TopologyException("source and processor of global store '" + store.name()
                        + "' are both named '" + processorName + "': give each a name of its own");
            }
            if (source.topics().size() != 1) {
                throw new TopologyException("global store '" + store.name() + "' reads topics " + source.topics()
                        + ": expected exactly one");
            }
            Names.checkStore(store.name());
            if (stores.containsKey(store.name()) || globalStores.containsKey(store.name())) {
                throw new TopologyException(
                        "store '" + store.name() + "' was added before: give the global store another name");
            }
            if (store.loggingEnabled()) {
                throw new TopologyException("global store '" + store.name()
                        + "' has logging enabled, but it is restored from its topic: call withLoggingDisabled()");
            }
            for (StoreBuilder<?> supplied : suppliedStores(supplier)) {
                if (supplied != store) {
                    throw new TopologyException("processor '" + processorName + "' brings along store '"
                            + supplied.name() + "', but it may use only its global store '" + store.name() + "'");
                }
            }
            checkSupplier(processorName, supplier);

            ProcessorSpec processor =
                    new ProcessorSpec(processorName, supplier, List.of(source.name()), Set.of(store.name()));
            globalStores.put(store.name(), new GlobalStoreSpec(source, processor, store));
            sourceOrder.add(source.name());
            source.topics().forEach(topic -> sourceByTopic.put(topic, source.name()));
            return this;
        }

        /**
         * Adds a store that a topic fills, with its own source and processor: each task has the partition of the topic that it reads
         * (KIP-813). Other processors are connected as usual, to read it.
         *
         * @param source reads exactly one topic, which is what the store is restored from
         * @param store with logging disabled
         * @throws IllegalArgumentException when the supplier returns the same instance twice
         */
        public Builder addReadOnlyStateStore(
                SourceSpec source,
                String processorName,
                ProcessorSupplier<?, ?, ?, ?> supplier,
                StoreBuilder<?> store) {
            if (source.topics().size() != 1) {
                throw new TopologyException("read-only store '" + store.name() + "' reads topics " + source.topics()
                        + ": expected exactly one");
            }
            if (store.loggingEnabled()) {
                throw new TopologyException("read-only store '" + store.name()
                        + "' has logging enabled, but it is restored from its topic: call withLoggingDisabled()");
            }
            checkStore(store);
            addSource(source);
            addProcessor(new ProcessorSpec(processorName, supplier, List.of(source.name()), Set.of()));
            addStateStore(store, processorName);
            sourceTopics.put(store.name(), source.topics().iterator().next());
            return this;
        }

        /** Makes a topic, which a source must read in the end, an internal one. */
        public Builder addRepartitionTopic(RepartitionTopic topic) {
            Names.checkTopic(topic.name(), topic.name());
            if (repartitionTopics.putIfAbsent(topic.name(), topic) != null) {
                throw new TopologyException("repartition topic '" + topic.name() + "' was added before: add it once");
            }
            return this;
        }

        /** Says that these topics, which sources must read in the end, need equal partition counts. */
        public Builder addCopartitionGroup(Set<String> topics) {
            return addCopartitionGroup(topics, Set.of());
        }

        /**
         * As above, with the topics that patterns will match.
         *
         * @param patternSources names of sources that read a pattern
         */
        public Builder addCopartitionGroup(Set<String> topics, Set<String> patternSources) {
            copartitionGroups.add(new CopartitionGroup(topics, patternSources));
            return this;
        }

        /**
         * The finished graph. The builder stays usable; later calls do not change the graph.
         *
         * @throws TopologyException when nothing is read, or an internal topic or one to be copartitioned is not
         */
        public TopologyGraph build() {
            if (sourceOrder.isEmpty()) {
                throw new TopologyException("it has no source, so there is nothing to process: add one with"
                        + " Topology.addSource(...) or StreamsBuilder.stream(...)");
            }
            repartitionTopics.keySet().forEach(topic -> checkIsRead("repartition topic", topic));
            copartitionGroups.forEach(
                    group -> group.topics().forEach(topic -> checkIsRead("copartitioned topic", topic)));
            TopologyGraph graph = snapshot();
            Set<String> connected = new HashSet<>();
            graph.subtopologies().forEach(part -> part.nodes().forEach(node -> connected.add(node.name())));
            for (String node : nodes.keySet()) {
                if (!connected.contains(node)) {
                    throw new TopologyException("processor '" + node + "' has no parent and shares no store with a"
                            + " processor that has one, so it belongs to no task: name a parent or connect a store");
                }
            }
            return graph;
        }

        /** What was added so far, complete or not. */
        TopologyGraph snapshot() {
            Map<String, Set<String>> users = new HashMap<>();
            for (NodeSpec node : nodes.values()) {
                if (node instanceof ProcessorSpec processor) {
                    for (String store : processor.stores()) {
                        users.computeIfAbsent(store, s -> new LinkedHashSet<>()).add(processor.name());
                    }
                }
            }
            List<StoreSpec> storeSpecs = new ArrayList<>();
            stores.forEach((name, store) ->
                    storeSpecs.add(new StoreSpec(store, users.getOrDefault(name, Set.of()), sourceTopics.get(name))));
            return new TopologyGraph(
                    nodes,
                    sourceOrder,
                    storeSpecs,
                    List.copyOf(globalStores.values()),
                    List.copyOf(repartitionTopics.values()),
                    copartitionGroups);
        }

        private void checkNewNode(String name) {
            Names.checkNode(name);
            boolean global = globalStores.values().stream()
                    .anyMatch(store -> store.source().name().equals(name)
                            || store.processor().name().equals(name));
            if (global || nodes.containsKey(name)) {
                throw new TopologyException("a node '" + name + "' exists already: give every node a name of its own");
            }
        }

        private void checkSource(SourceSpec source) {
            checkNewNode(source.name());
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

        private static void checkPattern(NodeSpec node, String topic, String reader) {
            if (node instanceof SourceSpec source) {
                Pattern pattern = source.topicPattern();
                if (pattern != null && pattern.matcher(topic).matches()) {
                    throw new TopologyException("topic '" + topic + "' of source '" + reader + "' matches the pattern '"
                            + pattern + "' of source '" + source.name() + "': only one may read a topic");
                }
            }
        }

        private void checkParents(String node, List<String> parents) {
            if (parents.isEmpty()) {
                throw new TopologyException(node + " has no parent: name at least one node that forwards to it");
            }
            Names.distinct(node + " has the parent", parents.toArray(String[]::new));
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

        private ProcessorSpec processor(String name) {
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

        private void checkConnectable(String processor, String store) {
            if (globalStores.containsKey(store)) {
                throw new TopologyException("global store '" + store + "' is to be connected to processor '" + processor
                        + "': every processor may read it anyway, so do not connect it");
            }
            if (!stores.containsKey(store)) {
                throw new TopologyException("store '" + store + "' is to be connected to processor '" + processor
                        + "', but is not among the stores " + stores.keySet() + ": add the store first");
            }
        }

        private void checkStore(StoreBuilder<?> store) {
            Names.checkStore(store.name());
            StoreBuilder<?> known = stores.get(store.name());
            if (globalStores.containsKey(store.name()) || (known != null && known != store)) {
                throw new TopologyException("another store '" + store.name()
                        + "' was added before: share that StoreBuilder instance, or give this one another name");
            }
        }

        private void checkClashes(String processor, Set<StoreBuilder<?>> supplied) {
            supplied.forEach(this::checkStore);
            Names.distinct(
                    "processor '" + processor + "' brings along store",
                    supplied.stream().map(StoreBuilder::name).toArray(String[]::new));
        }

        private void checkIsRead(String kind, String topic) {
            if (!sourceByTopic.containsKey(topic)) {
                throw new TopologyException(kind + " '" + topic + "' is not read by any source: add one");
            }
        }

        private static Set<StoreBuilder<?>> suppliedStores(ProcessorSupplier<?, ?, ?, ?> supplier) {
            Set<StoreBuilder<?>> stores = supplier.stores();
            return stores == null ? Set.of() : stores;
        }

        /** A shared instance would be called by several tasks, in several threads. */
        private static void checkSupplier(String processor, ProcessorSupplier<?, ?, ?, ?> supplier) {
            Object first = supplier.get();
            Object second = supplier.get();
            if (first == second) {
                throw new IllegalArgumentException("the supplier of processor '" + processor
                        + "' returned the same instance twice: get() must return a new one each time");
            }
        }
    }
}
