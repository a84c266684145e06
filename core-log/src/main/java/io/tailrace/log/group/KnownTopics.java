package io.tailrace.log.group;

import java.util.Set;

/** The topics that exist, as far as groups have to know. */
public interface KnownTopics {

    /** Partitions of a topic, 0 when there is no such topic. */
    int partitionCount(String topic);

    /** What a subscription by pattern may match: all topics but internal ones. */
    Set<String> matchable();
}
