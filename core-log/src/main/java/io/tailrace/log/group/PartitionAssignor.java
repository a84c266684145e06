package io.tailrace.log.group;

import io.tailrace.common.TopicPartition;
import io.tailrace.log.api.Assignor;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;

/** Divides the partitions of topics between the members that subscribe to them. Pure. */
@FunctionalInterface
interface PartitionAssignor {

    /**
     * @param members in their order
     * @param partitionCounts partitions of a topic, 0 when there is no such topic
     * @return the partitions of every member by its id, possibly none
     */
    Map<String, Set<TopicPartition>> assign(List<Subscriber> members, ToIntFunction<String> partitionCounts);

    static PartitionAssignor of(Assignor assignor) {
        return switch (assignor) {
            case RANGE -> RangeAssignor::assign;
            case ROUND_ROBIN -> RoundRobinAssignor::assign;
            case STICKY, COOPERATIVE_STICKY -> StickyAssignor::assign;
        };
    }
}
