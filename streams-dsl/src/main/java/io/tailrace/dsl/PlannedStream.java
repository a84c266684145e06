package io.tailrace.dsl;

import static io.tailrace.dsl.Checks.given;
import static io.tailrace.dsl.Checks.nameOf;

import io.tailrace.common.Bytes;
import io.tailrace.dsl.operator.FixedKeyOperator;
import io.tailrace.dsl.operator.StreamOperators;
import io.tailrace.dsl.plan.KeyChange;
import io.tailrace.dsl.plan.Rekeying;
import io.tailrace.dsl.plan.Repartition;
import io.tailrace.dsl.plan.Sink;
import io.tailrace.dsl.plan.Split;
import io.tailrace.dsl.plan.StreamNode;
import io.tailrace.dsl.plan.StreamStep;
import io.tailrace.dsl.plan.TableStore;
import io.tailrace.dsl.plan.ToTable;
import io.tailrace.errors.TopologyException;
import io.tailrace.kstream.BranchedKStream;
import io.tailrace.kstream.Grouped;
import io.tailrace.kstream.KGroupedStream;
import io.tailrace.kstream.KStream;
import io.tailrace.kstream.KTable;
import io.tailrace.kstream.KeyValueMapper;
import io.tailrace.kstream.Materialized;
import io.tailrace.kstream.Named;
import io.tailrace.kstream.Produced;
import io.tailrace.kstream.Repartitioned;
import io.tailrace.processor.TopicNameExtractor;
import io.tailrace.processor.api.FixedKeyProcessorSupplier;
import io.tailrace.processor.api.ProcessorSupplier;
import io.tailrace.serde.Serde;
import io.tailrace.state.KeyValueStore;
import io.tailrace.topology.SinkSpec;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A stream of the plan: its node, and what is known of its serdes. Owner: one thread. */
final class PlannedStream<K, V> extends PlannedJoins<K, V> {
    PlannedStream(PlanBuilder plan, StreamNode node, @Nullable Serde<K> keySerde, @Nullable Serde<V> valueSerde) {
        super(plan, node, keySerde, valueSerde);
    }

    @Override
    public BranchedKStream<K, V> split() {
        return splitAs(null);
    }

    @Override
    public BranchedKStream<K, V> split(Named named) {
        return splitAs(nameOf(named));
    }

    private BranchedKStream<K, V> splitAs(@Nullable String name) {
        Split split = plan.add(new Split(plan.name(name, "KSTREAM-BRANCH-"), node));
        return new PlannedBranches<>(plan, split, keySerde, valueSerde);
    }

    @Override
    public KStream<K, V> merge(KStream<K, V> stream) {
        return mergeAs(null, stream);
    }

    @Override
    public KStream<K, V> merge(KStream<K, V> stream, Named named) {
        return mergeAs(nameOf(named), stream);
    }

    private KStream<K, V> mergeAs(@Nullable String name, KStream<K, V> stream) {
        PlannedStream<K, V> other = (PlannedStream<K, V>) given(stream, "stream");
        if (other.plan != plan) {
            throw new TopologyException("stream '" + other.node.name() + "' is of another StreamsBuilder than '"
                    + node.name() + "': merge streams of one builder");
        }
        StreamStep step = plan.add(new StreamStep(
                plan.name(name, "KSTREAM-MERGE-"),
                List.of(node, other.node),
                false,
                StreamOperators.passThrough(),
                List.of()));
        return new PlannedStream<>(
                plan,
                step,
                keySerde == other.keySerde ? keySerde : null, // one of two serdes would be a guess
                valueSerde == other.valueSerde ? valueSerde : null);
    }

    @Override
    public KStream<K, V> repartition() {
        return repartition(Repartitioned.as(null));
    }

    @Override
    public KStream<K, V> repartition(Repartitioned<K, V> repartitioned) {
        given(repartitioned, "repartitioned");
        Serde<K> keys = repartitioned.keySerde() == null ? keySerde : repartitioned.keySerde();
        Serde<V> values = repartitioned.valueSerde() == null ? valueSerde : repartitioned.valueSerde();
        String given = repartitioned.name();
        Integer partitions = repartitioned.numberOfPartitions();
        Rekeying rekeying = plan.rekeying(
                given == null ? plan.name("KSTREAM-REPARTITION-") : given,
                given != null,
                keys,
                values,
                partitions == null ? OptionalInt.empty() : OptionalInt.of(partitions),
                repartitioned.streamPartitioner());
        Repartition repartition = plan.add(new Repartition(node, rekeying, true));
        return new PlannedStream<>(plan, repartition, keys, values);
    }

    @Override
    public void to(String topic) {
        to(topic, Produced.with(null, null));
    }

    @Override
    public void to(String topic, Produced<K, V> produced) {
        sink(given(topic, "topic"), null, produced);
    }

    @Override
    public void to(TopicNameExtractor<K, V> topicExtractor) {
        to(topicExtractor, Produced.with(null, null));
    }

    @Override
    public void to(TopicNameExtractor<K, V> topicExtractor, Produced<K, V> produced) {
        sink(null, given(topicExtractor, "topicExtractor"), produced);
    }

    private void sink(@Nullable String topic, @Nullable TopicNameExtractor<K, V> extractor, Produced<K, V> produced) {
        given(produced, "produced");
        Serde<K> keys = produced.keySerde() == null ? keySerde : produced.keySerde();
        Serde<V> values = produced.valueSerde() == null ? valueSerde : produced.valueSerde();
        plan.add(new Sink(
                node,
                new SinkSpec(
                        plan.name(produced.name(), "KSTREAM-SINK-"),
                        topic,
                        extractor,
                        keys == null ? null : keys.serializer(),
                        values == null ? null : values.serializer(),
                        produced.streamPartitioner(),
                        List.of())));
    }

