package io.tailrace.dsl;

import static io.tailrace.dsl.Checks.given;

import io.tailrace.common.Bytes;
import io.tailrace.dsl.lower.Lowering;
import io.tailrace.dsl.plan.GlobalStore;
import io.tailrace.dsl.plan.GlobalTable;
import io.tailrace.dsl.plan.SourceStream;
import io.tailrace.dsl.plan.TableStore;
import io.tailrace.dsl.plan.ToTable;
import io.tailrace.errors.TopologyException;
import io.tailrace.kstream.Consumed;
import io.tailrace.kstream.GlobalKTable;
import io.tailrace.kstream.KStream;
import io.tailrace.kstream.KTable;
import io.tailrace.kstream.Materialized;
import io.tailrace.processor.AutoOffsetReset;
import io.tailrace.processor.api.ProcessorSupplier;
import io.tailrace.serde.Serde;
import io.tailrace.state.KeyValueStore;
import io.tailrace.state.StoreBuilder;
import io.tailrace.topology.SourceSpec;
import io.tailrace.topology.Topology;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a program in the DSL begins: streams and tables are made of topics here, and {@link #build()} makes a topology of
 * all that was said. Methods throw {@link TopologyException} for what cannot be built, {@link NullPointerException} for a
 * null argument. Owner: one thread, also for the streams and tables that come from it.
 */
public class StreamsBuilder {
    private final PlanBuilder plan = new PlanBuilder();

    public StreamsBuilder() {}

    /** As {@link #stream(Collection, Consumed)} for one topic, with the serdes of the configuration. */
    public <K, V> KStream<K, V> stream(String topic) {
        return stream(topic, Consumed.with(null, null));
    }

    public <K, V> KStream<K, V> stream(String topic, Consumed<K, V> consumed) {
        return stream(List.of(given(topic, "topic")), consumed);
    }

    public <K, V> KStream<K, V> stream(Collection<String> topics) {
        return stream(topics, Consumed.with(null, null));
    }

    /** The records of the topics, which are those of one topic in their order per partition. */
    public <K, V> KStream<K, V> stream(Collection<String> topics, Consumed<K, V> consumed) {
        given(consumed, "consumed");
        Set<String> distinct = new LinkedHashSet<>();
        given(topics, "topics").forEach(topic -> distinct.add(given(topic, "a topic's name")));
        if (distinct.isEmpty()) {
            throw new TopologyException("a stream reads no topic: name at least one");
        }
        String name = plan.name(consumed.name(), "KSTREAM-SOURCE-");
        SourceStream source = plan.add(
                new SourceStream(source(name, distinct, consumed, consumed.keySerde(), consumed.valueSerde())));
        return new PlannedStream<>(plan, source, consumed.keySerde(), consumed.valueSerde());
    }

    /** As {@link #stream(Pattern, Consumed)}, with the serdes of the configuration. */
    public <K, V> KStream<K, V> stream(Pattern topicPattern) {
        return stream(topicPattern, Consumed.with(null, null));
    }

    /**
     * The records of every topic whose whole name matches, those included that are created while the application runs.
     * Internal topics do not match.
     */
    public <K, V> KStream<K, V> stream(Pattern topicPattern, Consumed<K, V> consumed) {
        given(topicPattern, "topicPattern");
        given(consumed, "consumed");
        String name = plan.name(consumed.name(), "KSTREAM-SOURCE-");
        SourceSpec named = source(name, Set.of(), consumed, consumed.keySerde(), consumed.valueSerde());
        SourceStream source = plan.add(new SourceStream(new SourceSpec(
                name,
                Set.of(),
                topicPattern,
                named.offsetReset(),
                named.timestampExtractor(),
                named.keyDeserializer(),
                named.valueDeserializer())));
        return new PlannedStream<>(plan, source, consumed.keySerde(), consumed.valueSerde());
    }

    public <K, V> KTable<K, V> table(String topic) {
        return table(topic, Consumed.with(null, null));
    }

    public <K, V> KTable<K, V> table(String topic, Consumed<K, V> consumed) {
        return table(topic, consumed, Materialized.with(null, null));
    }

    public <K, V> KTable<K, V> table(String topic, Materialized<K, V, KeyValueStore<Bytes, byte[]>> materialized) {
        return table(topic, Consumed.with(null, null), materialized);
    }

    /**
     * The records of the topic as updates of a table: the last one of a key is its value, null deletes it, null keys are
     * dropped. The table has a store only if one is named, or something that follows needs it. Serdes that {@code consumed}
     * does not have are those of {@code materialized}.
     */
    public <K, V> KTable<K, V> table(
            String topic, Consumed<K, V> consumed, Materialized<K, V, KeyValueStore<Bytes, byte[]>> materialized) {
        given(topic, "topic");
        given(consumed, "consumed");
        given(materialized, "materialized");
        String storeName = storeName(topic, materialized);
        String sourceName = plan.name(consumed.name(), "-source", "KSTREAM-SOURCE-");
        String tableName = plan.name(consumed.name(), "KTABLE-SOURCE-");
        Serde<K> keySerde = firstOf(consumed.keySerde(), materialized.keySerde());
        Serde<V> valueSerde = firstOf(consumed.valueSerde(), materialized.valueSerde());
        SourceStream source =
                plan.add(new SourceStream(source(sourceName, Set.of(topic), consumed, keySerde, valueSerde)));
        StoreBuilder<?> store = TableStores.keyValue(storeName, materialized, keySerde, valueSerde);
        boolean named = materialized.storeName() != null;
        ToTable table = plan.add(new ToTable(tableName, source, new TableStore(store, named, false), null));
        return new PlannedTable<>(plan, table, keySerde, valueSerde, materialized.storeName());
    }

    public <K, V> GlobalKTable<K, V> globalTable(String topic) {
        return globalTable(topic, Consumed.with(null, null));
    }

    public <K, V> GlobalKTable<K, V> globalTable(String topic, Consumed<K, V> consumed) {
        return globalTable(topic, consumed, Materialized.with(null, null));
    }

    public <K, V> GlobalKTable<K, V> globalTable(
            String topic, Materialized<K, V, KeyValueStore<Bytes, byte[]>> materialized) {
        return globalTable(topic, Consumed.with(null, null), materialized);
    }

    /**
     * The whole topic as a table for every task. It always has a store, without a changelog, since it is read from the topic
     * again.
     */
    public <K, V> GlobalKTable<K, V> globalTable(
            String topic, Consumed<K, V> consumed, Materialized<K, V, KeyValueStore<Bytes, byte[]>> materialized) {
        given(topic, "topic");
        given(consumed, "consumed");
        given(materialized, "materialized");
        checkReadsAll(topic, consumed);
        String storeName = storeName(topic, materialized);
        String sourceName = plan.name(consumed.name(), "-source", "KSTREAM-SOURCE-");
        String tableName = plan.name(consumed.name(), "KTABLE-SOURCE-");
        Serde<K> keySerde = firstOf(consumed.keySerde(), materialized.keySerde());
        Serde<V> valueSerde = firstOf(consumed.valueSerde(), materialized.valueSerde());
        GlobalTable table = plan.add(new GlobalTable(
                tableName,
                source(sourceName, Set.of(topic), consumed, keySerde, valueSerde),
                TableStores.keyValue(storeName, materialized, keySerde, valueSerde)
                        .withLoggingDisabled()));
        return new PlannedGlobalTable<>(plan, table, materialized.storeName());
    }

    /** Adds a store for {@link KStream#process} and the like to name. Adding the same instance again does nothing. */
    public StreamsBuilder addStateStore(StoreBuilder<?> builder) {
        plan.addStore(given(builder, "builder"));
        return this;
    }

    /**
     * Adds a store that every instance holds in full and every processor may read.
     *
     * @param storeBuilder gets its changelog disabled, because the store is restored from the topic
     * @param stateUpdateSupplier its processor writes each record to the store as it is, since on restore the topic's
     *     records are written directly
     */
    public <KIn, VIn> StreamsBuilder addGlobalStore(
            StoreBuilder<?> storeBuilder,
            String topic,
            Consumed<KIn, VIn> consumed,
            ProcessorSupplier<KIn, VIn, Void, Void> stateUpdateSupplier) {
        given(storeBuilder, "storeBuilder");
        given(topic, "topic");
        given(consumed, "consumed");
        given(stateUpdateSupplier, "stateUpdateSupplier");
        checkReadsAll(topic, consumed);
        String sourceName = plan.name(consumed.name(), "-source", "KSTREAM-SOURCE-");
        String processorName = plan.name(consumed.name(), "KTABLE-SOURCE-");
        SourceSpec source = source(sourceName, Set.of(topic), consumed, consumed.keySerde(), consumed.valueSerde());
        plan.add(new GlobalStore(processorName, source, storeBuilder.withLoggingDisabled(), stateUpdateSupplier));
        return this;
    }

    /**
     * A topology of all that was said so far. What is said later does not change it.
     *
     * @throws TopologyException when names clash, or two sources read one topic in different ways
     */
    public Topology build() {
        return Lowering.lower(plan.plan());
    }

    private static void checkReadsAll(String topic, Consumed<?, ?> consumed) {
        AutoOffsetReset reset = consumed.resetPolicy();
        if (reset != null && !reset.equals(AutoOffsetReset.earliest())) {
            throw new TopologyException("topic '" + topic + "' of a global store has offset reset policy " + reset
                    + ", but a global store is read from the beginning: leave the policy out");
        }
    }

    private String storeName(String topic, Materialized<?, ?, ?> materialized) {
        return materialized.storeName() == null ? plan.storeName(topic + "-") : materialized.storeName();
    }

    private static SourceSpec source(
            String name,
            Set<String> topics,
            Consumed<?, ?> consumed,
            @Nullable Serde<?> keySerde,
            @Nullable Serde<?> valueSerde) {
        return new SourceSpec(
                name,
                topics,
                consumed.resetPolicy(),
                consumed.timestampExtractor(),
                keySerde == null ? null : keySerde.deserializer(),
                valueSerde == null ? null : valueSerde.deserializer());
    }

    private static <T> @Nullable Serde<T> firstOf(@Nullable Serde<T> first, @Nullable Serde<T> second) {
        return first == null ? second : first;
    }
}
