package io.tailrace.log.group;

import io.tailrace.common.TopicPartition;
import java.util.Optional;
import java.util.Set;

/**
 * A member as an assignor sees it. Ordered as Kafka's assignors order members: static ones first, by instance id, then the
 * others by member id; so a static member keeps its place when it comes back under another member id.
 *
 * @param previous what it has, or was to get, before this assignment
 */
record Subscriber(String memberId, Optional<String> instanceId, Set<String> topics, Set<TopicPartition> previous)
        implements Comparable<Subscriber> {

    @Override
    public int compareTo(Subscriber that) {
        if (instanceId.isPresent() && that.instanceId.isPresent()) {
            return instanceId.get().compareTo(that.instanceId.get());
        }
        if (instanceId.isPresent() || that.instanceId.isPresent()) {
            return instanceId.isPresent() ? -1 : 1;
        }
        return memberId.compareTo(that.memberId);
    }
}
