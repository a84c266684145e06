package io.tailrace.dsl.plan;

import io.tailrace.state.StoreBuilder;
import java.util.List;

/**
 * A whole program. Immutable.
 *
 * @param nodes in the order of the program, thus every input before what reads it
 * @param stores those that were added to the builder for processors of the user's own
 */
public record Plan(List<PlanNode> nodes, List<StoreBuilder<?>> stores) {
    public Plan {
        nodes = List.copyOf(nodes);
        stores = List.copyOf(stores);
    }
}
