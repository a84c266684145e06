package io.tailrace.topology;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Splits the nodes into connected parts (union-find) and numbers these parts and the global stores. Immutable. */
final class Subtopologies {
    private final List<SubtopologySpec> specs;
    private final Map<String, Integer> globalStoreIds;

    private Subtopologies(List<SubtopologySpec> specs, Map<String, Integer> globalStoreIds) {
        this.specs = specs;
        this.globalStoreIds = globalStoreIds;
    }

    static Subtopologies of(
            Map<String, NodeSpec> nodes,
            List<String> sourceOrder,
            List<StoreSpec> stores,
            List<GlobalStoreSpec> globalStores) {
        Components components = new Components();
        for (NodeSpec node : nodes.values()) {
            node.parents().forEach(parent -> components.join(parent, node.name()));
        }
        for (StoreSpec store : stores) {
            String first = null;
            for (String processor : store.processors()) {
                components.join(first == null ? processor : first, processor);
                first = processor;
            }
        }
        return numbered(components, nodes, sourceOrder, globalStores);
    }

    List<SubtopologySpec> specs() {
        return specs;
    }

    int globalStoreId(String sourceName) {
        Integer id = globalStoreIds.get(sourceName);
        if (id == null) {
            throw new IllegalArgumentException("no global store is read by source '" + sourceName + "'");
        }
        return id;
    }

    /** Every part has a source, so counting along the sources reaches all parts. */
    private static Subtopologies numbered(
            Components components,
            Map<String, NodeSpec> nodes,
            List<String> sourceOrder,
            List<GlobalStoreSpec> globalStores) {
        Set<String> globalSources = new HashSet<>();
        globalStores.forEach(store -> globalSources.add(store.source().name()));

        Map<String, Integer> idByRoot = new HashMap<>();
        Map<String, Integer> globalStoreIds = new HashMap<>();
        for (String source : sourceOrder) {
            int nextId = idByRoot.size() + globalStoreIds.size();
            if (globalSources.contains(source)) {
                globalStoreIds.put(source, nextId);
            } else {
                idByRoot.putIfAbsent(components.root(source), nextId);
            }
        }

        Map<String, List<NodeSpec>> nodesByRoot = new LinkedHashMap<>();
        for (NodeSpec node : nodes.values()) {
            nodesByRoot
                    .computeIfAbsent(components.root(node.name()), r -> new ArrayList<>())
                    .add(node);
        }
        List<SubtopologySpec> specs = new ArrayList<>();
        idByRoot.forEach((root, id) -> specs.add(spec(id, nodesByRoot.getOrDefault(root, List.of()))));
        specs.sort(Comparator.comparingInt(SubtopologySpec::id));
        return new Subtopologies(List.copyOf(specs), Map.copyOf(globalStoreIds));
    }

    private static SubtopologySpec spec(int id, List<NodeSpec> nodes) {
        Set<String> sourceTopics = new LinkedHashSet<>();
        Set<String> sinkTopics = new LinkedHashSet<>();
        Set<String> stores = new LinkedHashSet<>();
        for (NodeSpec node : nodes) {
            if (node instanceof SourceSpec source) {
                sourceTopics.addAll(source.topics());
            } else if (node instanceof ProcessorSpec processor) {
                stores.addAll(processor.stores());
            } else if (node instanceof SinkSpec sink && sink.topic() != null) {
                sinkTopics.add(sink.topic());
            }
        }
        return new SubtopologySpec(
                id,
                List.copyOf(nodes),
                Collections.unmodifiableSet(sourceTopics),
                Collections.unmodifiableSet(sinkTopics),
                Collections.unmodifiableSet(stores));
    }

    /** Disjoint sets of names; a name that was never joined is alone. */
    private static final class Components {
        private final Map<String, String> up = new HashMap<>();

        String root(String name) {
            String root = name;
            for (String next = up.get(root); next != null; next = up.get(root)) {
                root = next;
            }
            if (!root.equals(name)) {
                up.put(name, root); // shortens the way for the next one
            }
            return root;
        }

        void join(String one, String other) {
            String rootOfOne = root(one);
            String rootOfOther = root(other);
            if (!rootOfOne.equals(rootOfOther)) {
                up.put(rootOfOther, rootOfOne);
            }
        }
    }
}
