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
     * moment to commit their offsets. Partitions of a topic that was deleted have gone already.
     */
    void onPartitionsRevoked(Collection<TopicPartition> partitions);

    /** Called after new partitions have come, before any of their records is returned. */
    void onPartitionsAssigned(Collection<TopicPartition> partitions);
}
