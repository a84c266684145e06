package io.tailrace.log.group;

import io.tailrace.common.TopicPartition;
import io.tailrace.log.api.OffsetAndMetadata;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * One consumer group. Every partition has at most one owner at any time; where that owner is not the one the assignment
 * names, the partition is on its way: the owner gives it up first, then the other takes it.
 *
 * <p><b>Owner:</b> {@link GroupCoordinator}.
 */
final class Group {
    private final SortedMap<String, Member> members = new TreeMap<>();
    private final SortedMap<TopicPartition, OffsetAndMetadata> committed = new TreeMap<>();
    private int generation;

    /** What a member wants, should have, has, and had until it was taken by force. */
    private static final class Member {
        Set<String> topics = Set.of();
        Set<TopicPartition> target = Set.of();
        final Set<TopicPartition> owned = new TreeSet<>();
        final Set<TopicPartition> lost = new TreeSet<>();
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

    boolean isEmpty() {
        return members.isEmpty() && committed.isEmpty();
    }

    SortedMap<TopicPartition, OffsetAndMetadata> committed() {
        return committed;
    }

    void subscribe(String memberId, Set<String> topics, ToIntFunction<String> partitionCounts) {
        members.computeIfAbsent(memberId, id -> new Member()).topics = Set.copyOf(topics);
        rebalance(partitionCounts);
    }

    boolean leave(String memberId, ToIntFunction<String> partitionCounts) {
        if (members.remove(memberId) == null) {
            return false;
        }
        rebalance(partitionCounts);
        return true;
    }

    boolean subscribesTo(String topic) {
        return members.values().stream().anyMatch(member -> member.topics.contains(topic));
    }

    /** Takes the partitions of a topic that is gone from everybody, without asking. */
    void lose(String topic) {
        for (Member member : members.values()) {
            member.owned.removeIf(partition -> {
                boolean gone = partition.topic().equals(topic);
                if (gone) {
                    member.lost.add(partition);
                }
                return gone;
            });
        }
    }

    void rebalance(ToIntFunction<String> partitionCounts) {
        generation++;
        SortedMap<String, Set<String>> subscriptions = new TreeMap<>();
        members.forEach((id, member) -> subscriptions.put(id, member.topics));
        RangeAssignor.assign(subscriptions, partitionCounts).forEach((id, target) -> member(id).target = target);
    }

    /** What the member has to give up; what it lost is told once. */
    Revocation revocation(String memberId) {
        Member member = member(memberId);
        Set<TopicPartition> lost = Set.copyOf(member.lost);
        member.lost.clear();
        Set<TopicPartition> revoked = new TreeSet<>(member.owned);
        revoked.removeAll(member.target);
        return new Revocation(generation, lost, revoked);
    }

    void release(String memberId, Set<TopicPartition> partitions) {
        member(memberId).owned.removeAll(partitions);
    }

    /** Gives the member what it should have and nobody owns. */
    Set<TopicPartition> claim(String memberId) {
        Member claimant = member(memberId);
        Set<TopicPartition> claimed = new TreeSet<>();
        for (TopicPartition partition : claimant.target) {
            if (ownerOf(partition) == null) {
                claimant.owned.add(partition);
                claimed.add(partition);
            }
        }
        return claimed;
    }

    @Nullable
    String ownerOf(TopicPartition partition) {
        for (Map.Entry<String, Member> entry : members.entrySet()) {
            if (entry.getValue().owned.contains(partition)) {
                return entry.getKey();
            }
        }
        return null;
    }

    private Member member(String memberId) {
        Member member = members.get(memberId);
        if (member == null) {
            throw new IllegalStateException(memberId + " is not a member; members are " + members.keySet());
        }
        return member;
    }
}
