package io.tailrace.log.group;

import io.tailrace.common.TopicPartition;
import io.tailrace.log.api.GroupMembership;
import io.tailrace.log.api.MemberDescription;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** One member: what it wants, should have, has, and had until it was taken by force. <b>Owner:</b> {@link Group}. */
final class Member {
    final String id;
    final GroupMembership membership;
    Subscription subscription;

    /** What the subscription means at the moment. */
    Set<String> topics = Set.of();

    Set<TopicPartition> target = Set.of();

    /** What it owns, with the generation in which it got it. */
    final SortedMap<TopicPartition, Integer> owned = new TreeMap<>();

    final Set<TopicPartition> lost = new TreeSet<>();

    /** The generation it has last asked for. */
    int followed;

    /** Present while the member is away: when to stop waiting for it, in nanoseconds of the clock. */
    OptionalLong awayUntilNs = OptionalLong.empty();

    Member(String id, GroupMembership membership, Subscription subscription) {
        this.id = id;
        this.membership = membership;
        this.subscription = subscription;
    }

    Optional<String> instanceId() {
        return membership.groupInstanceId();
    }

    boolean isSettled() {
        return awayUntilNs.isPresent() || (lost.isEmpty() && owned.keySet().equals(target));
    }

    MemberDescription describe() {
        return new MemberDescription(
                id,
                instanceId(),
                awayUntilNs.isEmpty(),
                new TreeSet<>(topics),
                new TreeSet<>(owned.keySet()),
                new TreeSet<>(target));
    }
}
