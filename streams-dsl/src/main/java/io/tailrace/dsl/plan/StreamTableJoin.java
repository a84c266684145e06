package io.tailrace.dsl.plan;

import io.tailrace.dsl.operator.StreamJoin;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks up each record of a stream in a table that is partitioned as the stream is. */
public record StreamTableJoin(
        String name,
        StreamNode stream,
        TableNode table,
        StreamJoin<?, ?, ?, ?, ?> join,
        @Nullable Rekeying rekeying) implements StreamNode, KeyedNode {
    @Override
    public List<PlanNode> inputs() {
        return List.of(stream, table);
    }

    @Override
    public StreamTableJoin withInputs(List<PlanNode> inputs) {
        return new StreamTableJoin(name, (StreamNode) inputs.get(0), (TableNode) inputs.get(1), join, rekeying);
    }
}
