package io.tailrace.topology;

import io.tailrace.state.StoreBuilder;

/**
 * A store that every instance has in full, filled from all partitions of one topic. It has no changelog: the topic is
 * what it is restored from.
 *
 * @param source reads the one topic
 * @param processor the source's only child; the only one to write the store, while every processor may read it
 */
public record GlobalStoreSpec(SourceSpec source, ProcessorSpec processor, StoreBuilder<?> builder) {
    public String name() {
        return builder.name();
    }

    public String topic() {
        return source.topics().iterator().next();
    }

    GlobalStoreSpec withProcessor(ProcessorSpec other) {
        return new GlobalStoreSpec(source, other, builder);
    }
}
