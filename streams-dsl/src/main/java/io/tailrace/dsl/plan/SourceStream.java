package io.tailrace.dsl.plan;

import io.tailrace.topology.SourceSpec;
import java.util.List;

/** Reads topics. */
public record SourceStream(SourceSpec source) implements StreamNode {
    @Override
    public String name() {
        return source.name();
    }

    @Override
    public List<PlanNode> inputs() {
        return List.of();
    }

    @Override
    public SourceStream withInputs(List<PlanNode> inputs) {
        return this;
    }
}
