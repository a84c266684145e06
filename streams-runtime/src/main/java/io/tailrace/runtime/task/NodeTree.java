package io.tailrace.runtime.task;

import io.tailrace.processor.StateStore;
import io.tailrace.processor.StreamPartitioner;
import io.tailrace.processor.TimestampExtractor;
import io.tailrace.processor.TopicNameExtractor;
import io.tailrace.processor.api.Processor;
import io.tailrace.processor.api.ProcessorSupplier;
import io.tailrace.processor.time.WallclockTimestampExtractor;
import io.tailrace.runtime.plan.TaskPlan;
import io.tailrace.serde.Deserializer;
import io.tailrace.serde.Serializer;
import io.tailrace.topology.NodeSpec;
import io.tailrace.topology.ProcessorSpec;
import io.tailrace.topology.SinkSpec;
import io.tailrace.topology.SourceSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of one task, made from their specs and tied together: children first, so that every node is born knowing its
 * own. Owner: the task's thread.
 */
final class NodeTree {
    private final TaskScope scope;
    private final Map<String, StateStore> stores;
    private final Punctuations punctuations;
    private final Map<String, Node> nodes = new LinkedHashMap<>(); // every child before its parents
    private final Map<String, SourceNode> sourcesByTopic = new HashMap<>();
    private final Map<String, List<Node>> childrenByParent = new HashMap<>();

    /** @param stores those of the task, to which the global ones are added */
    NodeTree(TaskPlan plan, TaskScope scope, Map<String, StateStore> stores, Punctuations punctuations) {
        this.scope = scope;
        this.stores = stores;
        this.punctuations = punctuations;
        List<NodeSpec> childrenFirst = new ArrayList<>(plan.nodes());
        Collections.reverse(childrenFirst);
        for (NodeSpec spec : childrenFirst) {
            Node node = create(spec);
            nodes.put(node.name, node);
            // Walking backwards, a child goes to the front: children end in the order in which they were added.
            spec.parents().forEach(parent -> childrenByParent
                    .computeIfAbsent(parent, p -> new ArrayList<>())
                    .add(0, node));
        }
    }

    private Node create(NodeSpec spec) {
        Node[] children = childrenByParent.getOrDefault(spec.name(), List.of()).toArray(Node.NO_CHILDREN);
        if (spec instanceof SourceSpec source) {
            return source(source, children);
        }
        if (spec instanceof ProcessorSpec processor) {
            return processor(processor, children);
        }
        return sink((SinkSpec) spec);
    }

    private Node source(SourceSpec spec, Node[] children) {
        Deserializer<?> key = spec.keyDeserializer();
        Deserializer<?> value = spec.valueDeserializer();
        TimestampExtractor extractor = spec.timestampExtractor();
        SourceNode node = new SourceNode(
                spec.name(),
                key == null ? scope.keySerde().deserializer() : key,
                value == null ? scope.valueSerde().deserializer() : value,
                onTheTurnsClock(extractor == null ? scope.services.config().defaultTimestampExtractor() : extractor),
                children);
        spec.topics().forEach(topic -> sourcesByTopic.put(scope.services.names().inLog(topic), node));
        return node;
    }

    private TimestampExtractor onTheTurnsClock(TimestampExtractor extractor) {
        return extractor instanceof WallclockTimestampExtractor wallClock
                ? wallClock.withTime(new TaskClock(scope))
                : extractor;
    }

    @SuppressWarnings("unchecked") // what flows is only known to the topology's author; a misfit is a located error
    private Node processor(ProcessorSpec spec, Node[] children) {
        Map<String, StateStore> connected = new LinkedHashMap<>(scope.services.globalStores());
        stores.forEach((name, store) -> {
            if (spec.stores().contains(name)) {
                connected.put(name, store);
            }
        });
        var supplier = (ProcessorSupplier<Object, Object, Object, Object>) spec.supplier();
        Processor<Object, Object, Object, Object> processor = supplier.get();
        return new ProcessorNode(
                spec.name(), processor, new NodeContext(scope, spec.name(), children, connected, punctuations));
    }

    @SuppressWarnings("unchecked") // as above
    private Node sink(SinkSpec spec) {
        Serializer<?> key = spec.keySerializer();
        Serializer<?> value = spec.valueSerializer();
        String topic = spec.topic();
        return new SinkNode(
                spec.name(),
                scope,
                topic == null ? null : scope.services.names().inLog(topic),
                (@Nullable TopicNameExtractor<Object, Object>) spec.topicNameExtractor(),
                (Serializer<Object>) (key == null ? scope.keySerde().serializer() : key),
                (Serializer<Object>) (value == null ? scope.valueSerde().serializer() : value),
                (@Nullable StreamPartitioner<Object, Object>) spec.partitioner());
    }

    SourceNode source(String topicInLog) {
        SourceNode source = sourcesByTopic.get(topicInLog);
        if (source == null) {
            throw new IllegalArgumentException(
                    "no source reads topic '" + topicInLog + "', only " + sourcesByTopic.keySet());
        }
        return source;
    }

    /** Parents before their children, as they were added. */
    void init() {
        List<Node> parentsFirst = new ArrayList<>(nodes.values());
        Collections.reverse(parentsFirst);
        parentsFirst.forEach(Node::init);
    }

    /** Closes every node, also when one fails; then throws the first failure. */
    void close() {
        RuntimeException failure = null;
        List<Node> parentsFirst = new ArrayList<>(nodes.values());
        Collections.reverse(parentsFirst);
        for (Node node : parentsFirst) {
            try {
                node.close();
            } catch (RuntimeException e) {
                RuntimeException located = scope.locate("processor", node.name, e, "");
                if (failure == null) {
                    failure = located;
                } else {
                    failure.addSuppressed(located);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
