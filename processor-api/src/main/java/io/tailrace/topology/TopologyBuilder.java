package io.tailrace.topology;

import io.tailrace.errors.TopologyException;
import io.tailrace.processor.api.ProcessorSupplier;
import io.tailrace.state.StoreBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Collects the nodes and stores of a {@link TopologyGraph}; every method checks at once and throws {@link TopologyException},
 * leaving the builder as it was. Owner: one thread.
 */
public final class TopologyBuilder {
    private final DraftNodes nodes = new DraftNodes();
    private final DraftStores stores = new DraftStores();
    private final Map<String, RepartitionTopic> repartitionTopics = new LinkedHashMap<>();
    private final List<CopartitionGroup> copartitionGroups = new ArrayList<>();

    public TopologyBuilder addSource(SourceSpec source) {
        nodes.checkNewSource(source);
        nodes.addSource(source);
        return this;
    }

    /**
     * Adds a processor together with the stores that its supplier brings along.
     *
     * @param processor its {@code stores} must have been added
     * @throws IllegalArgumentException when the supplier returns the same instance twice
     */
    public TopologyBuilder addProcessor(ProcessorSpec processor) {
        nodes.checkNew(processor.name());
        if (!processor.parents().isEmpty()) {
            nodes.checkParents("processor '" + processor.name() + "'", processor.parents());
        }
        processor.stores().forEach(store -> stores.checkConnectable(processor.name(), store));
        nodes.put(stores.addSuppliedBy(processor));
        return this;
    }

    public TopologyBuilder addSink(SinkSpec sink) {
        nodes.checkNew(sink.name());
        nodes.checkParents("sink '" + sink.name() + "'", sink.parents());
        if (sink.topic() != null) {
            Names.checkTopic(sink.topic(), sink.name());
        }
        nodes.put(sink);
        return this;
    }

    /** Adds a store and connects it; adding the same builder instance again only connects it. */
    public TopologyBuilder addStateStore(StoreBuilder<?> store, String... processorNames) {
        stores.check(store);
        for (String processor : processorNames) {
            nodes.processor(processor);
        }
        stores.add(store);
        for (String processor : processorNames) {
            connect(processor, store.name());
        }
        return this;
    }

    /** Lets a processor use stores; connecting again what is connected does nothing. */
    public TopologyBuilder connect(String processorName, String... storeNames) {
        ProcessorSpec processor = nodes.processor(processorName);
        for (String store : storeNames) {
            stores.checkConnectable(processorName, store);
            processor = processor.withStore(store);
        }
        nodes.put(processor);
        return this;
    }

    /**
     * Adds a global store with its own source and processor.
     *
     * @param source reads exactly one topic
     * @param store with logging disabled
     * @throws IllegalArgumentException when the supplier returns the same instance twice
     */
    public TopologyBuilder addGlobalStore(
            SourceSpec source, String processorName, ProcessorSupplier<?, ?, ?, ?> supplier, StoreBuilder<?> store) {
        nodes.checkNewSource(source);
        nodes.checkNew(processorName);
        if (source.name().equals(processorName)) {
            throw new TopologyException("source and processor of global store '" + store.name() + "' are both named '"
                    + processorName + "': give each a name of its own");
        }
        checkReadsOneTopic("global", store, source);
        stores.checkNewGlobal(store);
        ProcessorSpec processor =
                new ProcessorSpec(processorName, supplier, List.of(source.name()), Set.of(store.name()));
        for (StoreBuilder<?> supplied : processor.suppliedStores()) {
            if (supplied != store) {
                throw new TopologyException("processor '" + processorName + "' brings along store '" + supplied.name()
                        + "', but it may use only its global store '" + store.name() + "'");
            }
        }
        processor.checkSupplier();

        stores.addGlobal(new GlobalStoreSpec(source, processor, store));
        nodes.addGlobal(source, processorName);
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
    public TopologyBuilder addReadOnlyStateStore(
            SourceSpec source, String processorName, ProcessorSupplier<?, ?, ?, ?> supplier, StoreBuilder<?> store) {
        checkReadsOneTopic("read-only", store, source);
        DraftStores.checkUnlogged("read-only", store);
        stores.check(store);
        addSource(source);
        addProcessor(new ProcessorSpec(processorName, supplier, List.of(source.name()), Set.of()));
        addStateStore(store, processorName);
        stores.restoreFrom(source.topics().iterator().next(), store.name());
        return this;
    }

    /** Makes a topic, which a source must read in the end, an internal one. */
    public TopologyBuilder addRepartitionTopic(RepartitionTopic topic) {
        Names.checkTopic(topic.name(), topic.name());
        if (repartitionTopics.putIfAbsent(topic.name(), topic) != null) {
            throw new TopologyException("repartition topic '" + topic.name() + "' was added before: add it once");
        }
        return this;
    }

    /** Says that these topics, which sources must read in the end, need equal partition counts. */
    public TopologyBuilder addCopartitionGroup(Set<String> topics) {
        return addCopartitionGroup(topics, Set.of());
    }

    /**
     * As above, with the topics that patterns will match.
     *
     * @param patternSources names of sources that read a pattern
     */
    public TopologyBuilder addCopartitionGroup(Set<String> topics, Set<String> patternSources) {
        copartitionGroups.add(new CopartitionGroup(topics, patternSources));
        return this;
    }

    /**
     * The finished graph. The builder stays usable; later calls do not change the graph.
     *
     * @throws TopologyException when nothing is read, or an internal topic or one to be copartitioned is not
     */
    public TopologyGraph build() {
        if (nodes.sourceOrder().isEmpty()) {
            throw new TopologyException("it has no source, so there is nothing to process: add one with"
                    + " Topology.addSource(...) or StreamsBuilder.stream(...)");
        }
        repartitionTopics.keySet().forEach(topic -> checkIsRead("repartition topic", topic));
        copartitionGroups.forEach(group -> group.topics().forEach(topic -> checkIsRead("copartitioned topic", topic)));
        TopologyGraph graph = snapshot();
        nodes.checkAllIn(graph.subtopologies());
        return graph;
    }

    /** What was added so far, complete or not. */
    TopologyGraph snapshot() {
        return new TopologyGraph(
                nodes.byName(),
                nodes.sourceOrder(),
                stores.specs(nodes.byName().values()),
                stores.globalSpecs(),
                List.copyOf(repartitionTopics.values()),
                copartitionGroups);
    }

    private void checkIsRead(String kind, String topic) {
        if (!nodes.isRead(topic)) {
            throw new TopologyException(kind + " '" + topic + "' is not read by any source: add one");
        }
    }

    private static void checkReadsOneTopic(String kind, StoreBuilder<?> store, SourceSpec source) {
        if (source.topics().size() != 1) {
            throw new TopologyException(
                    kind + " store '" + store.name() + "' reads topics " + source.topics() + ": expected exactly one");
        }
    }
}
