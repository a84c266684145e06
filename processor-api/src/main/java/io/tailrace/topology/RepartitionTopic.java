package io.tailrace.topology;

import java.util.OptionalInt;

/**
 * An internal topic between two sub-topologies, through which records move to the partition of their new key. A runtime
 * creates it.
 *
 * @param name the logical name, without the application, for example {@code by-word-repartition}. Sources and sinks of the
 *     graph speak of it by this name; in the log it is {@code <application.id>-<name>}
 * @param partitions how many, if fixed; else as many as needed by what it is copartitioned with, or as the topics have
 *     that its records come from
 */
public record RepartitionTopic(String name, OptionalInt partitions) {
    /** @throws IllegalArgumentException when the partition count is below 1 */
    public RepartitionTopic {
        if (partitions.isPresent() && partitions.getAsInt() < 1) {
            throw new IllegalArgumentException("repartition topic '" + name + "' with " + partitions.getAsInt()
                    + " partitions: expected at least 1");
        }
    }
}
