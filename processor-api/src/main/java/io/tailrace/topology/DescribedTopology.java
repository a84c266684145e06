package io.tailrace.topology;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The parts of a graph as a {@link TopologyDescription}. Two that print the same are equal. */
final class DescribedTopology implements TopologyDescription {
    private final Set<Subtopology> subtopologies;
    private final Set<GlobalStore> globalStores;

    private DescribedTopology(Set<Subtopology> subtopologies, Set<GlobalStore> globalStores) {
        this.subtopologies = Collections.unmodifiableSet(subtopologies);
        this.globalStores = Collections.unmodifiableSet(globalStores);
    }

    static TopologyDescription of(TopologyGraph graph) {
        DescribedNodes nodes = DescribedNodes.of(graph);
        Set<Subtopology> subtopologies = new LinkedHashSet<>();
        for (SubtopologySpec spec : graph.subtopologies()) {
            subtopologies.add(new Part(spec.id(), nodes.sorted(spec)));
        }
        TreeMap<Integer, GlobalStore> globalStores = new TreeMap<>();
        for (GlobalStoreSpec spec : graph.globalStores()) {
            int id = graph.globalStoreId(spec);
            globalStores.put(id, new Global(id, DescribedNodes.source(spec), DescribedNodes.processor(spec)));
        }
        return new DescribedTopology(subtopologies, new LinkedHashSet<>(globalStores.values()));
    }

    @Override
    public Set<Subtopology> subtopologies() {
        return subtopologies;
    }

    @Override
    public Set<GlobalStore> globalStores() {
        return globalStores;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DescribedTopology that && toString().equals(that.toString());
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }

    @Override
    public String toString() {
        TreeMap<Integer, Object> parts = new TreeMap<>();
        subtopologies.forEach(part -> parts.put(part.id(), part));
        globalStores.forEach(store -> parts.put(store.id(), store));
        StringBuilder text = new StringBuilder("Topologies:\n ");
        parts.values().forEach(part -> text.append("  ").append(part));
        return text.toString();
    }

    private record Part(int id, Set<Node> nodes) implements Subtopology {
        @Override
        public String toString() {
            return "Sub-topology: " + id + "\n" + lines(nodes.stream()) + "\n";
        }
    }

    private record Global(int id, Source source, Processor processor) implements GlobalStore {
        @Override
        public String toString() {
            return "Sub-topology: " + id + " for global store (will not generate tasks)\n"
                    + lines(Stream.of(source, processor));
        }
    }

    private static String lines(Stream<? extends Node> nodes) {
        StringBuilder text = new StringBuilder();
        nodes.forEach(node -> text.append("    ").append(node).append('\n'));
        return text.toString();
    }
}
