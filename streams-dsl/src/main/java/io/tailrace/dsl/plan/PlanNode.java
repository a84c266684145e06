package io.tailrace.dsl.plan;

import java.util.List;

/**
 * One operation of a program. Immutable, knows its inputs, never its consumers. Two nodes are the same only if they are the
 * same object: whoever keeps nodes in a map uses one by identity.
 */
public sealed interface PlanNode permits StreamNode, TableNode, Sink, GlobalTable, GlobalStore {
    /** The name of the processor in the topology that does the operation's work, or of the source or sink. */
    String name();

    /** What it reads, in the order of {@link #withInputs}. */
    List<PlanNode> inputs();

    /**
     * The same operation on other inputs.
     *
     * @param inputs as many as {@link #inputs()}, each of the same kind as before
     */
    PlanNode withInputs(List<PlanNode> inputs);
}
