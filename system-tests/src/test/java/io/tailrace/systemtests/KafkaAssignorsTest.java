package io.tailrace.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.log.api.Assignor;
import io.tailrace.log.api.GroupMembership;
import io.tailrace.log.group.GroupCoordinator;
import io.tailrace.log.group.KnownTopics;
import io.tailrace.log.group.Revocation;
import io.tailrace.log.group.Subscription;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.apache.kafka.clients.consumer.RoundRobinAssignor;
import org.apache.kafka.clients.consumer.StickyAssignor;
import org.apache.kafka.clients.consumer.internals.AbstractPartitionAssignor;
import org.apache.kafka.common.TopicPartition;

/** Our assignors against Kafka's own, on random groups. */
class KafkaAssignorsTest {

    @Property(tries = 400)
    void shouldDivideRangesAsKafka(@ForAll long seed) {
        GroupUnderTest group = GroupUnderTest.random(new Random(seed), Assignor.RANGE);

        assertThat(group.ours()).isEqualTo(group.kafkas(new RangeAssignor()));
    }

    @Property(tries = 400)
    void shouldDealOutAsKafka(@ForAll long seed) {
        GroupUnderTest group = GroupUnderTest.random(new Random(seed), Assignor.ROUND_ROBIN);

        assertThat(group.ours()).isEqualTo(group.kafkas(new RoundRobinAssignor()));
    }

    /** Members come and go; Kafka's assignor starts each time from what ours had made. */
    @Property(tries = 200)
    void shouldBeAtLeastAsEvenAsKafkasStickyAssignor(@ForAll long seed) {
        Random random = new Random(seed);
        GroupUnderTest group = GroupUnderTest.random(random, Assignor.STICKY);
        for (int round = 1; round <= 5; round++) {
            Map<String, Set<TopicPartition>> before = group.ours();
            group.change(random);
            Map<String, Set<TopicPartition>> kafkas = group.kafkasSticky(before, round);

            assertThat(squares(group.ours())).isLessThanOrEqualTo(squares(kafkas));
            if (group.hasEqualSubscriptions()) {
                assertThat(kept(before, group.ours())).isGreaterThanOrEqualTo(kept(before, kafkas));
            }
        }
    }

    private static int squares(Map<String, Set<TopicPartition>> assignment) {
        return assignment.values().stream()
                .mapToInt(share -> share.size() * share.size())
                .sum();
    }

    private static int kept(Map<String, Set<TopicPartition>> before, Map<String, Set<TopicPartition>> after) {
        int kept = 0;
        for (Map.Entry<String, Set<TopicPartition>> share : after.entrySet()) {
            Set<TopicPartition> same = new HashSet<>(share.getValue());
            same.retainAll(before.getOrDefault(share.getKey(), Set.of()));
            kept += same.size();
        }
        return kept;
    }

    /** A group in our coordinator, and the same in Kafka's words. */
    private static final class GroupUnderTest {
        private static final String G = "g";

        private final Map<String, Integer> counts = new TreeMap<>();
        private final Map<String, Set<String>> topicsOf = new TreeMap<>();
        private final Map<String, Optional<String>> instanceOf = new HashMap<>();
        private final Assignor assignor;
        private final boolean equalSubscriptions;
        private int joined;
        private final GroupCoordinator coordinator = new GroupCoordinator(new KnownTopics() {
            @Override
            public int partitionCount(String topic) {
                return counts.getOrDefault(topic, 0);
            }

            @Override
            public Set<String> matchable() {
                return counts.keySet();
            }
        });

        private GroupUnderTest(Assignor assignor, boolean equalSubscriptions) {
            this.assignor = assignor;
            this.equalSubscriptions = equalSubscriptions;
        }

        static GroupUnderTest random(Random random, Assignor assignor) {
            GroupUnderTest group = new GroupUnderTest(assignor, random.nextInt(3) == 0);
            for (int topic = random.nextInt(5); topic >= 0; topic--) {
                group.counts.put("t" + topic, 1 + random.nextInt(9));
            }
            for (int member = random.nextInt(8); member >= 0; member--) {
                group.join(random);
            }
            group.settle();
            return group;
        }

