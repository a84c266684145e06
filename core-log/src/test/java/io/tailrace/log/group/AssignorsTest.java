package io.tailrace.log.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.common.TopicPartition;
import io.tailrace.log.api.Assignor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** What every assignor owes. */
class AssignorsTest {

    @Property(tries = 500)
    void shouldAssignEveryPartitionExactlyOnceAndOnlyToSubscribers(
            @ForAll Assignor assignor, @ForAll("subscriptions") Map<String, Set<String>> subscriptions) {
        var assignment = Assignments.assign(PartitionAssignor.of(assignor), subscriptions);

        assertThat(assignment).containsOnlyKeys(subscriptions.keySet());
        List<TopicPartition> given =
                assignment.values().stream().flatMap(Set::stream).toList();
        Set<String> wanted =
                subscriptions.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
        int expected = wanted.stream()
                .mapToInt(topic -> Assignments.COUNTS.getOrDefault(topic, 0))
                .sum();
        assertThat(given).doesNotHaveDuplicates().hasSize(expected);
        assignment.forEach((member, partitions) -> assertThat(partitions)
                .allMatch(partition ->
                        subscriptions.getOrDefault(member, Set.of()).contains(partition.topic())));
    }

    @Provide
    Arbitrary<Map<String, Set<String>>> subscriptions() {
        return Assignments.subscriptions();
    }

    @Test
    void shouldOrderStaticMembersByInstanceIdBeforeTheOthers() {
        List<Subscriber> members = new ArrayList<>(List.of(
                subscriber("a", Optional.empty()),
                subscriber("z", Optional.of("i1")),
                subscriber("b", Optional.of("i2")),
                subscriber("c", Optional.empty())));
        Collections.sort(members);

        assertThat(members).extracting(Subscriber::memberId).containsExactly("z", "b", "a", "c");
    }

    private static Subscriber subscriber(String memberId, Optional<String> instanceId) {
        return new Subscriber(memberId, instanceId, Set.of(), Set.of());
    }

    @Test
    void shouldReadKafkasNames() {
        assertThat(List.of(Assignor.values()))
                .extracting(Assignor::protocolName)
                .containsExactly("range", "roundrobin", "sticky", "cooperative-sticky")
                .allSatisfy(
                        name -> assertThat(Assignor.parse(name).protocolName()).isEqualTo(name));
        assertThatThrownBy(() -> Assignor.parse("uniform"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("uniform")
                .hasMessageContaining("cooperative-sticky");
    }
}
