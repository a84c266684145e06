package io.tailrace.dsl.plan;

import io.tailrace.state.StoreBuilder;
import io.tailrace.topology.SourceSpec;
import java.util.List;

/** A topic as a table that every task sees in full. */
public record GlobalTable(String name, SourceSpec source, StoreBuilder<?> store) implements PlanNode {
    @Override
    public List<PlanNode> inputs() {
        return List.of();
    }

    @Override
    public GlobalTable withInputs(List<PlanNode> inputs) {
        return this;
    }
}
