package io.tailrace.log.group;

import io.tailrace.common.TopicPartition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.ToIntFunction;

/**
 * Divides partitions as Kafka's RoundRobinAssignor does: all partitions of all topics, by name and number, are dealt out to the
 * members in turn, and who does not subscribe to the topic is passed over. When all subscribe to the same topics, nobody has
 * more than one partition more than anybody else.
 */
final class RoundRobinAssignor {

    private RoundRobinAssignor() {}

    static Map<String, Set<TopicPartition>> assign(List<Subscriber> members, ToIntFunction<String> partitionCounts) {
        Map<String, Set<TopicPartition>> assignment = new HashMap<>();
        SortedSet<String> topics = new TreeSet<>();
        for (Subscriber member : members) {
            assignment.put(member.memberId(), new TreeSet<>());
            topics.addAll(member.topics());
        }
        int turn = 0;
        for (String topic : topics) {
            int partitions = partitionCounts.applyAsInt(topic);
            for (int partition = 0; partition < partitions; partition++) {
                while (!members.get(turn).topics().contains(topic)) {
                    turn = (turn + 1) % members.size();
                }
                assignment
                        .computeIfAbsent(members.get(turn).memberId(), id -> new TreeSet<>())
                        .add(new TopicPartition(topic, partition));
                turn = (turn + 1) % members.size();
            }
        }
        return assignment;
    }
}
