package io.tailrace.dsl.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What the nodes of a plan cannot know because it depends on who reads them. Computed once, immutable. The answers are for
 * the nodes of that plan only: another plan, another analysis.
 */
public final class PlanAnalysis {
    private final IdentityHashMap<PlanNode, List<PlanNode>> consumers = new IdentityHashMap<>();
    private final Set<PlanNode> stored = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<PlanNode> oldValues = Collections.newSetFromMap(new IdentityHashMap<>());

    private PlanAnalysis() {}

    public static PlanAnalysis of(Plan plan) {
        PlanAnalysis analysis = new PlanAnalysis();
        for (PlanNode node : plan.nodes()) {
            for (PlanNode input : node.inputs()) {
                analysis.consumers
                        .computeIfAbsent(input, i -> new ArrayList<>())
                        .add(node);
            }
        }
        List<PlanNode> consumersFirst = new ArrayList<>(plan.nodes());
        Collections.reverse(consumersFirst);
        consumersFirst.forEach(analysis::findOldValues);
        plan.nodes().forEach(analysis::findStores);
        return analysis;
    }

    /** Who reads the node, in the order of the program. */
    public List<PlanNode> consumers(PlanNode node) {
        return Collections.unmodifiableList(consumers.getOrDefault(node, List.of()));
    }

    /** Whether the table has its store: it is wanted anyway, a join looks values up in it, or old values come from it. */
    public boolean isStored(TableNode table) {
        return stored.contains(table);
    }

    /** Whether the changes of the table must say what the value was before, which costs a read of a store. */
    public boolean needsOldValues(TableNode table) {
        return oldValues.contains(table);
    }

    /** The topics, by their names in the topology, from which records come to the node without another topic between. */
    public Set<String> sourceTopics(PlanNode node) {
        Set<String> topics = new LinkedHashSet<>();
        collectTopics(node, topics, Collections.newSetFromMap(new IdentityHashMap<>()));
        return topics;
    }

    /** The names of the sources that read a pattern and from which records come to the node in the same way. */
    public Set<String> patternSources(PlanNode node) {
        Set<String> sources = new LinkedHashSet<>();
        collectPatterns(node, sources, Collections.newSetFromMap(new IdentityHashMap<>()));
        return sources;
    }

    private static void collectPatterns(PlanNode node, Set<String> sources, Set<PlanNode> visited) {
        if (!visited.add(node)) {
            return;
        }
        if (node instanceof SourceStream source) {
            if (source.source().topicPattern() != null) {
                sources.add(source.name());
            }
        } else if (!(node instanceof Repartition)) {
            node.inputs().forEach(input -> collectPatterns(input, sources, visited));
        }
    }

    private static void collectTopics(PlanNode node, Set<String> topics, Set<PlanNode> visited) {
        if (!visited.add(node)) {
            return;
        }
        if (node instanceof SourceStream source) {
            topics.addAll(source.source().topics());
        } else if (node instanceof Repartition repartition) {
            topics.add(repartition.rekeying().topic());
        } else {
            node.inputs().forEach(input -> collectTopics(input, topics, visited));
        }
    }

    private void findOldValues(PlanNode node) {
        boolean needed = consumers(node).stream().anyMatch(this::readsOldValues) || comparesWithOldValue(node);
        if (node instanceof TableNode && needed) {
            oldValues.add(node);
        }
    }

    /** Whether the node keeps back changes that change nothing, and old values are to be had without a further store. */
    private static boolean comparesWithOldValue(PlanNode node) {
        return node instanceof TableStep step && step.function().keepsBackNothing() && knowsOldValues(step);
    }

    private static boolean knowsOldValues(TableNode table) {
        TableStore store = table.store();
        if (table instanceof TableStep step && store == null) {
            return knowsOldValues(step.table());
        }
        return store != null && store.wanted();
    }

    /**
     * Whether a reader of a table looks at the old value of a change. Reading from a table that has no store, a step can
     * tell its own old value only from that of its input.
     */
    private boolean readsOldValues(PlanNode consumer) {
        return consumer instanceof TableStep step && step.store() == null && oldValues.contains(step);
    }

    private void findStores(PlanNode node) {
        if (node instanceof TableNode table) {
            TableStore store = table.store();
            boolean readsOwnOldValue = oldValues.contains(table) && !(table instanceof TableStep);
            if (store != null && (store.wanted() || readsOwnOldValue)) {
                stored.add(table);
            }
        } else if (node instanceof StreamTableJoin join) {
            TableNode lookedUp = join.table();
            while (lookedUp instanceof TableStep step && step.store() == null) {
                lookedUp = step.table();
            }
            stored.add(lookedUp);
        }
    }
}