        boolean hasEqualSubscriptions() {
            return equalSubscriptions;
        }

        void change(Random random) {
            if (topicsOf.size() > 1 && random.nextBoolean()) {
                String member = List.copyOf(topicsOf.keySet()).get(random.nextInt(topicsOf.size()));
                coordinator.leave(G, member, 0);
                topicsOf.remove(member);
            } else {
                join(random);
            }
            settle();
        }

        private void join(Random random) {
            String member = "m" + random.nextInt(1000) + "-" + ++joined;
            Optional<String> instance = assignor != Assignor.STICKY && random.nextInt(3) == 0
                    ? Optional.of("i" + joined)
                    : Optional.empty();
            Set<String> topics = new TreeSet<>(counts.keySet());
            if (!equalSubscriptions) {
                counts.keySet().forEach(topic -> {
                    if (topics.size() > 1 && random.nextBoolean()) {
                        topics.remove(topic);
                    }
                });
            }
            GroupMembership membership = GroupMembership.DEFAULT.withAssignors(assignor);
            coordinator.subscribe(
                    G,
                    member,
                    instance.map(membership::withGroupInstanceId).orElse(membership),
                    new Subscription.Topics(topics));
            topicsOf.put(member, topics);
            instanceOf.put(member, instance);
        }

        private void settle() {
            for (int round = 0; round < 2; round++) {
                for (String member : topicsOf.keySet()) {
                    Revocation revocation = coordinator.revocation(G, member);
                    coordinator.release(G, member, revocation.revoked());
                    coordinator.claim(G, member);
                }
            }
        }

        Map<String, Set<TopicPartition>> ours() {
            Map<String, Set<TopicPartition>> assignment = new TreeMap<>();
            coordinator
                    .describe(G, partition -> 0)
                    .members()
                    .forEach(member -> assignment.put(member.memberId(), kafkaPartitions(member.assignment())));
            return assignment;
        }

        private static Set<TopicPartition> kafkaPartitions(Collection<io.tailrace.common.TopicPartition> partitions) {
            Set<TopicPartition> converted = new HashSet<>();
            partitions.forEach(
                    partition -> converted.add(new TopicPartition(partition.topic(), partition.partition())));
            return converted;
        }

        Map<String, Set<TopicPartition>> kafkas(AbstractPartitionAssignor kafka) {
            Map<String, ConsumerPartitionAssignor.Subscription> subscriptions = new HashMap<>();
            topicsOf.forEach((member, topics) -> {
                var subscription = new ConsumerPartitionAssignor.Subscription(new ArrayList<>(topics));
                subscription.setGroupInstanceId(instanceOf.getOrDefault(member, Optional.empty()));
                subscriptions.put(member, subscription);
            });
            return assign(kafka, subscriptions);
        }

        @SuppressWarnings("removal") // the only way to tell a generation; a mere group id has none
        Map<String, Set<TopicPartition>> kafkasSticky(Map<String, Set<TopicPartition>> before, int generation) {
            Map<String, ConsumerPartitionAssignor.Subscription> subscriptions = new HashMap<>();
            topicsOf.forEach((member, topics) -> {
                StickyAssignor client = new StickyAssignor();
                Set<TopicPartition> had = before.get(member);
                if (had != null) {
                    client.onAssignment(
                            new ConsumerPartitionAssignor.Assignment(List.copyOf(had)),
                            new ConsumerGroupMetadata(G, generation, member, Optional.empty()));
                }
                ByteBuffer userData = client.subscriptionUserData(topics);
                subscriptions.put(
                        member, new ConsumerPartitionAssignor.Subscription(new ArrayList<>(topics), userData));
            });
            return assign(new StickyAssignor(), subscriptions);
        }

        private Map<String, Set<TopicPartition>> assign(
                AbstractPartitionAssignor kafka, Map<String, ConsumerPartitionAssignor.Subscription> subscriptions) {
            Map<String, Set<TopicPartition>> assignment = new TreeMap<>();
            kafka.assign(new HashMap<>(counts), subscriptions)
                    .forEach((member, partitions) -> assignment.put(member, new HashSet<>(partitions)));
            return assignment;
        }
    }
}
