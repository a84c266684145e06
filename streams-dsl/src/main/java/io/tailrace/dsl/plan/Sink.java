package io.tailrace.dsl.plan;

import io.tailrace.topology.SinkSpec;
import java.util.List;

/**
 * Writes a stream to a topic.
 *
 * @param target everything but the parents, which the input gives
 */
public record Sink(StreamNode stream, SinkSpec target) implements PlanNode {
    @Override
    public String name() {
        return target.name();
    }

    @Override
    public List<PlanNode> inputs() {
        return List.of(stream);
    }

    @Override
    public Sink withInputs(List<PlanNode> inputs) {
        return new Sink((StreamNode) inputs.get(0), target);
    }
}
