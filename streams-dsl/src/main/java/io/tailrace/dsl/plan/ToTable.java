package io.tailrace.dsl.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The records of a stream as updates of a table; a table that is read from a topic is one of a {@link SourceStream}. */
public record ToTable(
        String name,
        StreamNode stream,
        TableStore store,
        @Nullable Rekeying rekeying) implements TableNode, KeyedNode {
    @Override
    public List<PlanNode> inputs() {
        return List.of(stream);
    }

    @Override
    public ToTable withInputs(List<PlanNode> inputs) {
        return new ToTable(name, (StreamNode) inputs.get(0), store, rekeying);
    }
}
