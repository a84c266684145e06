package io.tailrace.dsl.plan;

import java.util.List;

/** The changes of a table as records. */
public record ToStream(String name, TableNode table) implements StreamNode {
    @Override
    public List<PlanNode> inputs() {
        return List.of(table);
    }

    @Override
    public ToStream withInputs(List<PlanNode> inputs) {
        return new ToStream(name, (TableNode) inputs.get(0));
    }
}
