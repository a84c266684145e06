package io.tailrace.topology;

import java.util.List;

/** One node of a {@link TopologyGraph}. It knows its parents only; the graph knows its children. Immutable. */
public sealed interface NodeSpec permits SourceSpec, ProcessorSpec, SinkSpec {
    /** Unique in the graph. */
    String name();

    /** The nodes that forward to this one, empty for a source only. */
    List<String> parents();
}
