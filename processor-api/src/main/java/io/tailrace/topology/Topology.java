package io.tailrace.topology;

import io.tailrace.processor.AutoOffsetReset;
import io.tailrace.processor.StateStore;
import io.tailrace.processor.StreamPartitioner;
import io.tailrace.processor.TimestampExtractor;
import io.tailrace.processor.TopicNameExtractor;
import io.tailrace.processor.api.ProcessorSupplier;
import io.tailrace.serde.Deserializer;
import io.tailrace.serde.Serializer;
import io.tailrace.state.StoreBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A stream program, put together node by node: sources read topics, processors run code, sinks write topics, and stores
 * are connected to the processors that use them. Parents and stores must be there before what refers to them.
 *
 * <p>Every method checks at once and throws {@link io.tailrace.errors.TopologyException} with the reason; the topology is
 * then as it was before. Arguments that are null fall back to the application's configuration. Owner: one thread.
 */
public class Topology {
    private final TopologyBuilder builder;

    public Topology() {
        this(new TopologyBuilder());
    }

    private Topology(TopologyBuilder builder) {
        this.builder = builder;
    }

    /** The topology that {@code builder} has so far; what is added to one of the two is added to both. */
    public static Topology of(TopologyBuilder builder) {
        return new Topology(builder);
    }

    public Topology addSource(String name, String... topics) {
        return source(null, name, null, null, null, topics);
    }

    public Topology addSource(@Nullable AutoOffsetReset offsetReset, String name, String... topics) {
        return source(offsetReset, name, null, null, null, topics);
    }

    public Topology addSource(@Nullable TimestampExtractor timestampExtractor, String name, String... topics) {
        return source(null, name, timestampExtractor, null, null, topics);
    }

    public Topology addSource(
            @Nullable AutoOffsetReset offsetReset,
            @Nullable TimestampExtractor timestampExtractor,
            String name,
            String... topics) {
        return source(offsetReset, name, timestampExtractor, null, null, topics);
    }

    public <K, V> Topology addSource(
            String name,
            @Nullable Deserializer<K> keyDeserializer,
            @Nullable Deserializer<V> valueDeserializer,
            String... topics) {
        return source(null, name, null, keyDeserializer, valueDeserializer, topics);
    }

    public <K, V> Topology addSource(
            @Nullable AutoOffsetReset offsetReset,
            String name,
            @Nullable Deserializer<K> keyDeserializer,
            @Nullable Deserializer<V> valueDeserializer,
            String... topics) {
        return source(offsetReset, name, null, keyDeserializer, valueDeserializer, topics);
    }

    public <K, V> Topology addSource(
            @Nullable AutoOffsetReset offsetReset,
            String name,
            @Nullable TimestampExtractor timestampExtractor,
            @Nullable Deserializer<K> keyDeserializer,
            @Nullable Deserializer<V> valueDeserializer,
            String... topics) {
        return source(offsetReset, name, timestampExtractor, keyDeserializer, valueDeserializer, topics);
    }

    /** Reads every topic whose whole name matches, those included that are created while the application runs. */
    public Topology addSource(String name, Pattern topicPattern) {
        return source(null, name, null, null, null, topicPattern);
    }

    public Topology addSource(@Nullable AutoOffsetReset offsetReset, String name, Pattern topicPattern) {
        return source(offsetReset, name, null, null, null, topicPattern);
    }

    public Topology addSource(@Nullable TimestampExtractor timestampExtractor, String name, Pattern topicPattern) {
        return source(null, name, timestampExtractor, null, null, topicPattern);
    }

    public Topology addSource(
            @Nullable AutoOffsetReset offsetReset,
            @Nullable TimestampExtractor timestampExtractor,
            String name,
            Pattern topicPattern) {
        return source(offsetReset, name, timestampExtractor, null, null, topicPattern);
    }

    public <K, V> Topology addSource(
            String name,
            @Nullable Deserializer<K> keyDeserializer,
            @Nullable Deserializer<V> valueDeserializer,
            Pattern topicPattern) {
        return source(null, name, null, keyDeserializer, valueDeserializer, topicPattern);
    }

    public <K, V> Topology addSource(
            @Nullable AutoOffsetReset offsetReset,
            String name,
            @Nullable Deserializer<K> keyDeserializer,
            @Nullable Deserializer<V> valueDeserializer,
            Pattern topicPattern) {
        return source(offsetReset, name, null, keyDeserializer, valueDeserializer, topicPattern);
    }

