package io.tailrace.log.group;

import io.tailrace.common.TopicPartition;
import io.tailrace.common.errors.FencedInstanceIdException;
import io.tailrace.log.api.Assignor;
import io.tailrace.log.api.GroupDescription;
import io.tailrace.log.api.GroupMembership;
import io.tailrace.log.api.GroupProgress;
import io.tailrace.log.api.GroupState;
import io.tailrace.log.api.MemberDescription;
import io.tailrace.log.api.OffsetAndMetadata;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * One consumer group. Every partition has at most one owner at any time; where that owner is not the one the assignment
 * names, the partition is on its way: the owner gives it up first, then the other takes it.
 *
 * <p><b>Owner:</b> {@link GroupCoordinator}.
 */
final class Group {
    private final String id;
    private final KnownTopics known;
    private final SortedMap<String, Member> members = new TreeMap<>(); // by member id
    private final Map<String, Member> instances = new HashMap<>(); // the static ones, by instance id
    private final Map<String, String> fenced = new HashMap<>(); // member ids that were replaced -> instance id
    private final Map<TopicPartition, Member> owners = new HashMap<>();
    private final SortedMap<TopicPartition, OffsetAndMetadata> committed = new TreeMap<>();
    private @Nullable Assignor assignor; // null without members
    private int generation;

    Group(String id, KnownTopics known) {
        this.id = id;
        this.known = known;
    }

    int generation() {
        return generation;
    }

    boolean hasMembers() {
        return !members.isEmpty();
    }

    Set<String> memberIds() {
        return members.keySet();
    }

    /** Whether anybody would call it a group: it has members or committed offsets. */
    boolean exists() {
        return !members.isEmpty() || !committed.isEmpty();
    }

    /** Whether it can be forgotten. */
    boolean isEmpty() {
        return !exists() && fenced.isEmpty();
    }

    SortedMap<TopicPartition, OffsetAndMetadata> committed() {
        return committed;
    }

    /** A member joins, comes back or subscribes to something else. */
    void subscribe(String memberId, GroupMembership membership, Subscription subscription) {
        checkNotFenced(memberId);
        Member member = members.get(memberId);
        if (member == null) {
            Member predecessor =
                    membership.groupInstanceId().map(instances::get).orElse(null);
            List<Member> others = new ArrayList<>(members.values());
            others.remove(predecessor);
            AssignorChoice.checkJoin(id, membership.assignors(), others);
            member = new Member(memberId, membership, subscription);
            if (predecessor != null && replace(predecessor, member)) {
                return;
            }
            add(member);
        }
        member.subscription = subscription;
        member.topics = subscription.topics(known);
        rebalance();
    }

    /**
     * A static member is back, or there are two of it: the newer one is it from now on, with the same partitions.
     *
     * @return whether that changes nothing for the others
     */
    private boolean replace(Member old, Member successor) {
        if (old.awayUntilNs.isEmpty()) {
            old.instanceId().ifPresent(instance -> fenced.put(old.id, instance));
        }
        remove(old);
        add(successor);
        successor.target = old.target; // free now, and in nobody else's target
        successor.topics = old.topics;
        return old.subscription.equals(successor.subscription)
                && old.membership.assignors().equals(successor.membership.assignors());
    }

    private void add(Member member) {
        members.put(member.id, member);
        member.instanceId().ifPresent(instance -> instances.put(instance, member));
    }

    private void remove(Member member) {
        members.remove(member.id);
        member.instanceId().ifPresent(instances::remove);
        member.owned.keySet().forEach(owners::remove);
    }

    /**
     * A member leaves. What it owned is free; a static one keeps its place in the assignment until its session times out.
     *
     * @return whether the assignment has changed
     */
    boolean leave(String memberId, long nowNs) {
        fenced.remove(memberId);
        Member member = members.get(memberId);
        if (member == null) {
            return false;
        }
        if (member.instanceId().isPresent()) {
            release(memberId, Set.copyOf(member.owned.keySet()));
            member.lost.clear();
            member.awayUntilNs = OptionalLong.of(nowNs + toNs(member.membership.sessionTimeout()));
            return false;
        }
        remove(member);
        rebalance();
        return true;
    }

    private static long toNs(Duration timeout) {
        long foreverNs = Long.MAX_VALUE / 4; // points in time can still be compared by difference
        return timeout.compareTo(Duration.ofNanos(foreverNs)) >= 0 ? foreverNs : timeout.toNanos();
    }

    /** Removes static members that have not come back in time. */
    boolean expire(long nowNs) {
        List<Member> expired = members.values().stream()
                .filter(member -> member.awayUntilNs.isPresent() && member.awayUntilNs.getAsLong() - nowNs <= 0)
                .toList();
        expired.forEach(this::remove);
        if (!expired.isEmpty()) {
            rebalance();
        }
        return !expired.isEmpty();
    }

    /** When {@link #expire} has something to do. */
    OptionalLong nextExpiryNs() {
        return members.values().stream()
                .filter(member -> member.awayUntilNs.isPresent())
                .mapToLong(member -> member.awayUntilNs.getAsLong())
                .reduce((a, b) -> a - b <= 0 ? a : b);
    }

