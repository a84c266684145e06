package io.tailrace.log.api;

import io.tailrace.common.TopicPartition;
import java.util.Collection;

/**
 * Told by {@link Consumer#poll}, on the polling thread, which partitions a group member loses and gets. It may commit, seek and
 * pause with that consumer, but not poll, subscribe or close. What it throws comes out of the poll; the partitions have changed
 * hands nevertheless.
 */
public interface ConsumerRebalanceListener {

    /**
     * Called before partitions go to another member, also by {@link Consumer#unsubscribe} and {@link Consumer#close}: the last
     * moment to commit their offsets. Only what goes is named, never what stays.
     */
    void onPartitionsRevoked(Collection<TopicPartition> partitions);

    /** Called after new partitions have come, before any of their records is returned. Only what is new is named. */
    void onPartitionsAssigned(Collection<TopicPartition> partitions);

    /**
     * Called when partitions have gone already, so that nothing can be committed for them: their topic was deleted, or another
     * consumer has taken this one's group instance id. Unless overridden, {@link #onPartitionsRevoked}.
     */
    default void onPartitionsLost(Collection<TopicPartition> partitions) {
        onPartitionsRevoked(partitions);
    }
}
