package io.tailrace.topology;

import io.tailrace.processor.TopicNameExtractor;
import io.tailrace.topology.TopologyDescription.Node;
import io.tailrace.topology.TopologyDescription.Processor;
import io.tailrace.topology.TopologyDescription.Sink;
import io.tailrace.topology.TopologyDescription.Source;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of a description. Each knows its neighbours by name and finds them in the one map that all share, so that the
 * circle of neighbours is closed without changing a node. Two nodes that print the same are equal.
 *
 * <p><b>Order:</b> as Kafka Streams prints them, by the number of paths that begin in the node, most first, then by name.
 * A node has more of them than each of its children, so parents come first.
 */
final class DescribedNodes {
    private final Map<String, Node> byName;
    private final Comparator<String> order;

    private DescribedNodes(Map<String, Node> byName, Comparator<String> order) {
        this.byName = byName;
        this.order = order;
    }

    static DescribedNodes of(TopologyGraph graph) {
        Map<String, BigInteger> paths = pathsFromEachNode(graph);
        Comparator<String> order = Comparator.<String, BigInteger>comparing(
                        name -> paths.getOrDefault(name, BigInteger.ZERO), Comparator.reverseOrder())
                .thenComparing(Comparator.naturalOrder());
        Map<String, Node> byName = new HashMap<>();
        for (SubtopologySpec part : graph.subtopologies()) {
            for (NodeSpec node : part.nodes()) {
                Neighbours neighbours = new Neighbours(
                        sorted(node.parents(), order), sorted(graph.children(node.name()), order), byName);
                byName.put(node.name(), describe(node, neighbours));
            }
        }
        return new DescribedNodes(byName, order);
    }

    Set<Node> sorted(SubtopologySpec part) {
        List<String> names = part.nodes().stream().map(NodeSpec::name).toList();
        return new Neighbours(List.of(), sorted(names, order), byName).after();
    }

    /** The source of a global store, which has the store's processor as its only neighbour. */
    static Source source(GlobalStoreSpec store) {
        return pair(store).source();
    }

    /** The processor of a global store, which has the store's source as its only neighbour. */
    static Processor processor(GlobalStoreSpec store) {
        return pair(store).processor();
    }

    private static GlobalPair pair(GlobalStoreSpec store) {
        Map<String, Node> byName = new HashMap<>();
        String sourceName = store.source().name();
        String processorName = store.processor().name();
        Source source = new DescribedSource(store.source(), new Neighbours(List.of(), List.of(processorName), byName));
        Processor processor =
                new DescribedProcessor(store.processor(), new Neighbours(List.of(sourceName), List.of(), byName));
        byName.put(sourceName, source);
        byName.put(processorName, processor);
        return new GlobalPair(source, processor);
    }

    private static Node describe(NodeSpec node, Neighbours neighbours) {
        if (node instanceof SourceSpec source) {
            return new DescribedSource(source, neighbours);
        }
        return node instanceof ProcessorSpec processor
                ? new DescribedProcessor(processor, neighbours)
                : new DescribedSink((SinkSpec) node, neighbours);
    }

    /** Parents come before their children in every sub-topology, so going backwards meets the children first. */
    private static Map<String, BigInteger> pathsFromEachNode(TopologyGraph graph) {
        Map<String, BigInteger> paths = new HashMap<>();
        for (SubtopologySpec part : graph.subtopologies()) {
            List<NodeSpec> nodes = new ArrayList<>(part.nodes());
            Collections.reverse(nodes);
            for (NodeSpec node : nodes) {
                BigInteger own = graph.children(node.name()).stream()
                        .map(child -> paths.getOrDefault(child, BigInteger.ZERO))
                        .reduce(BigInteger.ONE, BigInteger::add);
                paths.put(node.name(), own);
            }
        }
        return paths;
    }

    private static List<String> sorted(Collection<String> names, Comparator<String> order) {
        return names.stream().sorted(order).toList();
    }

    private record GlobalPair(Source source, Processor processor) {}

    /** Names of neighbours, in order, and where to find them once all nodes are there. */
    private record Neighbours(List<String> beforeNames, List<String> afterNames, Map<String, Node> byName) {
        Set<Node> before() {
            return resolve(beforeNames);
        }

        Set<Node> after() {
            return resolve(afterNames);
        }

        String arrowAfter() {
            return "\n      --> " + joined(afterNames);
        }

        String arrowBefore() {
            return "\n      <-- " + joined(beforeNames);
        }

        private Set<Node> resolve(List<String> names) {
            Set<Node> nodes = new LinkedHashSet<>();
            for (String name : names) {
                Node node = byName.get(name);
                if (node != null) {
                    nodes.add(node);
                }
            }
            return Collections.unmodifiableSet(nodes);
        }

        private static String joined(List<String> names) {
            return names.isEmpty() ? "none" : String.join(", ", names);
        }
    }

    private abstract static class DescribedNode implements Node {
        final Neighbours neighbours;
        private final String name;

        DescribedNode(String name, Neighbours neighbours) {
            this.name = name;
            this.neighbours = neighbours;
        }

        @Override
        public final String name() {
            return name;
        }

        @Override
        public final Set<Node> predecessors() {
            return neighbours.before();
        }

        @Override
        public final Set<Node> successors() {
            return neighbours.after();
        }

        @Override
        public final boolean equals(@Nullable Object other) {
            return other instanceof DescribedNode that && toString().equals(that.toString());
        }

        @Override
        public final int hashCode() {
            return name.hashCode();
        }
    }

    private static final class DescribedSource extends DescribedNode implements Source {
        private final @Nullable Set<String> topics;
        private final @Nullable Pattern pattern;

        DescribedSource(SourceSpec spec, Neighbours neighbours) {
            super(spec.name(), neighbours);
            pattern = spec.topicPattern();
            topics = pattern == null ? Collections.unmodifiableSet(new TreeSet<>(spec.topics())) : null;
        }

        @Override
        public @Nullable Set<String> topicSet() {
            return topics;
        }

        @Override
        public @Nullable Pattern topicPattern() {
            return pattern;
        }

        @Override
        public String toString() {
            return "Source: " + name() + " (topics: " + (topics == null ? pattern : topics) + ")"
                    + neighbours.arrowAfter();
        }
    }

    private static final class DescribedProcessor extends DescribedNode implements Processor {
        private final Set<String> stores;

        DescribedProcessor(ProcessorSpec spec, Neighbours neighbours) {
            super(spec.name(), neighbours);
            stores = Collections.unmodifiableSet(new TreeSet<>(spec.stores()));
        }

        @Override
        public Set<String> stores() {
            return stores;
        }

        @Override
        public String toString() {
            return "Processor: " + name() + " (stores: " + stores + ")" + neighbours.arrowAfter()
                    + neighbours.arrowBefore();
        }
    }

    private static final class DescribedSink extends DescribedNode implements Sink {
        private final SinkSpec spec;

        DescribedSink(SinkSpec spec, Neighbours neighbours) {
            super(spec.name(), neighbours);
            this.spec = spec;
        }

        @Override
        public @Nullable String topic() {
            return spec.topic();
        }

        @Override
        public @Nullable TopicNameExtractor<?, ?> topicNameExtractor() {
            return spec.topicNameExtractor();
        }

        @Override
        public String toString() {
            String target =
                    spec.topic() != null ? "topic: " + spec.topic() : "extractor class: " + spec.topicNameExtractor();
            return "Sink: " + name() + " (" + target + ")" + neighbours.arrowBefore();
        }
    }
}
