package io.tailrace.dsl;

import static io.tailrace.dsl.Checks.given;
import static io.tailrace.dsl.Checks.nameOf;

import io.tailrace.common.Bytes;
import io.tailrace.dsl.operator.FixedKeyOperator;
import io.tailrace.dsl.operator.PrintOperator;
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
import io.tailrace.kstream.ForeachAction;
import io.tailrace.kstream.GlobalKTable;
import io.tailrace.kstream.Grouped;
import io.tailrace.kstream.Joined;
import io.tailrace.kstream.KGroupedStream;
import io.tailrace.kstream.KStream;
import io.tailrace.kstream.KTable;
import io.tailrace.kstream.KeyValueMapper;
import io.tailrace.kstream.Materialized;
import io.tailrace.kstream.Named;
import io.tailrace.kstream.Predicate;
import io.tailrace.kstream.Printed;
import io.tailrace.kstream.Produced;
import io.tailrace.kstream.Repartitioned;
import io.tailrace.kstream.ValueJoiner;
import io.tailrace.kstream.ValueJoinerWithKey;
import io.tailrace.kstream.ValueMapper;
import io.tailrace.kstream.ValueMapperWithKey;
import io.tailrace.processor.KeyValue;
import io.tailrace.processor.TopicNameExtractor;
import io.tailrace.processor.api.FixedKeyProcessorSupplier;
import io.tailrace.processor.api.ProcessorSupplier;
import io.tailrace.serde.Serde;
import io.tailrace.state.KeyValueStore;
import io.tailrace.topology.SinkSpec;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A stream of the plan: its node, and what is known of its serdes. The joins are {@link PlannedJoins}'s. Owner: one thread.
 */
final class PlannedStream<K, V> implements KStream<K, V> {
    private final PlanBuilder plan;
    private final StreamNode node;
    private final @Nullable Serde<K> keySerde;
    private final @Nullable Serde<V> valueSerde;
    private final PlannedJoins<K, V> joins;

    PlannedStream(PlanBuilder plan, StreamNode node, @Nullable Serde<K> keySerde, @Nullable Serde<V> valueSerde) {
        this.plan = plan;
        this.node = node;
        this.keySerde = keySerde;
        this.valueSerde = valueSerde;
        joins = new PlannedJoins<>(plan, node, keySerde, valueSerde);
    }

    @Override
    public KStream<K, V> filter(Predicate<? super K, ? super V> predicate) {
        return filterAs(null, predicate, true);
    }

    @Override
    public KStream<K, V> filter(Predicate<? super K, ? super V> predicate, Named named) {
        return filterAs(nameOf(named), predicate, true);
    }

    @Override
    public KStream<K, V> filterNot(Predicate<? super K, ? super V> predicate) {
        return filterAs(null, predicate, false);
    }

    @Override
    public KStream<K, V> filterNot(Predicate<? super K, ? super V> predicate, Named named) {
        return filterAs(nameOf(named), predicate, false);
    }

    private KStream<K, V> filterAs(@Nullable String name, Predicate<? super K, ? super V> predicate, boolean keep) {
        given(predicate, "predicate");
        return step("KSTREAM-FILTER-", name, StreamOperators.filter(predicate, keep), keySerde, valueSerde);
    }

    @Override
    public <KOut> KStream<KOut, V> selectKey(KeyValueMapper<? super K, ? super V, ? extends KOut> mapper) {
        return selectKeyAs(null, mapper);
    }

    @Override
    public <KOut> KStream<KOut, V> selectKey(KeyValueMapper<? super K, ? super V, ? extends KOut> mapper, Named named) {
        return selectKeyAs(nameOf(named), mapper);
    }

    private <KOut> PlannedStream<KOut, V> selectKeyAs(
            @Nullable String name, KeyValueMapper<? super K, ? super V, ? extends KOut> mapper) {
        given(mapper, "mapper");
        return keyStep("KSTREAM-KEY-SELECT-", name, StreamOperators.selectKey(mapper), valueSerde);
    }

    @Override
    public <KOut, VOut> KStream<KOut, VOut> map(
            KeyValueMapper<? super K, ? super V, ? extends KeyValue<? extends KOut, ? extends VOut>> mapper) {
        given(mapper, "mapper");
        return keyStep("KSTREAM-MAP-", null, StreamOperators.map(mapper), null);
    }

