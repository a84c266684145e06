package io.tailrace.dsl;

import io.tailrace.common.header.Headers;
import io.tailrace.common.header.RecordHeaders;
import io.tailrace.processor.RecordMetadata;
import io.tailrace.processor.StateStore;
import io.tailrace.processor.TopicNameExtractor;
import io.tailrace.processor.api.Processor;
import io.tailrace.processor.api.Record;
import io.tailrace.serde.Deserializer;
import io.tailrace.serde.Serializer;
import io.tailrace.topology.GlobalStoreSpec;
import io.tailrace.topology.NodeSpec;
import io.tailrace.topology.ProcessorSpec;
import io.tailrace.topology.SinkSpec;
import io.tailrace.topology.SourceSpec;
import io.tailrace.topology.StoreSpec;
import io.tailrace.topology.Topology;
import io.tailrace.topology.TopologyGraph;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Runs a whole topology in one thread, as if everything had one partition: what a test of operators needs and no more.
 * Repartition topics are passed through at once. Where both ends of a topic know a serde, records go through bytes.
 */
public final class TopologyRunner implements AutoCloseable {
    private final TopologyGraph graph;
    private final Path stateDir;
    private final Map<String, StateStore> stores = new HashMap<>();
    private final Map<String, Processor<Object, Object, Object, Object>> processors = new HashMap<>();
    private final Map<String, SourceSpec> sourceByTopic = new HashMap<>();
    private final Map<String, String> globalProcessorByTopic = new HashMap<>();
    private final Map<String, List<Record<Object, Object>>> outputs = new HashMap<>();
    private final List<String> changelogged = new ArrayList<>();
    private long offset;
    private long streamTimeMs = -1;
    private @Nullable RecordMetadata metadata;

    public TopologyRunner(Topology topology) {
        graph = topology.graph();
        try {
            stateDir = Files.createTempDirectory("topology-runner");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (StoreSpec store : graph.stores()) {
            open(store.builder().build());
        }
        for (GlobalStoreSpec global : graph.globalStores()) {
            open(global.builder().build());
            start(global.processor(), List.of());
            globalProcessorByTopic.put(global.topic(), global.processor().name());
        }
        for (ProcessorSpec processor : graph.processors()) {
            start(processor, graph.children(processor.name()));
        }
        graph.sources().forEach(source -> source.topics().forEach(topic -> sourceByTopic.put(topic, source)));
    }

    private void open(StateStore store) {
        store.init(new RunnerStoreContext(stateDir, changelogged), store);
        stores.put(store.name(), store);
    }

    @SuppressWarnings("unchecked") // a topology is untyped
    private void start(ProcessorSpec spec, List<String> children) {
        Processor<Object, Object, Object, Object> processor =
                (Processor<Object, Object, Object, Object>) spec.supplier().get();
        processors.put(spec.name(), processor);
        processor.init(new RunnerContext(this, stateDir, children));
    }

    /** Processes one record to the end. */
    public void send(String topic, @Nullable Object key, @Nullable Object value, long timestamp) {
        send(topic, key, value, timestamp, new RecordHeaders());
    }

    public void send(String topic, @Nullable Object key, @Nullable Object value, long timestamp, Headers headers) {
        streamTimeMs = Math.max(streamTimeMs, timestamp);
        metadata = new Place(topic, 0, offset++);
        Record<Object, Object> record = new Record<>(key, value, timestamp, headers);
        String global = globalProcessorByTopic.get(topic);
        SourceSpec source = sourceByTopic.get(topic);
        if (global != null) {
            to(global, record);
        } else if (source != null) {
            graph.children(source.name()).forEach(child -> to(child, record));
        } else {
            throw new IllegalArgumentException("no source reads " + topic);
        }
        metadata = null;
    }

    /** What went to the topic since the last call. */
    public List<Record<Object, Object>> read(String topic) {
        List<Record<Object, Object>> records = outputs.remove(topic);
        return records == null ? List.of() : records;
    }

    /** What went to the topic since the last call, one text a record: {@code key=value@timestamp}. */
    public List<String> texts(String topic) {
        return read(topic).stream()
                .map(record -> record.key() + "=" + record.value() + "@" + record.timestamp())
                .toList();
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the test knows what store it is
    public <S extends StateStore> S store(String name) {
        StateStore store = stores.get(name);
        if (store == null) {
            throw new IllegalArgumentException("no store " + name + " among " + stores.keySet());
        }
        return (S) store;
    }

    /** Names of the stores that appended to their changelogs, one per append. */
    public List<String> changelogged() {
        return changelogged;
    }

    /** The processor of a node, to look into it. */
    public Processor<Object, Object, Object, Object> processor(String name) {
        Processor<Object, Object, Object, Object> processor = processors.get(name);
        if (processor == null) {
            throw new IllegalArgumentException("no processor " + name + " among " + processors.keySet());
        }
        return processor;
    }

    void to(String nodeName, Record<Object, Object> record) {
        Processor<Object, Object, Object, Object> processor = processors.get(nodeName);
        if (processor != null) {
            processor.process(record);
            return;
        }
        NodeSpec node = graph.node(nodeName);
        if (!(node instanceof SinkSpec sink)) {
            throw new IllegalStateException("record sent to " + node);
        }
        String topic = sink.topic() != null ? sink.topic() : extracted(sink, record);
        SourceSpec source = sourceByTopic.get(topic);
        if (source == null) {
            outputs.computeIfAbsent(topic, t -> new ArrayList<>()).add(record);
            return;
        }
        Record<Object, Object> read = record.withKey(
                        throughBytes(topic, record.key(), sink.keySerializer(), source.keyDeserializer()))
                .withValue(throughBytes(topic, record.value(), sink.valueSerializer(), source.valueDeserializer()));
        graph.children(source.name()).forEach(child -> to(child, read));
    }

    @SuppressWarnings("unchecked") // a topology is untyped
    private static String extracted(SinkSpec sink, Record<Object, Object> record) {
        var extractor = (TopicNameExtractor<Object, Object>) sink.topicNameExtractor();
        if (extractor == null) {
            throw new IllegalStateException("neither topic nor extractor");
        }
        return extractor.extract(record.key(), record.value(), new RunnerRecordContext(record));
    }

    @SuppressWarnings("unchecked") // a topology is untyped
    private static @Nullable Object throughBytes(
            String topic, @Nullable Object data, @Nullable Serializer<?> out, @Nullable Deserializer<?> in) {
        if (out == null || in == null) {
            return data;
        }
        byte[] bytes = ((Serializer<Object>) out).serialize(topic, data);
        return in.deserialize(topic, bytes);
    }

    @Nullable
    RecordMetadata metadata() {
        return metadata;
    }

    long streamTimeMs() {
        return streamTimeMs;
    }

    @Override
    public void close() {
        processors.values().forEach(Processor::close);
        stores.values().forEach(StateStore::close);
        try (Stream<Path> files = Files.walk(stateDir)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Place(String topic, int partition, long offset) implements RecordMetadata {}
}
