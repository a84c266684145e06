package io.tailrace.dsl.lower;

import io.tailrace.dsl.operator.JoinOperators;
import io.tailrace.dsl.operator.StreamJoin;
import io.tailrace.dsl.operator.StreamOperators;
import io.tailrace.dsl.operator.TableFunction;
import io.tailrace.dsl.operator.TableLookup;
import io.tailrace.dsl.operator.TableOperators;
import io.tailrace.dsl.plan.Aggregate;
import io.tailrace.dsl.plan.Branch;
import io.tailrace.dsl.plan.GlobalStore;
import io.tailrace.dsl.plan.GlobalTable;
import io.tailrace.dsl.plan.Plan;
import io.tailrace.dsl.plan.PlanAnalysis;
import io.tailrace.dsl.plan.PlanNode;
import io.tailrace.dsl.plan.PlanRules;
import io.tailrace.dsl.plan.Repartition;
import io.tailrace.dsl.plan.Sink;
import io.tailrace.dsl.plan.SourceStream;
import io.tailrace.dsl.plan.Split;
import io.tailrace.dsl.plan.StreamGlobalJoin;
import io.tailrace.dsl.plan.StreamStep;
import io.tailrace.dsl.plan.StreamTableJoin;
import io.tailrace.dsl.plan.TableNode;
import io.tailrace.dsl.plan.TableStep;
import io.tailrace.dsl.plan.TableStore;
import io.tailrace.dsl.plan.ToStream;
import io.tailrace.dsl.plan.ToTable;
import io.tailrace.kstream.Predicate;
import io.tailrace.processor.api.ProcessorSupplier;
import io.tailrace.topology.ProcessorSpec;
import io.tailrace.topology.Topology;
import io.tailrace.topology.TopologyBuilder;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One way from a plan to a topology: the rules, the analysis, then node by node in the order of the program. */
public final class Lowering {
    private final PlanAnalysis analysis;
    private final TopologyBuilder builder = new TopologyBuilder();

    private Lowering(PlanAnalysis analysis) {
        this.analysis = analysis;
    }

    /** @throws io.tailrace.errors.TopologyException when names clash, or two sources read one topic in different ways */
    public static Topology lower(Plan plan) {
        Plan ruled = PlanRules.applyAll(plan);
        Lowering lowering = new Lowering(PlanAnalysis.of(ruled));
        ruled.stores().forEach(lowering.builder::addStateStore);
        ruled.nodes().forEach(lowering::add);
        return Topology.of(lowering.builder);
    }

    private void add(PlanNode node) {
        if (node instanceof SourceStream source) {
            builder.addSource(source.source());
        } else if (node instanceof StreamStep step) {
            processor(step, step.processor(), step.inputs());
            builder.connect(step.name(), step.stores().toArray(String[]::new));
        } else if (node instanceof Split split) {
            processor(split, splitter(split), split.inputs());
        } else if (node instanceof Branch branch) {
            processor(branch, StreamOperators.passThrough(), branch.inputs());
        } else if (node instanceof Repartition repartition) {
            TopicWriters.add(repartition, builder);
        } else if (node instanceof StreamTableJoin join) {
            addJoin(join);
        } else if (node instanceof StreamGlobalJoin join) {
            TableLookup<?, ?> lookup = TableLookup.inStore(join.table().store().name());
            processor(join, joiner(join.name(), join.join(), lookup), List.of(join.stream()));
        } else if (node instanceof ToStream toStream) {
            processor(toStream, TableOperators.toStream(), toStream.inputs());
        } else if (node instanceof TableNode table) {
            addTable(table);
        } else if (node instanceof Sink sink) {
            TopicWriters.add(sink, builder);
        } else if (node instanceof GlobalTable table) {
            builder.addGlobalStore(
                    table.source(),
                    table.name(),
                    TableOperators.updateGlobal(table.name(), table.store().name()),
                    table.store());
        } else if (node instanceof GlobalStore store) {
            builder.addGlobalStore(store.source(), store.name(), store.processor(), store.store());
        }
    }

