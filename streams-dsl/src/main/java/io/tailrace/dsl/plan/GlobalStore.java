package io.tailrace.dsl.plan;

import io.tailrace.processor.api.ProcessorSupplier;
import io.tailrace.state.StoreBuilder;
import io.tailrace.topology.SourceSpec;
import java.util.List;

/** A global store that a processor of the user's own fills. */
public record GlobalStore(
        String name, SourceSpec source, StoreBuilder<?> store, ProcessorSupplier<?, ?, ?, ?> processor)
        implements PlanNode {
    @Override
    public List<PlanNode> inputs() {
        return List.of();
    }

    @Override
    public GlobalStore withInputs(List<PlanNode> inputs) {
        return this;
    }
}
