package io.tailrace.log.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.common.TopicPartition;
import io.tailrace.log.api.Assignor;
import io.tailrace.log.api.GroupMembership;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Members, dynamic and static, come, go and poll in any order while topics come, grow and go. */
class RebalanceProperties {
    private static final String G = "g";
    private static final long SESSION_NS = 5;

    private final Map<String, Integer> topics = new TreeMap<>();
    private final GroupCoordinator coordinator = new GroupCoordinator(new TopicMap(topics));
    private final Map<String, Set<TopicPartition>> owned = new TreeMap<>(); // of those that have not left
    private final Map<String, String> instances = new HashMap<>(); // instance id -> member id that is it
    private final Set<String> fenced = new HashSet<>();
    private long nowNs;
    private int joined;

    @Property(tries = 400)
    void shouldNeverHaveTwoOwnersAndSettle(
            @ForAll Assignor assignor, @ForAll long seed, @ForAll @IntRange(min = 1, max = 120) int steps) {
        new RebalanceProperties().run(assignor, seed, steps); // each try begins anew
    }

    private void run(Assignor assignor, long seed, int steps) {
        Random random = new Random(seed);
        for (int step = 0; step < steps; step++) {
            nowNs++;
            switch (random.nextInt(10)) {
                case 0, 1 -> join(assignor, random);
                case 2 -> leave(random);
                case 3 -> changeTopics(random);
                case 4 -> coordinator.expire(nowNs);
                default -> any(owned.keySet(), random).forEach(this::poll);
            }
        }
        nowNs += SESSION_NS;
        coordinator.expire(nowNs);
        settle();
        Map<String, Set<TopicPartition>> settled = copyOfOwned();
        if (settled.isEmpty()) {
            return;
        }
        assertThat(coordinator.describe(G, partition -> 0).members())
                .allSatisfy(member -> assertThat(member.assignment())
                        .isEqualTo(member.targetAssignment())
                        .isEqualTo(settled.get(member.memberId()))
                        .allMatch(partition -> member.topics().contains(partition.topic())));
        Set<String> subscribed = new HashSet<>();
        coordinator.describe(G, partition -> 0).members().forEach(member -> subscribed.addAll(member.topics()));
        int expected = subscribed.stream()
                .mapToInt(topic -> topics.getOrDefault(topic, 0))
                .sum();
        assertThat(settled.values().stream().flatMap(Set::stream))
                .hasSize(expected)
                .doesNotHaveDuplicates();
        topicsThatDoNotMatterMoveNothing(settled);
    }

    private void topicsThatDoNotMatterMoveNothing(Map<String, Set<TopicPartition>> settled) {
        topics.put("other", 9);
        assertThat(coordinator.topicChanged("other")).isEmpty();
        settle();
        assertThat(copyOfOwned()).isEqualTo(settled);
    }

    private void join(Assignor assignor, Random random) {
        GroupMembership membership =
                GroupMembership.DEFAULT.withAssignors(assignor).withSessionTimeout(Duration.ofNanos(SESSION_NS));
        String member = "m%03d".formatted(++joined);
        if (random.nextInt(3) == 0) {
            String instance = "i" + random.nextInt(3);
            membership = membership.withGroupInstanceId(instance);
            String replaced = instances.put(instance, member);
            if (replaced != null && owned.remove(replaced) != null) {
                fenced.add(replaced);
            }
        }
        Subscription subscription =
                switch (random.nextInt(3)) {
                    case 0 -> new Subscription.Topics(Set.of("t0"));
                    case 1 -> new Subscription.Topics(Set.of("t0", "t1", "t2"));
                    default -> new Subscription.Matching(Pattern.compile("t.*"));
                };
        coordinator.subscribe(G, member, membership, subscription);
        owned.put(member, new HashSet<>());
    }

    private void leave(Random random) {
        any(owned.keySet(), random).forEach(member -> {
            coordinator.leave(G, member, nowNs);
            owned.remove(member);
        });
        any(fenced, random).forEach(member -> {
            coordinator.leave(G, member, nowNs);
            fenced.remove(member);
        });
    }

    private void changeTopics(Random random) {
        String topic = "t" + random.nextInt(3);
        if (topics.containsKey(topic) && random.nextInt(3) == 0) {
            topics.remove(topic);
            coordinator.topicDeleted(topic);
        } else {
            topics.merge(topic, 1 + random.nextInt(4), Integer::sum);
            coordinator.topicChanged(topic);
        }
    }

    private static List<String> any(Set<String> members, Random random) {
        return members.isEmpty()
                ? List.of()
                : List.of(List.copyOf(new TreeSet<>(members)).get(random.nextInt(members.size())));
    }

    private void poll(String member) {
        Set<TopicPartition> mine = owned.computeIfAbsent(member, m -> new HashSet<>());
        Revocation revocation = coordinator.revocation(G, member);
        mine.removeAll(revocation.lost());
        assertThat(mine).containsAll(revocation.revoked());
        mine.removeAll(revocation.revoked());
        coordinator.release(G, member, revocation.revoked());
        Set<TopicPartition> claimed = coordinator.claim(G, member);
        assertThat(claimed)
                .allMatch(partition -> topics.getOrDefault(partition.topic(), 0) > partition.partition())
                .allMatch(partition -> owned.entrySet().stream()
                        .filter(other -> !other.getKey().equals(member))
                        .noneMatch(other -> other.getValue().contains(partition) && holds(other.getKey(), partition)));
        mine.addAll(claimed);
    }

    /** Whether the coordinator agrees; else it has lost the partition with its topic, and will hear of it in its next poll. */
    private boolean holds(String member, TopicPartition partition) {
        return coordinator.describe(G, p -> 0).members().stream()
                .anyMatch(described -> described.memberId().equals(member)
                        && described.assignment().contains(partition));
    }

    private void settle() {
        for (int round = 0; round < 2; round++) { // everybody releases, then everybody claims what is left
            List.copyOf(owned.keySet()).forEach(this::poll);
        }
    }

    private Map<String, Set<TopicPartition>> copyOfOwned() {
        Map<String, Set<TopicPartition>> copy = new TreeMap<>();
        owned.forEach((member, partitions) -> copy.put(member, Set.copyOf(partitions)));
        return copy;
    }
}
