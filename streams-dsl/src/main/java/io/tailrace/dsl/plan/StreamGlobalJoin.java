package io.tailrace.dsl.plan;

import io.tailrace.dsl.operator.StreamJoin;
import java.util.List;

/** Looks up each record of a stream in a global table. */
public record StreamGlobalJoin(String name, StreamNode stream, GlobalTable table, StreamJoin<?, ?, ?, ?, ?> join)
        implements StreamNode {
    @Override
    public List<PlanNode> inputs() {
        return List.of(stream, table);
    }

    @Override
    public StreamGlobalJoin withInputs(List<PlanNode> inputs) {
        return new StreamGlobalJoin(name, (StreamNode) inputs.get(0), (GlobalTable) inputs.get(1), join);
    }
}
