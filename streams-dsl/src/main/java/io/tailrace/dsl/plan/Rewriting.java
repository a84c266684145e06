package io.tailrace.dsl.plan;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/** One pass over a plan that makes another plan of it. The rule says for each node, in order, what becomes of it. */
final class Rewriting {
    private final IdentityHashMap<PlanNode, PlanNode> replacements = new IdentityHashMap<>();
    private final List<PlanNode> nodes = new ArrayList<>();

    /** The node on the inputs that this pass has made; the same object when they are the old ones. */
    PlanNode onNewInputs(PlanNode node) {
        List<PlanNode> inputs = new ArrayList<>();
        boolean changed = false;
        for (PlanNode input : node.inputs()) {
            PlanNode replacement = replacements.getOrDefault(input, input);
            inputs.add(replacement);
            changed |= replacement != input;
        }
        return changed ? node.withInputs(inputs) : node;
    }

    /** A node goes into the new plan; what reads {@code old} will read {@code replacement}. */
    void put(PlanNode old, PlanNode replacement) {
        replacements.put(old, replacement);
        nodes.add(replacement);
    }

    /** A node does not go into the new plan; what reads {@code old} will read {@code other}, which is in it already. */
    void drop(PlanNode old, PlanNode other) {
        replacements.put(old, other);
    }

    /** A node that the old plan does not have goes into the new one. */
    void insert(PlanNode node) {
        nodes.add(node);
    }

    Plan finish(Plan old) {
        return new Plan(nodes, old.stores());
    }
}
