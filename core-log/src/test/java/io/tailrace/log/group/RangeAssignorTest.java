package io.tailrace.log.group;

import static io.tailrace.log.group.Assignments.partitions;
import static io.tailrace.log.group.Assignments.union;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.common.TopicPartition;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class RangeAssignorTest {

    @Test
    void shouldGiveTheFirstMembersOneMore() {
        var assignment = assign(Map.of("m1", Set.of("b"), "m2", Set.of("b"), "m3", Set.of("b")));

        assertThat(assignment)
                .containsEntry("m1", partitions("b", 0, 1, 2))
                .containsEntry("m2", partitions("b", 3, 4))
                .containsEntry("m3", partitions("b", 5, 6));
    }

    @Test
    void shouldDivideEachTopicByItself() {
        var assignment = assign(Map.of("m1", Set.of("a", "c"), "m2", Set.of("a", "c")));

        assertThat(assignment)
                .containsEntry("m1", union(partitions("a", 0, 1), partitions("c", 0)))
                .containsEntry("m2", partitions("a", 2));
    }

    @Test
    void shouldAssignOnlyToSubscribersOfTheTopic() {
        var assignment = assign(Map.of("m1", Set.of("a"), "m2", Set.of("b")));

        assertThat(assignment)
                .containsEntry("m1", partitions("a", 0, 1, 2))
                .containsEntry("m2", partitions("b", 0, 1, 2, 3, 4, 5, 6));
    }

    @Test
    void shouldAssignNothingOfATopicThatDoesNotExist() {
        assertThat(assign(Map.of("m1", Set.of("none")))).containsEntry("m1", Set.of());
    }

    @Property(tries = 300)
    void shouldBalanceEachTopicToWithinOne(@ForAll("subscriptions") Map<String, Set<String>> subscriptions) {
        var assignment = assign(subscriptions);

        for (String topic : Assignments.COUNTS.keySet()) {
            var shares = subscriptions.entrySet().stream()
                    .filter(entry -> entry.getValue().contains(topic))
                    .mapToLong(entry -> assignment.getOrDefault(entry.getKey(), Set.of()).stream()
                            .filter(partition -> partition.topic().equals(topic))
                            .count())
                    .summaryStatistics();
            if (shares.getCount() > 0) {
                assertThat(shares.getMax() - shares.getMin()).isLessThanOrEqualTo(1);
            }
        }
    }

    @Provide
    Arbitrary<Map<String, Set<String>>> subscriptions() {
        return Assignments.subscriptions();
    }

    private static Map<String, Set<TopicPartition>> assign(Map<String, Set<String>> subscriptions) {
        return Assignments.assign(RangeAssignor::assign, subscriptions);
    }
}
