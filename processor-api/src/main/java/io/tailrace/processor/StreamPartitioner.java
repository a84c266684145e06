package io.tailrace.processor;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides which partitions of a topic an output record goes to. Must be thread safe: all tasks share it (KIP-837). */
@FunctionalInterface
public interface StreamPartitioner<K, V> {
    /**
     * @param topic the topic's full name
     * @param numPartitions how many the topic has; valid answers are {@code [0, numPartitions)}
     * @return empty: by the hash of the serialized key as a producer does it; an empty set: drop the record; several
     *     numbers: one copy to each
     */
    Optional<Set<Integer>> partitions(String topic, @Nullable K key, @Nullable V value, int numPartitions);
}
