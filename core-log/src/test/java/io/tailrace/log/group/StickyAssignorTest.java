package io.tailrace.log.group;

import static io.tailrace.log.group.Assignments.COUNTS;
import static io.tailrace.log.group.Assignments.partitions;
import static io.tailrace.log.group.Assignments.union;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.common.TopicPartition;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class StickyAssignorTest {

    @Test
    void shouldMoveOnlyToTheNewMember() {
        var subscriptions = equalSubscriptions(2);
        var before = assign(subscriptions, Map.of(), COUNTS);
        subscriptions.put("m9", Set.of("a", "b", "c", "d"));
        var after = assign(subscriptions, before, COUNTS);

        assertThat(after.get("m9")).hasSize(7);
        before.forEach(
                (member, partitions) -> assertThat(partitions).containsAll(after.getOrDefault(member, Set.of())));
    }

    @Test
    void shouldMoveOnlyWhatALeavingMemberHad() {
        var subscriptions = equalSubscriptions(4);
        var before = assign(subscriptions, Map.of(), COUNTS);
        subscriptions.remove("m1");
        var after = assign(subscriptions, before, COUNTS);

        after.forEach(
                (member, partitions) -> assertThat(partitions).containsAll(before.getOrDefault(member, Set.of())));
    }

    @Test
    void shouldLevelThroughAMemberInTheMiddle() {
        // m1 can give only to m2, and m2 only b to m3.
        var assignment = assign(
                Map.of("m1", Set.of("a"), "m2", Set.of("a", "b"), "m3", Set.of("b")),
                Map.of("m1", partitions("a", 0, 1, 2), "m2", partitions("b", 0, 1)),
                Map.of("a", 3, "b", 2));

        assertThat(assignment)
                .containsEntry("m1", partitions("a", 0, 1))
                .containsEntry("m2", union(partitions("a", 2), partitions("b", 0)))
                .containsEntry("m3", partitions("b", 1));
    }

    @Test
    void shouldNotKeepWhatIsGone() {
        var assignment = assign(
                Map.of("m1", Set.of("a")), Map.of("m1", union(partitions("a", 0, 5), partitions("b", 1))), COUNTS);

        assertThat(assignment).containsEntry("m1", partitions("a", 0, 1, 2));
    }

    @Property(tries = 300)
    void shouldChangeNothingWhenNothingHasChanged(@ForAll("subscriptions") Map<String, Set<String>> subscriptions) {
        var before = assign(subscriptions, Map.of(), COUNTS);

        assertThat(assign(subscriptions, before, COUNTS)).isEqualTo(before);
    }

    @Property(tries = 300)
    void shouldMoveNoMoreThanNecessaryWithEqualSubscriptions(
            @ForAll @IntRange(min = 1, max = 12) int before, @ForAll @IntRange(min = 1, max = 12) int after) {
        var old = assign(equalSubscriptions(before), Map.of(), COUNTS);
        var assignment = assign(equalSubscriptions(after), old, COUNTS);

        int partitions = COUNTS.values().stream().mapToInt(Integer::intValue).sum();
        int kept = assignment.entrySet().stream()
                .mapToInt(entry -> {
                    Set<TopicPartition> same = new TreeSet<>(entry.getValue());
                    same.retainAll(old.getOrDefault(entry.getKey(), Set.of()));
                    return same.size();
                })
                .sum();
        assertThat(kept).isEqualTo(mostThatCanStay(partitions, before, after));
        var sizes = assignment.values().stream().mapToInt(Set::size).summaryStatistics();
        assertThat(sizes.getMax() - sizes.getMin()).isLessThanOrEqualTo(1);
    }

    /** Each of the members that stay keeps what it had up to its share, of which some are larger by one. */
    private static int mostThatCanStay(int partitions, int before, int after) {
        int large = partitions % after;
        int kept = 0;
        for (int member = 0; member < Math.min(before, after); member++) {
            int had = partitions / before + (member < partitions % before ? 1 : 0);
            int share = partitions / after + (had > partitions / after && large-- > 0 ? 1 : 0);
            kept += Math.min(had, share);
        }
        return kept;
    }

    @Property(tries = 300)
    void shouldLeaveNobodyWithTwoLessThanSomebodyWhoCouldGive(
            @ForAll("subscriptions") Map<String, Set<String>> before,
            @ForAll("subscriptions") Map<String, Set<String>> after) {
        var assignment = assign(after, assign(before, Map.of(), COUNTS), COUNTS);

        assignment.forEach((rich, partitions) -> assignment.forEach((poor, fewer) -> {
            boolean couldTake = partitions.stream()
                    .anyMatch(partition -> after.getOrDefault(poor, Set.of()).contains(partition.topic()));
            assertThat(couldTake && partitions.size() - fewer.size() > 1).isFalse();
        }));
    }

    @Provide
    Arbitrary<Map<String, Set<String>>> subscriptions() {
        return Assignments.subscriptions();
    }

    private static Map<String, Set<String>> equalSubscriptions(int members) {
        Map<String, Set<String>> subscriptions = new HashMap<>();
        for (int i = 0; i < members; i++) {
            subscriptions.put("m" + (char) ('a' + i), Set.of("a", "b", "c", "d"));
        }
        return subscriptions;
    }

    private static Map<String, Set<TopicPartition>> assign(
            Map<String, Set<String>> subscriptions,
            Map<String, Set<TopicPartition>> previous,
            Map<String, Integer> counts) {
        return new TreeMap<>(Assignments.assign(StickyAssignor::assign, subscriptions, previous, counts));
    }
}
