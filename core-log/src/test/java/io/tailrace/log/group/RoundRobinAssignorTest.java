package io.tailrace.log.group;

import static io.tailrace.log.group.Assignments.partitions;
import static io.tailrace.log.group.Assignments.union;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.common.TopicPartition;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RoundRobinAssignorTest {

    @Test
    void shouldDealOutAllTopicsInOneRound() {
        var assignment = assign(Map.of("m1", Set.of("a", "c"), "m2", Set.of("a", "c")));

        assertThat(assignment)
                .containsEntry("m1", partitions("a", 0, 2))
                .containsEntry("m2", union(partitions("a", 1), partitions("c", 0)));
    }

    @Test
    void shouldPassOverMembersThatDoNotSubscribe() {
        var assignment = assign(Map.of("m1", Set.of("a"), "m2", Set.of("a", "b"), "m3", Set.of("b", "c")));

        assertThat(assignment)
                .containsEntry("m1", partitions("a", 0, 2))
                .containsEntry("m2", union(partitions("a", 1), partitions("b", 0, 2, 4, 6)))
                .containsEntry("m3", union(partitions("b", 1, 3, 5), partitions("c", 0)));
    }

    @Test
    void shouldAssignNothingOfATopicThatDoesNotExist() {
        assertThat(assign(Map.of("m1", Set.of("none")))).containsEntry("m1", Set.of());
    }

    private static Map<String, Set<TopicPartition>> assign(Map<String, Set<String>> subscriptions) {
        return Assignments.assign(RoundRobinAssignor::assign, subscriptions);
    }
}
