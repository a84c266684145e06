package io.tailrace.dsl;

import static io.tailrace.dsl.Checks.given;
import static io.tailrace.dsl.Checks.nameOf;

import io.tailrace.dsl.operator.PrintOperator;
import io.tailrace.dsl.operator.StreamOperators;
import io.tailrace.dsl.plan.StreamNode;
import io.tailrace.dsl.plan.StreamStep;
import io.tailrace.kstream.ForeachAction;
import io.tailrace.kstream.KStream;
import io.tailrace.kstream.KeyValueMapper;
import io.tailrace.kstream.Named;
import io.tailrace.kstream.Predicate;
import io.tailrace.kstream.Printed;
import io.tailrace.kstream.ValueMapper;
import io.tailrace.kstream.ValueMapperWithKey;
import io.tailrace.processor.KeyValue;
import io.tailrace.processor.api.ProcessorSupplier;
import io.tailrace.serde.Serde;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The part of a {@link PlannedStream} that adds operations without state, apart because of its many overloads. */
abstract class PlannedSteps<K, V> implements KStream<K, V> {
    final PlanBuilder plan;
    final StreamNode node;
    final @Nullable Serde<K> keySerde;
    final @Nullable Serde<V> valueSerde;

    PlannedSteps(PlanBuilder plan, StreamNode node, @Nullable Serde<K> keySerde, @Nullable Serde<V> valueSerde) {
        this.plan = plan;
        this.node = node;
        this.keySerde = keySerde;
        this.valueSerde = valueSerde;
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

    final <KOut> PlannedStream<KOut, V> selectKeyAs(
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
