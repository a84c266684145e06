package io.tailrace.log.group;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.common.TopicPartition;
import io.tailrace.common.errors.FencedInstanceIdException;
import io.tailrace.common.errors.InconsistentGroupProtocolException;
import io.tailrace.log.api.Assignor;
import io.tailrace.log.api.ConsumerGroupMetadata;
import io.tailrace.log.api.GroupMembership;
import io.tailrace.log.api.GroupState;
import io.tailrace.log.api.MemberDescription;
import io.tailrace.log.api.OffsetAndMetadata;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Static members, the choice of an assignor, and subscriptions by pattern, of the coordinator alone. */
class StaticMembersTest {
    private static final String G = "group";
    private static final TopicPartition T0 = new TopicPartition("t", 0);
    private static final TopicPartition T1 = new TopicPartition("t", 1);
    private static final long TIMEOUT_NS = 10_000;
    private static final GroupMembership STATIC =
            GroupMembership.DEFAULT.withGroupInstanceId("i1").withSessionTimeout(Duration.ofNanos(TIMEOUT_NS));

    private final Map<String, Integer> topics = new HashMap<>(Map.of("t", 2));
    private final GroupCoordinator coordinator = new GroupCoordinator(new TopicMap(topics));

    private Set<TopicPartition> join(String member, GroupMembership membership) {
        return join(member, membership, new Subscription.Topics(Set.of("t")));
    }

    private Set<TopicPartition> join(String member, GroupMembership membership, Subscription subscription) {
        coordinator.subscribe(G, member, membership, subscription);
        return poll(member);
    }

