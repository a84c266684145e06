package io.tailrace.dsl.plan;

import io.tailrace.processor.StreamPartitioner;
import io.tailrace.serde.Serde;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * All there is to know about a repartition topic. The operations that share one object share the topic.
 *
 * @param topic the topic's name, without the application's
 * @param filter name of the processor that drops null keys in front of the topic
 * @param sink name of the sink that writes the topic
 * @param source name of the source that reads it
 * @param named whether the user chose the name
 * @param partitions how many, if the user fixed it
 */
public record Rekeying(
        String topic,
        String filter,
        String sink,
        String source,
        boolean named,
        @Nullable Serde<?> keySerde,
        @Nullable Serde<?> valueSerde,
        OptionalInt partitions,
        @Nullable StreamPartitioner<?, ?> partitioner) {

    /** Whether a record goes to the same partition, in the same bytes, by both of them. */
    boolean partitionsLike(Rekeying other) {
        return keySerde == other.keySerde
                && valueSerde == other.valueSerde
                && partitioner == other.partitioner
                && (partitions.isEmpty() || partitions.equals(other.partitions));
    }
}
