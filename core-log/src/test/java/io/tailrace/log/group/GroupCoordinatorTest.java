package io.tailrace.log.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.common.TopicPartition;
import io.tailrace.common.errors.CommitFailedException;
import io.tailrace.log.api.OffsetAndMetadata;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class GroupCoordinatorTest {

    private static final String G = "group";
    private static final TopicPartition T0 = new TopicPartition("t", 0);
    private static final TopicPartition T1 = new TopicPartition("t", 1);

    private final Map<String, Integer> topics = new HashMap<>(Map.of("t", 2));
    private final GroupCoordinator coordinator = new GroupCoordinator(topic -> topics.getOrDefault(topic, 0));

    @Test
    void shouldGiveTheOnlyMemberEverything() {
        coordinator.subscribe(G, "m1", Set.of("t"));

        assertThat(coordinator.claim(G, "m1")).containsExactly(T0, T1);
    }

    @Test
    void shouldNotGiveAPartitionToItsNewOwnerBeforeTheOldOneReleasedIt() {
        coordinator.subscribe(G, "m1", Set.of("t"));
        coordinator.claim(G, "m1");
        coordinator.subscribe(G, "m2", Set.of("t"));

        assertThat(coordinator.claim(G, "m2")).isEmpty();
        Revocation revocation = coordinator.revocation(G, "m1");
        assertThat(revocation.revoked()).containsExactly(T1);
        coordinator.release(G, "m1", revocation.revoked());
        assertThat(coordinator.claim(G, "m2")).containsExactly(T1);
        assertThat(coordinator.claim(G, "m1")).isEmpty();
    }

    @Test
    void shouldBumpTheGenerationWithEveryChange() {
        coordinator.subscribe(G, "m1", Set.of("t"));
        int first = coordinator.generation(G);
        coordinator.subscribe(G, "m2", Set.of("t"));
        int second = coordinator.generation(G);
        coordinator.leave(G, "m1");

        assertThat(second).isGreaterThan(first);
        assertThat(coordinator.generation(G)).isGreaterThan(second);
    }

    @Test
    void shouldFreeWhatALeavingMemberOwned() {
        coordinator.subscribe(G, "m1", Set.of("t"));
        coordinator.claim(G, "m1");
        coordinator.subscribe(G, "m2", Set.of("t"));
        coordinator.leave(G, "m1");

        assertThat(coordinator.claim(G, "m2")).containsExactly(T0, T1);
    }

    @Test
    void shouldForgetAGroupWithoutMembersAndOffsets() {
        coordinator.subscribe(G, "m1", Set.of("t"));
        coordinator.leave(G, "m1");

        assertThat(coordinator.groupIds()).isEmpty();
    }

    @Test
    void shouldRevokeATopicThatIsNoLongerSubscribedTo() {
        topics.put("u", 1);
        coordinator.subscribe(G, "m1", Set.of("t", "u"));
        coordinator.claim(G, "m1");
        coordinator.subscribe(G, "m1", Set.of("u"));

        assertThat(coordinator.revocation(G, "m1").revoked()).containsExactly(T0, T1);
    }

    @Test
    void shouldAssignATopicWhenItIsCreatedLater() {
        coordinator.subscribe(G, "m1", Set.of("later"));
        assertThat(coordinator.claim(G, "m1")).isEmpty();
        topics.put("later", 1);

        assertThat(coordinator.topicCreated("later")).containsExactly(G);
        assertThat(coordinator.claim(G, "m1")).containsExactly(new TopicPartition("later", 0));
    }

    @Test
    void shouldTellOnceThatADeletedTopicIsLost() {
        coordinator.subscribe(G, "m1", Set.of("t"));
        coordinator.claim(G, "m1");
        topics.remove("t");

        assertThat(coordinator.topicDeleted("t")).containsExactly(G);
        Revocation revocation = coordinator.revocation(G, "m1");
        assertThat(revocation.lost()).containsExactlyInAnyOrder(T0, T1);
        assertThat(revocation.revoked()).isEmpty();
        assertThat(coordinator.revocation(G, "m1").lost()).isEmpty();
    }

    @Test
    void shouldLoseAndReassignATopicThatWasDeletedAndCreatedAgain() {
        coordinator.subscribe(G, "m1", Set.of("t"));
        coordinator.claim(G, "m1");
        topics.remove("t");
        coordinator.topicDeleted("t");
        topics.put("t", 2);
        coordinator.topicCreated("t");

        assertThat(coordinator.revocation(G, "m1").lost()).containsExactlyInAnyOrder(T0, T1);
        assertThat(coordinator.claim(G, "m1")).containsExactly(T0, T1);
    }

    @Test
    void shouldCommitOnlyWhenTheRecordsAreApplied() {
        List<OffsetRecord> records = coordinator.commit(G, null, Map.of(T0, new OffsetAndMetadata(7)));

        assertThat(coordinator.committed(G)).isEmpty();
        records.forEach(coordinator::apply);
        assertThat(coordinator.committed(G)).containsOnly(Map.entry(T0, new OffsetAndMetadata(7)));
    }

    @Test
    void shouldRefuseCommitsForPartitionsOfAnotherMember() {
        coordinator.subscribe(G, "m1", Set.of("t"));
        coordinator.claim(G, "m1");
        coordinator.subscribe(G, "m2", Set.of("t"));

        assertThatThrownBy(() -> coordinator.commit(G, "m2", Map.of(T1, new OffsetAndMetadata(7))))
                .isInstanceOf(CommitFailedException.class)
                .hasMessageContaining("m2")
                .hasMessageContaining("t-1")
                .hasMessageContaining("belongs to m1");
        assertThat(coordinator.commit(G, "m1", Map.of(T1, new OffsetAndMetadata(7))))
                .hasSize(1);
    }

    @Test
    void shouldRefuseCommitsAndDeletionsFromOutsideWhileThereAreMembers() {
        coordinator.subscribe(G, "m1", Set.of("t"));

        assertThatThrownBy(() -> coordinator.commit(G, null, Map.of(T0, new OffsetAndMetadata(7))))
                .isInstanceOf(CommitFailedException.class)
                .hasMessageContaining("m1");
        assertThatThrownBy(() -> coordinator.delete(G)).isInstanceOf(CommitFailedException.class);
    }

    @Test
    void shouldForgetAGroupByTombstones() {
        coordinator.commit(G, null, Map.of(T0, new OffsetAndMetadata(7))).forEach(coordinator::apply);

        coordinator.delete(G).forEach(coordinator::apply);

        assertThat(coordinator.committed(G)).isEmpty();
        assertThat(coordinator.groupIds()).isEmpty();
    }

    @Test
    void shouldForgetOffsetsOfTopicsThatAreGone() {
        topics.put("u", 1);
        TopicPartition u0 = new TopicPartition("u", 0);
        coordinator
                .commit(G, null, Map.of(T0, new OffsetAndMetadata(7), u0, new OffsetAndMetadata(8)))
                .forEach(coordinator::apply);
        topics.remove("t");

        assertThat(coordinator.forgetTopics()).containsExactly(new OffsetRecord(G, T0, null));
    }

    /** Members come, go and poll in any order; each poll is told as a list of numbers. */
    @Property(tries = 300)
    void shouldNeverHaveTwoOwnersAndSettleOnEveryPartition(
            @ForAll @Size(max = 60) List<@IntRange(max = 11) Integer> steps) {
        topics.put("u", 5);
        GroupCoordinator group = new GroupCoordinator(topic -> topics.getOrDefault(topic, 0));
        Map<String, Set<TopicPartition>> owned = new HashMap<>();
        for (int step : steps) {
            String member = "m" + step % 4;
            if (step < 4) {
                group.subscribe(G, member, Set.of("t", "u"));
                owned.putIfAbsent(member, new HashSet<>());
            } else if (step < 6) {
                group.leave(G, member);
                owned.remove(member);
            } else if (owned.containsKey(member)) {
                poll(group, member, owned);
            }
        }
        for (int round = 0; round < 2; round++) { // everybody releases, then everybody claims what is left
            List.copyOf(owned.keySet()).forEach(member -> poll(group, member, owned));
        }

        List<TopicPartition> all = owned.values().stream().flatMap(Set::stream).toList();
        assertThat(all).hasSize(owned.isEmpty() ? 0 : 7).doesNotHaveDuplicates();
    }

    private static void poll(GroupCoordinator group, String member, Map<String, Set<TopicPartition>> owned) {
        Set<TopicPartition> mine = owned.computeIfAbsent(member, m -> new HashSet<>());
        Revocation revocation = group.revocation(G, member);
        assertThat(mine).containsAll(revocation.revoked());
        mine.removeAll(revocation.revoked());
        group.release(G, member, revocation.revoked());
        Set<TopicPartition> claimed = group.claim(G, member);
        List<TopicPartition> others = new ArrayList<>();
        owned.values().forEach(others::addAll);
        assertThat(claimed).noneMatch(others::contains);
        mine.addAll(claimed);
    }
}