    private void addTable(TableNode table) {
        TableStore store = analysis.isStored(table) ? table.store() : null;
        String storeName = store == null ? null : store.name();
        boolean oldValues = analysis.needsOldValues(table);
        if (table instanceof ToTable toTable) {
            processor(toTable, TableOperators.update(toTable.name(), storeName, oldValues), toTable.inputs());
        } else if (table instanceof Aggregate aggregate) {
            processor(aggregate, aggregate.processor(), aggregate.inputs());
        } else if (table instanceof TableStep step) {
            processor(step, computer(step.function(), storeName, oldValues), step.inputs());
        }
        if (store != null) {
            builder.addStateStore(store.builder(), table.name());
        }
    }

    private void addJoin(StreamTableJoin join) {
        Set<String> stores = new LinkedHashSet<>();
        TableLookup<?, ?> lookup = lookup(join.table(), stores);
        processor(join, joiner(join.name(), join.join(), lookup), List.of(join.stream()));
        builder.connect(join.name(), stores.toArray(String[]::new));
        Set<String> topics = analysis.sourceTopics(join);
        Set<String> patternSources = analysis.patternSources(join);
        if (topics.size() + patternSources.size() > 1) {
            builder.addCopartitionGroup(topics, patternSources);
        }
    }

    /** Values come from the table's store, or are computed from the nearest table that has one. */
    private TableLookup<?, ?> lookup(TableNode table, Set<String> stores) {
        TableStore store = table.store();
        if (store != null && analysis.isStored(table)) {
            stores.add(store.name());
            return store.windowed() ? TableLookup.inWindowStore(store.name()) : TableLookup.inStore(store.name());
        }
        if (table instanceof TableStep step) {
            return computed(lookup(step.table(), stores), step.function());
        }
        throw new IllegalStateException("table '" + table.name() + "' is joined but has no store");
    }

    private ProcessorSupplier<?, ?, ?, ?> splitter(Split split) {
        List<StreamOperators.Branch<Object, Object>> branches = new ArrayList<>();
        List<String> defaultBranch = new ArrayList<>();
        for (PlanNode consumer : analysis.consumers(split)) {
            if (consumer instanceof Branch branch && branch.predicate() != null) {
                branches.add(new StreamOperators.Branch<>(branch.name(), untyped(branch.predicate())));
            } else {
                defaultBranch.add(consumer.name());
            }
        }
        return StreamOperators.split(List.copyOf(branches), List.copyOf(defaultBranch));
    }

    private void processor(PlanNode node, ProcessorSupplier<?, ?, ?, ?> supplier, List<? extends PlanNode> parents) {
        List<String> parentNames = parents.stream().map(PlanNode::name).toList();
        builder.addProcessor(new ProcessorSpec(node.name(), supplier, parentNames, Set.of()));
    }

    // The nodes were typed when the program was written and fit together by that; here they only are put together.

    @SuppressWarnings("unchecked") // the predicate was written for the records of its split
    private static Predicate<Object, Object> untyped(Predicate<?, ?> predicate) {
        return (Predicate<Object, Object>) predicate;
    }

    @SuppressWarnings("unchecked") // the join was written for the values of its table
    private static <K, V> ProcessorSupplier<?, ?, ?, ?> joiner(
            String name, StreamJoin<?, ?, ?, ?, ?> join, TableLookup<K, V> lookup) {
        return JoinOperators.lookUp(name, (StreamJoin<Object, Object, K, V, Object>) join, lookup);
    }

    @SuppressWarnings("unchecked") // the function was written for the values of its input
    private static <K, V> TableLookup<K, ?> computed(TableLookup<K, V> input, TableFunction<?, ?, ?> function) {
        return TableLookup.computed(input, (TableFunction<K, V, Object>) function);
    }

    private static <K, V, R> ProcessorSupplier<?, ?, ?, ?> computer(
            TableFunction<K, V, R> function, @Nullable String storeName, boolean oldValues) {
        return TableOperators.compute(function, storeName, oldValues);
    }
}
