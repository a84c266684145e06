package io.tailrace.topology;

import io.tailrace.state.StoreBuilder;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A state store, of which each task of its sub-topology has one.
 *
 * @param processors the names of the processors that use it; when empty, no task has it
 */
public record StoreSpec(StoreBuilder<?> builder, Set<String> processors) {
    public StoreSpec {
        processors = Collections.unmodifiableSet(new LinkedHashSet<>(processors));
    }

    public String name() {
        return builder.name();
    }
}
