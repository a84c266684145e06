package io.tailrace.log.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.common.TopicPartition;
import io.tailrace.common.errors.CommitFailedException;
import io.tailrace.common.errors.GroupNotEmptyException;
import io.tailrace.log.api.GroupMembership;
import io.tailrace.log.api.OffsetAndMetadata;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GroupCoordinatorTest {

    private static final String G = "group";
    private static final TopicPartition T0 = new TopicPartition("t", 0);
    private static final TopicPartition T1 = new TopicPartition("t", 1);

    private final Map<String, Integer> topics = new HashMap<>(Map.of("t", 2));
    private final GroupCoordinator coordinator = new GroupCoordinator(new TopicMap(topics));

    private void subscribe(String member, Set<String> names) {
        subscribe(member, GroupMembership.DEFAULT, names);
    }

    private void subscribe(String member, GroupMembership membership, Set<String> names) {
        coordinator.subscribe(G, member, membership, new Subscription.Topics(names));
    }

    @Test
    void shouldGiveTheOnlyMemberEverything() {
        subscribe("m1", Set.of("t"));

        assertThat(coordinator.claim(G, "m1")).containsExactly(T0, T1);
    }

    @Test
    void shouldNotGiveAPartitionToItsNewOwnerBeforeTheOldOneReleasedIt() {
        subscribe("m1", Set.of("t"));
        coordinator.claim(G, "m1");
        subscribe("m2", Set.of("t"));

        assertThat(coordinator.claim(G, "m2")).isEmpty();
        Revocation revocation = coordinator.revocation(G, "m1");
        assertThat(revocation.revoked()).containsExactly(T1);
        coordinator.release(G, "m1", revocation.revoked());
        assertThat(coordinator.claim(G, "m2")).containsExactly(T1);
        assertThat(coordinator.claim(G, "m1")).isEmpty();
    }

    @Test
    void shouldBumpTheGenerationWithEveryChange() {
        subscribe("m1", Set.of("t"));
        int first = coordinator.generation(G);
        subscribe("m2", Set.of("t"));
        int second = coordinator.generation(G);
        coordinator.leave(G, "m1", 0);

        assertThat(second).isGreaterThan(first);
        assertThat(coordinator.generation(G)).isGreaterThan(second);
    }

    @Test
    void shouldFreeWhatALeavingMemberOwned() {
        subscribe("m1", Set.of("t"));
        coordinator.claim(G, "m1");
        subscribe("m2", Set.of("t"));
        coordinator.leave(G, "m1", 0);

        assertThat(coordinator.claim(G, "m2")).containsExactly(T0, T1);
    }

    @Test
    void shouldForgetAGroupWithoutMembersAndOffsets() {
        subscribe("m1", Set.of("t"));
        coordinator.leave(G, "m1", 0);

        assertThat(coordinator.groupIds()).isEmpty();
    }

    @Test
    void shouldRevokeATopicThatIsNoLongerSubscribedTo() {
        topics.put("u", 1);
        subscribe("m1", Set.of("t", "u"));
        coordinator.claim(G, "m1");
        subscribe("m1", Set.of("u"));

        assertThat(coordinator.revocation(G, "m1").revoked()).containsExactly(T0, T1);
    }

    @Test
    void shouldAssignATopicWhenItIsCreatedLater() {
        subscribe("m1", Set.of("later"));
        assertThat(coordinator.claim(G, "m1")).isEmpty();
        topics.put("later", 1);

        assertThat(coordinator.topicChanged("later")).containsExactly(G);
        assertThat(coordinator.claim(G, "m1")).containsExactly(new TopicPartition("later", 0));
    }

    @Test
    void shouldTellOnceThatADeletedTopicIsLost() {
        subscribe("m1", Set.of("t"));
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
        subscribe("m1", Set.of("t"));
        coordinator.claim(G, "m1");
        topics.remove("t");
        coordinator.topicDeleted("t");
        topics.put("t", 2);
        coordinator.topicChanged("t");

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
        subscribe("m1", Set.of("t"));
        coordinator.claim(G, "m1");
        subscribe("m2", Set.of("t"));

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
        subscribe("m1", Set.of("t"));

        assertThatThrownBy(() -> coordinator.commit(G, null, Map.of(T0, new OffsetAndMetadata(7))))
                .isInstanceOf(CommitFailedException.class)
                .hasMessageContaining("m1");
        assertThatThrownBy(() -> coordinator.delete(G)).isInstanceOf(GroupNotEmptyException.class);
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
}
