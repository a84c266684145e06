package io.tailrace.log.api;

import io.tailrace.common.TopicPartition;
import java.util.Collection;

/** Told by {@link Consumer#poll}, on the polling thread, which partitions a group member loses and gets. */
public interface ConsumerRebalanceListener {

    /** Called before partitions go to another member: the last moment to commit their offsets. */
    void onPartitionsRevoked(Collection<TopicPartition> partitions);

    /** Called after new partitions have come, before any of their records is returned. */
    void onPartitionsAssigned(Collection<TopicPartition> partitions);
}
