package io.tailrace.log.group;

import io.tailrace.common.TopicPartition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToIntFunction;

/**
 * Divides partitions as Kafka's RangeAssignor does: topic by topic, the members that subscribe to it, in their order, get
 * consecutive ranges; when it does not divide evenly, the first members get one more. So partition n of two topics with equal
 * partition counts goes to the same member, which joins of co-partitioned topics need.
 */
final class RangeAssignor {

    private RangeAssignor() {}

    static Map<String, Set<TopicPartition>> assign(List<Subscriber> members, ToIntFunction<String> partitionCounts) {
        Map<String, Set<TopicPartition>> assignment = new HashMap<>();
        SortedMap<String, List<Set<TopicPartition>>> sharesByTopic = new TreeMap<>();
        for (Subscriber member : members) {
            Set<TopicPartition> share = new TreeSet<>();
            assignment.put(member.memberId(), share);
            member.topics().forEach(topic -> sharesByTopic
                    .computeIfAbsent(topic, t -> new ArrayList<>())
                    .add(share));
        }
        sharesByTopic.forEach((topic, shares) -> divide(topic, partitionCounts.applyAsInt(topic), shares));
        return assignment;
    }

    private static void divide(String topic, int partitions, List<Set<TopicPartition>> shares) {
        int each = partitions / shares.size();
        int withOneMore = partitions % shares.size();
        int next = 0;
        for (int i = 0; i < shares.size(); i++) {
            int end = next + each + (i < withOneMore ? 1 : 0);
            for (; next < end; next++) {
                shares.get(i).add(new TopicPartition(topic, next));
            }
        }
    }
}
