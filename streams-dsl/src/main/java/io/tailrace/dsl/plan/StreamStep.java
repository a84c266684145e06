package io.tailrace.dsl.plan;

import io.tailrace.processor.api.ProcessorSupplier;
import java.util.List;

/**
 * One processor between streams: everything that needs no other partitioning than it finds, such as filter, map,
 * merge, or a processor of the user's own.
 *
 * @param streams one, or several for a merge
 * @param changesKeys whether a record may leave with another key than it came with
 * @param stores names of stores added to the builder that the processor uses
 */
public record StreamStep(
        String name,
        List<StreamNode> streams,
        boolean changesKeys,
        ProcessorSupplier<?, ?, ?, ?> processor,
        List<String> stores)
        implements StreamNode {
    public StreamStep {
        streams = List.copyOf(streams);
        stores = List.copyOf(stores);
    }

    @Override
    public List<PlanNode> inputs() {
        return List.copyOf(streams);
    }

    @Override
    public StreamStep withInputs(List<PlanNode> inputs) {
        List<StreamNode> newStreams =
                inputs.stream().map(StreamNode.class::cast).toList();
        return new StreamStep(name, newStreams, changesKeys, processor, stores);
    }
}
