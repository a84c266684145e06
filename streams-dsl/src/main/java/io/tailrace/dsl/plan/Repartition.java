package io.tailrace.dsl.plan;

import java.util.List;

/**
 * Passes a stream through an internal topic, so that equal keys are in one partition.
 *
 * @param dropsNullKeys whether records without a key end here, as they do unless all that follows can use them
 */
public record Repartition(StreamNode stream, Rekeying rekeying, boolean dropsNullKeys) implements StreamNode {
    @Override
    public String name() {
        return rekeying.source();
    }

    @Override
    public List<PlanNode> inputs() {
        return List.of(stream);
    }

    @Override
    public Repartition withInputs(List<PlanNode> inputs) {
        return new Repartition((StreamNode) inputs.get(0), rekeying, dropsNullKeys);
    }
}
