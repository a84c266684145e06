package io.tailrace.topology;

import io.tailrace.state.StoreBuilder;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A state store, of which each task of its sub-topology has one.
 *
 * @param processors the names of the processors that use it; when empty, no task has it
 * @param sourceTopic the topic that fills the store, record by record, and is what it is restored from; null for a store that its
 *     processors fill
 */
public record StoreSpec(
        StoreBuilder<?> builder,
        Set<String> processors,
        @Nullable String sourceTopic) {
    public StoreSpec {
        processors = Collections.unmodifiableSet(new LinkedHashSet<>(processors));
    }

    /** A store that its processors fill. */
    public StoreSpec(StoreBuilder<?> builder, Set<String> processors) {
        this(builder, processors, null);
    }

    public String name() {
        return builder.name();
    }
}