    @Override
    public <KOut, VOut> KStream<KOut, VOut> map(
            KeyValueMapper<? super K, ? super V, ? extends KeyValue<? extends KOut, ? extends VOut>> mapper,
            Named named) {
        given(mapper, "mapper");
        return keyStep("KSTREAM-MAP-", nameOf(named), StreamOperators.map(mapper), null);
    }

    @Override
    public <VOut> KStream<K, VOut> mapValues(ValueMapper<? super V, ? extends VOut> mapper) {
        return mapValuesAs(null, withKey(mapper));
    }

    @Override
    public <VOut> KStream<K, VOut> mapValues(ValueMapper<? super V, ? extends VOut> mapper, Named named) {
        return mapValuesAs(nameOf(named), withKey(mapper));
    }

    @Override
    public <VOut> KStream<K, VOut> mapValues(ValueMapperWithKey<? super K, ? super V, ? extends VOut> mapper) {
        return mapValuesAs(null, mapper);
    }

    @Override
    public <VOut> KStream<K, VOut> mapValues(
            ValueMapperWithKey<? super K, ? super V, ? extends VOut> mapper, Named named) {
        return mapValuesAs(nameOf(named), mapper);
    }

    private <VOut> KStream<K, VOut> mapValuesAs(
            @Nullable String name, ValueMapperWithKey<? super K, ? super V, ? extends VOut> mapper) {
        given(mapper, "mapper");
        return step("KSTREAM-MAPVALUES-", name, StreamOperators.mapValues(mapper), keySerde, null);
    }

    @Override
    public <KOut, VOut> KStream<KOut, VOut> flatMap(
            KeyValueMapper<? super K, ? super V, ? extends Iterable<? extends KeyValue<? extends KOut, ? extends VOut>>>
                    mapper) {
        given(mapper, "mapper");
        return keyStep("KSTREAM-FLATMAP-", null, StreamOperators.flatMap(mapper), null);
    }

    @Override
    public <KOut, VOut> KStream<KOut, VOut> flatMap(
            KeyValueMapper<? super K, ? super V, ? extends Iterable<? extends KeyValue<? extends KOut, ? extends VOut>>>
                    mapper,
            Named named) {
        given(mapper, "mapper");
        return keyStep("KSTREAM-FLATMAP-", nameOf(named), StreamOperators.flatMap(mapper), null);
    }

    @Override
    public <VOut> KStream<K, VOut> flatMapValues(ValueMapper<? super V, ? extends Iterable<? extends VOut>> mapper) {
        return flatMapValuesAs(null, withKey(mapper));
    }

    @Override
    public <VOut> KStream<K, VOut> flatMapValues(
            ValueMapper<? super V, ? extends Iterable<? extends VOut>> mapper, Named named) {
        return flatMapValuesAs(nameOf(named), withKey(mapper));
    }

    @Override
    public <VOut> KStream<K, VOut> flatMapValues(
            ValueMapperWithKey<? super K, ? super V, ? extends Iterable<? extends VOut>> mapper) {
        return flatMapValuesAs(null, mapper);
    }

    @Override
    public <VOut> KStream<K, VOut> flatMapValues(
            ValueMapperWithKey<? super K, ? super V, ? extends Iterable<? extends VOut>> mapper, Named named) {
        return flatMapValuesAs(nameOf(named), mapper);
    }

    private <VOut> KStream<K, VOut> flatMapValuesAs(
            @Nullable String name,
            ValueMapperWithKey<? super K, ? super V, ? extends Iterable<? extends VOut>> mapper) {
        given(mapper, "mapper");
        return step("KSTREAM-FLATMAPVALUES-", name, StreamOperators.flatMapValues(mapper), keySerde, null);
    }

    @Override
    public void print(Printed<K, V> printed) {
        given(printed, "printed");
        String label = printed.label() == null ? node.name() : printed.label();
        end("KSTREAM-PRINTER-", printed.name(), PrintOperator.of(printed.file(), label, printed.mapper()));
    }

    @Override
    public void foreach(ForeachAction<? super K, ? super V> action) {
        given(action, "action");
        end("KSTREAM-FOREACH-", null, StreamOperators.foreach(action));
    }