    private Set<TopicPartition> poll(String member) {
        coordinator.release(G, member, coordinator.revocation(G, member).revoked());
        coordinator.claim(G, member);
        return coordinator.describe(G, partition -> 0).members().stream()
                .filter(described -> described.memberId().equals(member))
                .map(MemberDescription::assignment)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void shouldReserveThePartitionsOfAStaticMemberThatIsAway() {
        join("s1", STATIC);
        join("d", GroupMembership.DEFAULT);
        poll("s1");
        assertThat(poll("d")).containsExactly(T1);
        int generation = coordinator.generation(G);
        coordinator.leave(G, "s1", 0);

        assertThat(poll("d")).containsExactly(T1);
        assertThat(coordinator.generation(G)).isEqualTo(generation);
        assertThat(coordinator.describe(G, partition -> 0).state()).isEqualTo(GroupState.STABLE);
        assertThat(join("s2", STATIC)).containsExactly(T0);
        assertThat(coordinator.generation(G)).as("nobody else was asked").isEqualTo(generation);
        assertThat(coordinator.nextExpiryNs()).isEmpty();
    }

    @Test
    void shouldGiveThePartitionsAwayWhenTheSessionTimesOut() {
        join("s1", STATIC);
        join("d", GroupMembership.DEFAULT);
        poll("s1");
        poll("d");
        coordinator.leave(G, "s1", 5);

        assertThat(coordinator.nextExpiryNs()).isEqualTo(OptionalLong.of(5 + TIMEOUT_NS));
        assertThat(coordinator.expire(4 + TIMEOUT_NS)).isEmpty();
        assertThat(coordinator.expire(5 + TIMEOUT_NS)).containsExactly(G);
        assertThat(poll("d")).containsExactly(T0, T1);
        assertThat(coordinator.nextExpiryNs()).isEmpty();
    }

    @Test
    void shouldForgetAGroupWhoseLastMemberDoesNotComeBack() {
        join("s1", STATIC);
        coordinator.leave(G, "s1", 0);
        assertThat(coordinator.groupIds()).containsExactly(G);
        coordinator.expire(TIMEOUT_NS);

        assertThat(coordinator.groupIds()).isEmpty();
    }

    @Test
    void shouldFenceTheOlderOfTwoWithTheSameInstanceId() {
        join("s1", STATIC);
        assertThat(join("s2", STATIC)).containsExactly(T0, T1);

        assertThat(coordinator.isFenced(G, "s1")).isTrue();
        assertThatThrownBy(() -> coordinator.revocation(G, "s1"))
                .isInstanceOf(FencedInstanceIdException.class)
                .hasMessageContainingAll("s1", "i1");
        assertThatThrownBy(() -> coordinator.commit(G, "s1", Map.of(T0, new OffsetAndMetadata(1))))
                .isInstanceOf(FencedInstanceIdException.class);
        coordinator.leave(G, "s1", 0);
        assertThat(coordinator.isFenced(G, "s1")).isFalse();
        assertThat(poll("s2")).as("it was not its place any more").containsExactly(T0, T1);
    }

    @Test
    void shouldRebalanceWhenAStaticMemberComesBackWithAnotherSubscription() {
        topics.put("u", 1);
        join("s1", STATIC);
        coordinator.leave(G, "s1", 0);

        assertThat(join("s2", STATIC, new Subscription.Topics(Set.of("u"))))
                .containsExactly(new TopicPartition("u", 0));
    }

    @Test
    void shouldRefuseACommitForAPartitionThatWasLostAndComeBack() {
        join("m1", GroupMembership.DEFAULT);
        ConsumerGroupMetadata early = new ConsumerGroupMetadata(G, coordinator.generation(G), "m1", Optional.empty());
        coordinator.commit(early, Map.of(T1, new OffsetAndMetadata(1)));
        join("m2", GroupMembership.DEFAULT);
        poll("m1");
        assertThat(poll("m2")).containsExactly(T1);
        coordinator.leave(G, "m2", 0);
        assertThat(poll("m1")).containsExactly(T0, T1);

        assertThat(coordinator.commit(early, Map.of(T0, new OffsetAndMetadata(1))))
                .hasSize(1);
        assertThatThrownBy(() -> coordinator.commit(early, Map.of(T1, new OffsetAndMetadata(1))))
                .hasMessageContainingAll("t-1", "anew");
    }

    @Test
    void shouldUseTheAssignorThatAllHaveAndMostPrefer() {
        join("m1", GroupMembership.DEFAULT.withAssignors(Assignor.RANGE, Assignor.STICKY, Assignor.ROUND_ROBIN));
        assertThat(coordinator.describe(G, p -> 0).assignor()).contains(Assignor.RANGE);
        join("m2", GroupMembership.DEFAULT.withAssignors(Assignor.ROUND_ROBIN, Assignor.STICKY));
        join("m3", GroupMembership.DEFAULT.withAssignors(Assignor.ROUND_ROBIN, Assignor.STICKY));

        assertThat(coordinator.describe(G, p -> 0).assignor()).contains(Assignor.ROUND_ROBIN);
        coordinator.leave(G, "m1", 0);
        coordinator.leave(G, "m2", 0);
        coordinator.leave(G, "m3", 0);
        assertThat(coordinator.groupIds()).isEmpty();
    }

    @Test
    void shouldRefuseAMemberWithoutACommonAssignor() {
        join("m1", GroupMembership.DEFAULT.withAssignors(Assignor.RANGE));

        assertThatThrownBy(() -> join("m2", GroupMembership.DEFAULT.withAssignors(Assignor.STICKY)))
                .isInstanceOf(InconsistentGroupProtocolException.class)
                .hasMessageContainingAll("STICKY", "RANGE");
        assertThat(coordinator.describe(G, p -> 0).members()).hasSize(1);
        coordinator.leave(G, "m1", 0);
        assertThat(join("m2", GroupMembership.DEFAULT.withAssignors(Assignor.STICKY)))
                .hasSize(2);
    }

    @Test
    void shouldFollowTopicsThatMatchAPattern() {
        topics.put("orders-eu", 1);
        Subscription pattern = new Subscription.Matching(Pattern.compile("orders-.*"));
        assertThat(join("m1", GroupMembership.DEFAULT, pattern))
                .extracting(TopicPartition::topic)
                .containsExactly("orders-eu");
        topics.put("orders-us", 1);
        topics.put("xorders-us", 1);

        assertThat(coordinator.topicChanged("xorders-us")).isEmpty();
        assertThat(coordinator.topicChanged("orders-us")).containsExactly(G);
        assertThat(poll("m1")).extracting(TopicPartition::topic).containsExactly("orders-eu", "orders-us");
        topics.remove("orders-eu");
        assertThat(coordinator.topicDeleted("orders-eu")).containsExactly(G);
        assertThat(poll("m1")).extracting(TopicPartition::topic).containsExactly("orders-us");
        assertThat(coordinator.revocation(G, "m1").lost()).isEmpty();
    }

    @Test
    void shouldAssignPartitionsThatATopicGets() {
        join("m1", GroupMembership.DEFAULT);
        topics.put("t", 3);

        assertThat(coordinator.topicChanged("t")).containsExactly(G);
        assertThat(poll("m1")).hasSize(3);
    }

    @Test
    void shouldDescribeOwnersProgressAndLag() {
        join("m1", GroupMembership.DEFAULT);
        coordinator.commit(G, "m1", Map.of(T0, new OffsetAndMetadata(7))).forEach(coordinator::apply);
        var description = coordinator.describe(G, partition -> 10);

        assertThat(description.members())
                .extracting(MemberDescription::memberId)
                .isEqualTo(List.of("m1"));
        assertThat(requireNonNull(description.progress().get(T0)).lag()).isEqualTo(OptionalLong.of(3));
        assertThat(requireNonNull(description.progress().get(T0)).memberId()).contains("m1");
        assertThat(requireNonNull(description.progress().get(T1)).lag()).isEmpty();
        coordinator.subscribe(G, "m2", GroupMembership.DEFAULT, new Subscription.Topics(Set.of("t")));
        assertThat(coordinator.describe(G, partition -> 10).state()).isEqualTo(GroupState.RECONCILING);
    }
}
