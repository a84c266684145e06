package io.tailrace.log.group;

import io.tailrace.common.TopicPartition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Short ways to run assignors on topics a (3 partitions), b (7), c (1) and d (12). */
final class Assignments {
    static final Map<String, Integer> COUNTS = Map.of("a", 3, "b", 7, "c", 1, "d", 12);

    private Assignments() {}

    /** Nobody had anything before. */
    static Map<String, Set<TopicPartition>> assign(PartitionAssignor assignor, Map<String, Set<String>> subscriptions) {
        return assign(assignor, subscriptions, Map.of(), COUNTS);
    }

    static Map<String, Set<TopicPartition>> assign(
            PartitionAssignor assignor,
            Map<String, Set<String>> subscriptions,
            Map<String, Set<TopicPartition>> previous,
            Map<String, Integer> counts) {
        List<Subscriber> members = new ArrayList<>();
        subscriptions.forEach((member, topics) ->
                members.add(new Subscriber(member, Optional.empty(), topics, previous.getOrDefault(member, Set.of()))));
        Collections.sort(members);
        return assignor.assign(members, topic -> counts.getOrDefault(topic, 0));
    }

    static Set<TopicPartition> partitions(String topic, Integer... numbers) {
        Set<TopicPartition> partitions = new TreeSet<>();
        Arrays.stream(numbers).forEach(number -> partitions.add(new TopicPartition(topic, number)));
        return partitions;
    }

    static Set<TopicPartition> union(Set<TopicPartition> one, Set<TopicPartition> other) {
        Set<TopicPartition> both = new TreeSet<>(one);
        both.addAll(other);
        return both;
    }

    /** One to 15 members, each with one to four of the topics. */
    static Arbitrary<Map<String, Set<String>>> subscriptions() {
        return Arbitraries.maps(
                        Arbitraries.strings().numeric().ofLength(3).map(id -> "m" + id),
                        Arbitraries.of(COUNTS.keySet()).set().ofMinSize(1))
                .ofMinSize(1)
                .ofMaxSize(15)
                .map(TreeMap::new);
    }
}