    /** Topics were created, have grown or are gone: rebalances when one of them is subscribed to. */
    boolean topicChanged(String topic) {
        boolean concerned = false;
        for (Member member : members.values()) {
            concerned |= member.topics.contains(topic);
            member.topics = member.subscription.topics(known);
            concerned |= member.topics.contains(topic);
        }
        if (concerned) {
            rebalance();
        }
        return concerned;
    }

    boolean subscribesTo(String topic) {
        return members.values().stream().anyMatch(member -> member.topics.contains(topic));
    }

    /** Takes the partitions of a topic that is gone from everybody, without asking. */
    void lose(String topic) {
        for (Member member : members.values()) {
            member.owned.keySet().removeIf(partition -> {
                boolean gone = partition.topic().equals(topic);
                if (gone) {
                    member.lost.add(partition);
                    owners.remove(partition);
                }
                return gone;
            });
        }
    }

    private void rebalance() {
        generation++;
        if (members.isEmpty()) {
            assignor = null;
            return;
        }
        Assignor chosen = AssignorChoice.among(members.values());
        assignor = chosen;
        List<Subscriber> subscribers = new ArrayList<>();
        members.values().forEach(member -> subscribers.add(subscriber(member)));
        Collections.sort(subscribers);
        PartitionAssignor.of(chosen)
                .assign(subscribers, known::partitionCount)
                .forEach((memberId, target) -> member(memberId).target = target);
    }

    private Subscriber subscriber(Member member) {
        Set<TopicPartition> previous = new TreeSet<>(member.owned.keySet());
        for (TopicPartition partition : member.target) {
            if (!owners.containsKey(partition)) { // nobody has it, it waits for this member
                previous.add(partition);
            }
        }
        return new Subscriber(member.id, member.instanceId(), member.topics, previous);
    }

    /** What the member has to give up; what it lost is told once. */
    Revocation revocation(String memberId) {
        Member member = member(memberId);
        member.followed = generation;
        Set<TopicPartition> lost = Set.copyOf(member.lost);
        member.lost.clear();
        Set<TopicPartition> revoked = new TreeSet<>(member.owned.keySet());
        revoked.removeAll(member.target);
        return new Revocation(generation, lost, revoked);
    }

    void release(String memberId, Set<TopicPartition> partitions) {
        Member member = member(memberId);
        for (TopicPartition partition : partitions) {
            if (member.owned.remove(partition) != null) {
                owners.remove(partition);
            }
        }
    }

    /** Gives the member what it should have and nobody owns. */
    Set<TopicPartition> claim(String memberId) {
        Member claimant = member(memberId);
        Set<TopicPartition> claimed = new TreeSet<>();
        for (TopicPartition partition : claimant.target) {
            if (owners.putIfAbsent(partition, claimant) == null) {
                claimant.owned.put(partition, claimant.followed);
                claimed.add(partition);
            }
        }
        return claimed;
    }

    @Nullable
    String ownerOf(TopicPartition partition) {
        Member owner = owners.get(partition);
        return owner == null ? null : owner.id;
    }

    /** Whether the member has owned the partition without a break since the generation, or before it. */
    boolean ownsSince(String memberId, TopicPartition partition, int since) {
        Member owner = owners.get(partition);
        return owner != null && owner.id.equals(memberId) && owner.owned.getOrDefault(partition, since + 1) <= since;
    }

    GroupDescription describe(ToLongFunction<TopicPartition> endOffset) {
        GroupState state = members.isEmpty()
                ? GroupState.EMPTY
                : members.values().stream().allMatch(Member::isSettled) ? GroupState.STABLE : GroupState.RECONCILING;
        List<MemberDescription> described =
                members.values().stream().map(Member::describe).toList();
        Set<TopicPartition> partitions = new TreeSet<>(committed.keySet());
        partitions.addAll(owners.keySet());
        SortedMap<TopicPartition, GroupProgress> progress = new TreeMap<>();
        for (TopicPartition partition : partitions) {
            progress.put(
                    partition,
                    new GroupProgress(
                            Optional.ofNullable(committed.get(partition)),
                            endOffset.applyAsLong(partition),
                            Optional.ofNullable(ownerOf(partition))));
        }
        return new GroupDescription(id, state, Optional.ofNullable(assignor), generation, described, progress);
    }

    boolean isFenced(String memberId) {
        return fenced.containsKey(memberId);
    }

    /** @throws FencedInstanceIdException when another consumer has taken the member's instance id */
    void checkNotFenced(String memberId) {
        String instance = fenced.get(memberId);
        if (instance != null) {
            throw new FencedInstanceIdException(
                    "group " + id + ": " + memberId + " is no longer the member '" + instance
                            + "', another consumer has joined with this group instance id; give each consumer one of its own");
        }
    }

    private Member member(String memberId) {
        checkNotFenced(memberId);
        Member member = members.get(memberId);
        if (member == null) {
            throw new IllegalStateException(memberId + " is not a member; members are " + members.keySet());
        }
        return member;
    }
}
