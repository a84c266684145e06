package io.tailrace.dsl.plan;

import io.tailrace.processor.api.ProcessorSupplier;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A table of the results per key, or per key and window, of a stream's records. */
public record Aggregate(
        String name,
        StreamNode stream,
        ProcessorSupplier<?, ?, ?, ?> processor,
        TableStore store,
        @Nullable Rekeying rekeying)
        implements TableNode, KeyedNode {
    @Override
    public List<PlanNode> inputs() {
        return List.of(stream);
    }

    @Override
    public Aggregate withInputs(List<PlanNode> inputs) {
        return new Aggregate(name, (StreamNode) inputs.get(0), processor, store, rekeying);
    }
}