    public <K, V> Topology addSource(
            @Nullable AutoOffsetReset offsetReset,
            String name,
            @Nullable TimestampExtractor timestampExtractor,
            @Nullable Deserializer<K> keyDeserializer,
            @Nullable Deserializer<V> valueDeserializer,
            Pattern topicPattern) {
        return source(offsetReset, name, timestampExtractor, keyDeserializer, valueDeserializer, topicPattern);
    }

    /**
     * A processor without parents gets no records; it may work on stores that it shares with others, in punctuators.
     *
     * @throws IllegalArgumentException when the supplier returns the same processor twice: tasks must not share one
     */
    public <KIn, VIn, KOut, VOut> Topology addProcessor(
            String name, ProcessorSupplier<KIn, VIn, KOut, VOut> supplier, String... parentNames) {
        builder.addProcessor(new ProcessorSpec(name, supplier, List.of(parentNames), Set.of()));
        return this;
    }

    public Topology addSink(String name, String topic, String... parentNames) {
        return sink(name, topic, null, null, null, null, parentNames);
    }

    public <K, V> Topology addSink(
            String name,
            String topic,
            @Nullable StreamPartitioner<? super K, ? super V> partitioner,
            String... parentNames) {
        return sink(name, topic, null, null, null, partitioner, parentNames);
    }

    public <K, V> Topology addSink(
            String name,
            String topic,
            @Nullable Serializer<K> keySerializer,
            @Nullable Serializer<V> valueSerializer,
            String... parentNames) {
        return sink(name, topic, null, keySerializer, valueSerializer, null, parentNames);
    }

    public <K, V> Topology addSink(
            String name,
            String topic,
            @Nullable Serializer<K> keySerializer,
            @Nullable Serializer<V> valueSerializer,
            @Nullable StreamPartitioner<? super K, ? super V> partitioner,
            String... parentNames) {
        return sink(name, topic, null, keySerializer, valueSerializer, partitioner, parentNames);
    }

    public <K, V> Topology addSink(
            String name, TopicNameExtractor<? super K, ? super V> topicExtractor, String... parentNames) {
        return sink(name, null, topicExtractor, null, null, null, parentNames);
    }

    public <K, V> Topology addSink(
            String name,
            TopicNameExtractor<? super K, ? super V> topicExtractor,
            @Nullable StreamPartitioner<? super K, ? super V> partitioner,
            String... parentNames) {
        return sink(name, null, topicExtractor, null, null, partitioner, parentNames);
    }

    public <K, V> Topology addSink(
            String name,
            TopicNameExtractor<? super K, ? super V> topicExtractor,
            @Nullable Serializer<K> keySerializer,
            @Nullable Serializer<V> valueSerializer,
            String... parentNames) {
        return sink(name, null, topicExtractor, keySerializer, valueSerializer, null, parentNames);
    }

    public <K, V> Topology addSink(
            String name,
            TopicNameExtractor<? super K, ? super V> topicExtractor,
            @Nullable Serializer<K> keySerializer,
            @Nullable Serializer<V> valueSerializer,
            @Nullable StreamPartitioner<? super K, ? super V> partitioner,
            String... parentNames) {
        return sink(name, null, topicExtractor, keySerializer, valueSerializer, partitioner, parentNames);
    }

    /** Adds a store and connects it to the processors, which must be there already. */
    public <S extends StateStore> Topology addStateStore(StoreBuilder<S> storeBuilder, String... processorNames) {
        builder.addStateStore(storeBuilder, processorNames);
        return this;
    }

    /** As the other variant, without a timestamp extractor. */
    public <K, V, S extends StateStore> Topology addGlobalStore(
            StoreBuilder<S> storeBuilder,
            String sourceName,
            @Nullable Deserializer<K> keyDeserializer,
            @Nullable Deserializer<V> valueDeserializer,
            String topic,
            String processorName,
            ProcessorSupplier<K, V, Void, Void> stateUpdateSupplier) {
        return addGlobalStore(
                storeBuilder,
                sourceName,
                null,
                keyDeserializer,
                valueDeserializer,
                topic,
                processorName,
                stateUpdateSupplier);
    }