    @Override
    public KTable<K, V> toTable() {
        return toTableAs(null, Materialized.with(null, null));
    }

    @Override
    public KTable<K, V> toTable(Named named) {
        return toTableAs(nameOf(named), Materialized.with(null, null));
    }

    @Override
    public KTable<K, V> toTable(Materialized<K, V, KeyValueStore<Bytes, byte[]>> materialized) {
        return toTableAs(null, materialized);
    }

    @Override
    public KTable<K, V> toTable(Named named, Materialized<K, V, KeyValueStore<Bytes, byte[]>> materialized) {
        return toTableAs(nameOf(named), materialized);
    }

    private KTable<K, V> toTableAs(
            @Nullable String givenName, Materialized<K, V, KeyValueStore<Bytes, byte[]>> materialized) {
        given(materialized, "materialized");
        String prefix = "KSTREAM-TOTABLE-";
        Serde<K> keys = materialized.keySerde() == null ? keySerde : materialized.keySerde();
        Serde<V> values = materialized.valueSerde() == null ? valueSerde : materialized.valueSerde();
        String name = plan.name(givenName, prefix);
        boolean stored = materialized.storeName() != null;
        String storeName = materialized.storeName() == null ? plan.storeName(prefix) : materialized.storeName();
        Rekeying rekeying =
                KeyChange.mayHaveChanged(node) ? plan.rekeying(name, givenName != null, keys, values) : null;
        TableStore store = new TableStore(TableStores.keyValue(storeName, materialized, keys, values), stored, false);
        ToTable table = plan.add(new ToTable(name, node, store, rekeying));
        return new PlannedTable<>(plan, table, keys, values, materialized.storeName());
    }

    @Override
    public <KOut> KGroupedStream<KOut, V> groupBy(KeyValueMapper<? super K, ? super V, KOut> keySelector) {
        return groupBy(keySelector, Grouped.with(null, null));
    }

    @Override
    public <KOut> KGroupedStream<KOut, V> groupBy(
            KeyValueMapper<? super K, ? super V, KOut> keySelector, Grouped<KOut, V> grouped) {
        given(keySelector, "keySelector");
        given(grouped, "grouped");
        PlannedStream<KOut, V> rekeyed = selectKeyAs(grouped.name(), keySelector);
        return rekeyed.groupByKey(grouped);
    }

    @Override
    public KGroupedStream<K, V> groupByKey() {
        return groupByKey(Grouped.with(null, null));
    }

    @Override
    public KGroupedStream<K, V> groupByKey(Grouped<K, V> grouped) {
        given(grouped, "grouped");
        Serde<K> keys = grouped.keySerde() == null ? keySerde : grouped.keySerde();
        Serde<V> values = grouped.valueSerde() == null ? valueSerde : grouped.valueSerde();
        return new PlannedGroupedStream<>(plan, new Grouping<>(plan, node, grouped.name(), keys, values));
    }

    @Override
    public <KOut, VOut> KStream<KOut, VOut> process(
            ProcessorSupplier<? super K, ? super V, ? extends KOut, ? extends VOut> processorSupplier,
            String... stateStoreNames) {
        given(processorSupplier, "processorSupplier");
        return custom(plan.name("KSTREAM-PROCESSOR-"), true, processorSupplier, null, stateStoreNames);
    }

    @Override
    public <KOut, VOut> KStream<KOut, VOut> process(
            ProcessorSupplier<? super K, ? super V, ? extends KOut, ? extends VOut> processorSupplier,
            Named named,
            String... stateStoreNames) {
        given(processorSupplier, "processorSupplier");
        return custom(nameOf(named), true, processorSupplier, null, stateStoreNames);
    }

    @Override
    public <VOut> KStream<K, VOut> processValues(
            FixedKeyProcessorSupplier<? super K, ? super V, ? extends VOut> processorSupplier,
            String... stateStoreNames) {
        ProcessorSupplier<?, ?, ?, ?> processor = FixedKeyOperator.of(given(processorSupplier, "processorSupplier"));
        return custom(plan.name("KSTREAM-PROCESSVALUES-"), false, processor, keySerde, stateStoreNames);
    }

    @Override
    public <VOut> KStream<K, VOut> processValues(
            FixedKeyProcessorSupplier<? super K, ? super V, ? extends VOut> processorSupplier,
            Named named,
            String... stateStoreNames) {
        ProcessorSupplier<?, ?, ?, ?> processor = FixedKeyOperator.of(given(processorSupplier, "processorSupplier"));
        return custom(nameOf(named), false, processor, keySerde, stateStoreNames);
    }

    private <KOut, VOut> KStream<KOut, VOut> custom(
            String name,
            boolean changesKeys,
            ProcessorSupplier<?, ?, ?, ?> processor,
            @Nullable Serde<KOut> keys,
            String... stateStoreNames) {
        for (String storeName : given(stateStoreNames, "stateStoreNames")) {
            given(storeName, "a state store's name");
        }
        StreamStep step =
                plan.add(new StreamStep(name, List.of(node), changesKeys, processor, List.of(stateStoreNames)));
        return new PlannedStream<>(plan, step, keys, null);
    }
}
