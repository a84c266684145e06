package io.tailrace.log.group;

import io.tailrace.common.TopicPartition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToIntFunction;

/**
 * Divides partitions as Kafka's RangeAssignor does: topic by topic, the members that subscribe to it, in the order of their
 * ids, get consecutive ranges; when it does not divide evenly, the first members get one more. So partition n of two topics
 * with equal partition counts goes to the same member, which joins of co-partitioned topics need.
 */
final class RangeAssignor {

    private RangeAssignor() {}

    /**
     * @param subscriptions the topics of each member, by member id
     * @param partitionCounts partitions of a topic, 0 when there is no such topic
     * @return the partitions of every member, possibly none
     */
    static Map<String, Set<TopicPartition>> assign(
            SortedMap<String, Set<String>> subscriptions, ToIntFunction<String> partitionCounts) {
        Map<String, Set<TopicPartition>> assignment = new TreeMap<>();
        SortedMap<String, List<String>> subscribers = new TreeMap<>();
        subscriptions.forEach((member, topics) -> {
            assignment.put(member, new TreeSet<>());
            topics.forEach(topic ->
                    subscribers.computeIfAbsent(topic, t -> new ArrayList<>()).add(member));
        });
        subscribers.forEach((topic, members) -> {
            int partitions = partitionCounts.applyAsInt(topic);
            int each = partitions / members.size();
            int withOneMore = partitions % members.size();
            int next = 0;
            for (int i = 0; i < members.size(); i++) {
                int end = next + each + (i < withOneMore ? 1 : 0);
                Set<TopicPartition> share = assignment.computeIfAbsent(members.get(i), m -> new TreeSet<>());
                for (; next < end; next++) {
                    share.add(new TopicPartition(topic, next));
                }
            }
        });
        return assignment;
    }
}
