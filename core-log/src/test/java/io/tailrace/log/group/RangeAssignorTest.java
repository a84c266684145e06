package io.tailrace.log.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.common.TopicPartition;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class RangeAssignorTest {

    private static final Map<String, Integer> COUNTS = Map.of("a", 3, "b", 7, "c", 1, "d", 12);

    @Test
    void shouldGiveTheFirstMembersOneMore() {
        var assignment = assign(Map.of("m1", Set.of("b"), "m2", Set.of("b"), "m3", Set.of("b")));

        assertThat(assignment.get("m1")).containsExactlyInAnyOrderElementsOf(partitions("b", 0, 1, 2));
        assertThat(assignment.get("m2")).containsExactlyInAnyOrderElementsOf(partitions("b", 3, 4));
        assertThat(assignment.get("m3")).containsExactlyInAnyOrderElementsOf(partitions("b", 5, 6));
    }

    @Test
    void shouldDivideEachTopicByItself() {
        var assignment = assign(Map.of("m1", Set.of("a", "c"), "m2", Set.of("a", "c")));

        assertThat(assignment.get("m1"))
                .containsExactlyInAnyOrder(
                        new TopicPartition("a", 0), new TopicPartition("a", 1), new TopicPartition("c", 0));
        assertThat(assignment.get("m2")).containsExactly(new TopicPartition("a", 2));
    }

    @Test
    void shouldAssignOnlyToSubscribersOfTheTopic() {
        var assignment = assign(Map.of("m1", Set.of("a"), "m2", Set.of("b")));

        assertThat(assignment.get("m1")).containsExactlyInAnyOrderElementsOf(partitions("a", 0, 1, 2));
        assertThat(assignment.get("m2")).containsExactlyInAnyOrderElementsOf(partitions("b", 0, 1, 2, 3, 4, 5, 6));
    }

    @Test
    void shouldAssignNothingOfATopicThatDoesNotExist() {
        assertThat(assign(Map.of("m1", Set.of("none"))).get("m1")).isEmpty();
    }

    @Property
    void shouldAssignEveryPartitionExactlyOnceAndOnlyToSubscribers(
            @ForAll("subscriptions") SortedMap<String, Set<String>> subscriptions) {
        var assignment = RangeAssignor.assign(subscriptions, topic -> COUNTS.getOrDefault(topic, 0));

        List<TopicPartition> given =
                assignment.values().stream().flatMap(Set::stream).toList();
        Set<String> wanted =
                subscriptions.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
        int expected = wanted.stream().mapToInt(COUNTS::get).sum();
        assertThat(given).doesNotHaveDuplicates().hasSize(expected);
        assignment.forEach((member, partitions) -> assertThat(partitions)
                .allMatch(partition ->
                        subscriptions.getOrDefault(member, Set.of()).contains(partition.topic())));
    }

    @Property
    void shouldBalanceEachTopicToWithinOne(@ForAll("subscriptions") SortedMap<String, Set<String>> subscriptions) {
        var assignment = RangeAssignor.assign(subscriptions, topic -> COUNTS.getOrDefault(topic, 0));

        for (String topic : COUNTS.keySet()) {
            var shares = subscriptions.entrySet().stream()
                    .filter(entry -> entry.getValue().contains(topic))
                    .map(entry -> assignment.getOrDefault(entry.getKey(), Set.of()).stream()
                            .filter(partition -> partition.topic().equals(topic))
                            .count())
                    .toList();
            if (!shares.isEmpty()) {
                assertThat(shares.stream().max(Long::compare).orElseThrow()
                                - shares.stream().min(Long::compare).orElseThrow())
                        .isLessThanOrEqualTo(1);
            }
        }
    }

    @Provide
    Arbitrary<SortedMap<String, Set<String>>> subscriptions() {
        return Arbitraries.maps(
                        Arbitraries.strings().numeric().ofLength(3).map(id -> "m" + id),
                        Arbitraries.of(COUNTS.keySet()).set().ofMinSize(1))
                .ofMinSize(1)
                .ofMaxSize(15)
                .map(TreeMap::new);
    }

    private static Map<String, Set<TopicPartition>> assign(Map<String, Set<String>> subscriptions) {
        return RangeAssignor.assign(new TreeMap<>(subscriptions), topic -> COUNTS.getOrDefault(topic, 0));
    }

    private static List<TopicPartition> partitions(String topic, int... numbers) {
        return Arrays.stream(numbers)
                .mapToObj(number -> new TopicPartition(topic, number))
                .toList();
    }
}