    @Override
    public void foreach(ForeachAction<? super K, ? super V> action, Named named) {
        given(action, "action");
        end("KSTREAM-FOREACH-", nameOf(named), StreamOperators.foreach(action));
    }

    @Override
    public KStream<K, V> peek(ForeachAction<? super K, ? super V> action) {
        given(action, "action");
        return step("KSTREAM-PEEK-", null, StreamOperators.peek(action), keySerde, valueSerde);
    }

    @Override
    public KStream<K, V> peek(ForeachAction<? super K, ? super V> action, Named named) {
        given(action, "action");
        return step("KSTREAM-PEEK-", nameOf(named), StreamOperators.peek(action), keySerde, valueSerde);
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
    public <TableValue, VOut> KStream<K, VOut> join(
            KTable<K, TableValue> table, ValueJoiner<? super V, ? super TableValue, ? extends VOut> joiner) {
        return joins.withTable(table, PlannedJoins.withKey(joiner), Joined.as(null), false);
    }

    @Override
    public <TableValue, VOut> KStream<K, VOut> join(
            KTable<K, TableValue> table,
            ValueJoinerWithKey<? super K, ? super V, ? super TableValue, ? extends VOut> joiner) {
        return joins.withTable(table, joiner, Joined.as(null), false);
    }

    @Override
    public <TableValue, VOut> KStream<K, VOut> join(
            KTable<K, TableValue> table,
            ValueJoiner<? super V, ? super TableValue, ? extends VOut> joiner,
            Joined<K, V, TableValue> joined) {
        return joins.withTable(table, PlannedJoins.withKey(joiner), joined, false);
    }

    @Override
    public <TableValue, VOut> KStream<K, VOut> join(
            KTable<K, TableValue> table,
            ValueJoinerWithKey<? super K, ? super V, ? super TableValue, ? extends VOut> joiner,
            Joined<K, V, TableValue> joined) {
        return joins.withTable(table, joiner, joined, false);
    }

    @Override
    public <VTable, VOut> KStream<K, VOut> leftJoin(
            KTable<K, VTable> table, ValueJoiner<? super V, ? super VTable, ? extends VOut> joiner) {
        return joins.withTable(table, PlannedJoins.withKey(joiner), Joined.as(null), true);
    }

    @Override
    public <VTable, VOut> KStream<K, VOut> leftJoin(
            KTable<K, VTable> table, ValueJoinerWithKey<? super K, ? super V, ? super VTable, ? extends VOut> joiner) {
        return joins.withTable(table, joiner, Joined.as(null), true);
    }

    @Override
    public <VTable, VOut> KStream<K, VOut> leftJoin(
            KTable<K, VTable> table,
            ValueJoiner<? super V, ? super VTable, ? extends VOut> joiner,
            Joined<K, V, VTable> joined) {
        return joins.withTable(table, PlannedJoins.withKey(joiner), joined, true);
    }

    @Override
    public <VTable, VOut> KStream<K, VOut> leftJoin(
            KTable<K, VTable> table,
            ValueJoinerWithKey<? super K, ? super V, ? super VTable, ? extends VOut> joiner,
            Joined<K, V, VTable> joined) {
        return joins.withTable(table, joiner, joined, true);
    }

    @Override
    public <GlobalKey, GlobalValue, VOut> KStream<K, VOut> join(
            GlobalKTable<GlobalKey, GlobalValue> globalTable,
            KeyValueMapper<? super K, ? super V, ? extends GlobalKey> keySelector,
            ValueJoiner<? super V, ? super GlobalValue, ? extends VOut> joiner) {
        return joins.withGlobal(globalTable, keySelector, PlannedJoins.withKey(joiner), null, false);
    }

    @Override
    public <GlobalKey, GlobalValue, VOut> KStream<K, VOut> join(
            GlobalKTable<GlobalKey, GlobalValue> globalTable,
            KeyValueMapper<? super K, ? super V, ? extends GlobalKey> keySelector,
            ValueJoinerWithKey<? super K, ? super V, ? super GlobalValue, ? extends VOut> joiner) {
        return joins.withGlobal(globalTable, keySelector, joiner, null, false);
    }

    @Override
    public <GlobalKey, GlobalValue, VOut> KStream<K, VOut> join(
            GlobalKTable<GlobalKey, GlobalValue> globalTable,
            KeyValueMapper<? super K, ? super V, ? extends GlobalKey> keySelector,
            ValueJoiner<? super V, ? super GlobalValue, ? extends VOut> joiner,
            Named named) {
        return joins.withGlobal(globalTable, keySelector, PlannedJoins.withKey(joiner), nameOf(named), false);
    }

    @Override
    public <GlobalKey, GlobalValue, VOut> KStream<K, VOut> join(
            GlobalKTable<GlobalKey, GlobalValue> globalTable,
            KeyValueMapper<? super K, ? super V, ? extends GlobalKey> keySelector,
            ValueJoinerWithKey<? super K, ? super V, ? super GlobalValue, ? extends VOut> joiner,
            Named named) {
        return joins.withGlobal(globalTable, keySelector, joiner, nameOf(named), false);
    }

    @Override
    public <GlobalKey, GlobalValue, VOut> KStream<K, VOut> leftJoin(
            GlobalKTable<GlobalKey, GlobalValue> globalTable,
            KeyValueMapper<? super K, ? super V, ? extends GlobalKey> keySelector,
            ValueJoiner<? super V, ? super GlobalValue, ? extends VOut> joiner) {
        return joins.withGlobal(globalTable, keySelector, PlannedJoins.withKey(joiner), null, true);
    }

    @Override
    public <GlobalKey, GlobalValue, VOut> KStream<K, VOut> leftJoin(
            GlobalKTable<GlobalKey, GlobalValue> globalTable,
            KeyValueMapper<? super K, ? super V, ? extends GlobalKey> keySelector,
            ValueJoinerWithKey<? super K, ? super V, ? super GlobalValue, ? extends VOut> joiner) {
        return joins.withGlobal(globalTable, keySelector, joiner, null, true);
    }

    @Override
    public <GlobalKey, GlobalValue, VOut> KStream<K, VOut> leftJoin(
            GlobalKTable<GlobalKey, GlobalValue> globalTable,
            KeyValueMapper<? super K, ? super V, ? extends GlobalKey> keySelector,
            ValueJoiner<? super V, ? super GlobalValue, ? extends VOut> joiner,
            Named named) {
        return joins.withGlobal(globalTable, keySelector, PlannedJoins.withKey(joiner), nameOf(named), true);
    }

    @Override
    public <GlobalKey, GlobalValue, VOut> KStream<K, VOut> leftJoin(
            GlobalKTable<GlobalKey, GlobalValue> globalTable,
            KeyValueMapper<? super K, ? super V, ? extends GlobalKey> keySelector,
            ValueJoinerWithKey<? super K, ? super V, ? super GlobalValue, ? extends VOut> joiner,
            Named named) {
        return joins.withGlobal(globalTable, keySelector, joiner, nameOf(named), true);
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

    /** A processor that keeps the keys. */
    private <VOut> PlannedStream<K, VOut> step(
            String prefix,
            @Nullable String name,
            ProcessorSupplier<?, ?, ?, ?> processor,
            @Nullable Serde<K> keys,
            @Nullable Serde<VOut> values) {
        StreamStep step = plan.add(new StreamStep(plan.name(name, prefix), List.of(node), false, processor, List.of()));
        return new PlannedStream<>(plan, step, keys, values);
    }

    /** A processor that changes keys, whose serde is not known then. */
    private <KOut, VOut> PlannedStream<KOut, VOut> keyStep(
            String prefix,
            @Nullable String name,
            ProcessorSupplier<?, ?, ?, ?> processor,
            @Nullable Serde<VOut> values) {
        StreamStep step = plan.add(new StreamStep(plan.name(name, prefix), List.of(node), true, processor, List.of()));
        return new PlannedStream<>(plan, step, null, values);
    }

    /** A processor that nothing follows. */
    private void end(String prefix, @Nullable String name, ProcessorSupplier<?, ?, ?, ?> processor) {
        plan.add(new StreamStep(plan.name(name, prefix), List.of(node), false, processor, List.of()));
    }

    private static <K, V, VR> ValueMapperWithKey<K, V, VR> withKey(ValueMapper<V, VR> mapper) {
        given(mapper, "mapper");
        return (key, value) -> mapper.apply(value);
    }
}
