package io.tailrace.dsl.plan;

import java.util.List;

/** Where a stream is split. What it does with a record depends on the branches that read it. */
public record Split(String name, StreamNode stream) implements StreamNode {
    @Override
    public List<PlanNode> inputs() {
        return List.of(stream);
    }

    @Override
    public Split withInputs(List<PlanNode> inputs) {
        return new Split(name, (StreamNode) inputs.get(0));
    }
}