    /**
     * Adds a store that every instance holds in full and every processor may read.
     *
     * @param storeBuilder with logging disabled: the topic is what the store is restored from
     * @param stateUpdateSupplier its processor writes each record to the store as it is, since on restore the topic's
     *     records are written directly
     */
    public <K, V, S extends StateStore> Topology addGlobalStore(
            StoreBuilder<S> storeBuilder,
            String sourceName,
            @Nullable TimestampExtractor timestampExtractor,
            @Nullable Deserializer<K> keyDeserializer,
            @Nullable Deserializer<V> valueDeserializer,
            String topic,
            String processorName,
            ProcessorSupplier<K, V, Void, Void> stateUpdateSupplier) {
        SourceSpec source =
                new SourceSpec(sourceName, Set.of(topic), null, timestampExtractor, keyDeserializer, valueDeserializer);
        builder.addGlobalStore(source, processorName, stateUpdateSupplier, storeBuilder);
        return this;
    }

    /** As the other variant, without a timestamp extractor. */
    public <K, V, S extends StateStore> Topology addReadOnlyStateStore(
            StoreBuilder<S> storeBuilder,
            String sourceName,
            @Nullable Deserializer<K> keyDeserializer,
            @Nullable Deserializer<V> valueDeserializer,
            String topic,
            String processorName,
            ProcessorSupplier<K, V, Void, Void> stateUpdateSupplier) {
        return addReadOnlyStateStore(
                storeBuilder,
                sourceName,
                null,
                keyDeserializer,
                valueDeserializer,
                topic,
                processorName,
                stateUpdateSupplier);
    }

    /**
     * Adds a store that a topic fills: each task has the partition of the topic that it reads, and needs no changelog of its own
     * (KIP-813). Other processors that are connected to it only read it.
     *
     * @param storeBuilder gets its logging disabled: the topic is what the store is restored from
     * @param stateUpdateSupplier its processor writes each record to the store as it is, since on restore the topic's
     *     records are written directly
     */
    public <K, V, S extends StateStore> Topology addReadOnlyStateStore(
            StoreBuilder<S> storeBuilder,
            String sourceName,
            @Nullable TimestampExtractor timestampExtractor,
            @Nullable Deserializer<K> keyDeserializer,
            @Nullable Deserializer<V> valueDeserializer,
            String topic,
            String processorName,
            ProcessorSupplier<K, V, Void, Void> stateUpdateSupplier) {
        SourceSpec source = new SourceSpec(
                sourceName,
                Set.of(topic),
                AutoOffsetReset.earliest(),
                timestampExtractor,
                keyDeserializer,
                valueDeserializer);
        builder.addReadOnlyStateStore(source, processorName, stateUpdateSupplier, storeBuilder.withLoggingDisabled());
        return this;
    }

    public Topology connectProcessorAndStateStores(String processorName, String... stateStoreNames) {
        builder.connect(processorName, stateStoreNames);
        return this;
    }

    /** What was added so far, also where {@link #graph} would still refuse it. Later calls do not change it. */
    public TopologyDescription describe() {
        return DescribedTopology.of(builder.snapshot());
    }

    /**
     * The finished graph, for a runtime. Later calls on this topology do not change it.
     *
     * @throws io.tailrace.errors.TopologyException when the topology is not complete
     */
    public TopologyGraph graph() {
        return builder.build();
    }

    private Topology source(
            @Nullable AutoOffsetReset offsetReset,
            String name,
            @Nullable TimestampExtractor timestampExtractor,
            @Nullable Deserializer<?> keyDeserializer,
            @Nullable Deserializer<?> valueDeserializer,
            String... topics) {
        builder.addSource(new SourceSpec(
                name,
                Names.distinct("source '" + name + "' reads topic", Arrays.asList(topics)),
                offsetReset,
                timestampExtractor,
                keyDeserializer,
                valueDeserializer));
        return this;
    }

    private Topology source(
            @Nullable AutoOffsetReset offsetReset,
            String name,
            @Nullable TimestampExtractor timestampExtractor,
            @Nullable Deserializer<?> keyDeserializer,
            @Nullable Deserializer<?> valueDeserializer,
            Pattern topicPattern) {
        builder.addSource(new SourceSpec(
                name,
                Set.of(),
                Objects.requireNonNull(topicPattern, "topicPattern must not be null"),
                offsetReset,
                timestampExtractor,
                keyDeserializer,
                valueDeserializer));
        return this;
    }

    private Topology sink(
            String name,
            @Nullable String topic,
            @Nullable TopicNameExtractor<?, ?> topicExtractor,
            @Nullable Serializer<?> keySerializer,
            @Nullable Serializer<?> valueSerializer,
            @Nullable StreamPartitioner<?, ?> partitioner,
            String... parentNames) {
        builder.addSink(new SinkSpec(
                name, topic, topicExtractor, keySerializer, valueSerializer, partitioner, List.of(parentNames)));
        return this;
    }
}
