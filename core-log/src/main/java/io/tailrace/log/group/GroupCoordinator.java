package io.tailrace.log.group;

import io.tailrace.common.TopicPartition;
import io.tailrace.common.errors.CommitFailedException;
import io.tailrace.common.errors.GroupIdNotFoundException;
import io.tailrace.common.errors.GroupNotEmptyException;
import io.tailrace.common.errors.GroupSubscribedToTopicException;
import io.tailrace.log.api.ConsumerGroupMetadata;
import io.tailrace.log.api.GroupDescription;
import io.tailrace.log.api.GroupMembership;
import io.tailrace.log.api.OffsetAndMetadata;
import java.util.ArrayList;
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
 * Members, assignments and committed offsets of all groups.
 *
 * <p>A rebalance never stops a member that keeps its partitions (as in KIP-429). It bumps the group's generation and
 * computes who should own what; then each member, when it polls next,
 *
 * <pre>
 *   revocation(member)  learns what it has to give up and may still commit for it,
 *   release(member, …)  gives that up,
 *   claim(member)       takes what it should have and nobody owns; the rest follows when its owners have released it.
 * </pre>
 *
 * <p>All members live in this process, so there are no heartbeats and nobody is evicted: a member leaves by leaving. One that
 * never polls again keeps its partitions and blocks exactly those. Only for a static member (KIP-345) that has left does the
 * group wait, until its session timeout, and by {@link #expire}. For the same reason members are not stored: after a restart
 * there are none, whatever a record said.
 *
 * <p>Changes of committed offsets are answered as records. They are in effect when the caller, after it has stored them, has
 * given them to {@link #apply}: so what a member reads is never ahead of the log.
 *
 * <p><b>Owner:</b> one thread at a time, guarded by the caller.
 */
public final class GroupCoordinator {
    private final SortedMap<String, Group> groups = new TreeMap<>();
    private final PendingOffsets pending = new PendingOffsets();
    private final KnownTopics known;

    public GroupCoordinator(KnownTopics known) {
        this.known = known;
    }

    /**
     * A member joins, or subscribes to something else. A static member that joins under a new id takes the place of the one with
     * its instance id, which is fenced if it is still there.
     *
     * @throws io.tailrace.common.errors.InconsistentGroupProtocolException when it has no assignor in common with the others
     * @throws io.tailrace.common.errors.FencedInstanceIdException when it was replaced itself
     */
    public void subscribe(String group, String member, GroupMembership membership, Subscription subscription) {
        Group joined = groups.computeIfAbsent(group, id -> new Group(id, known));
        try {
            joined.subscribe(member, membership, subscription);
        } finally {
            forgetIfEmpty(group, joined);
        }
    }

    /**
     * A member leaves; everything it owned is free, at once or, of a static member, when its session times out. Nothing happens
     * when it is not there.
     *
     * @param nowNs nanoseconds of the clock
     */
    public void leave(String group, String member, long nowNs) {
        Group left = groups.get(group);
        if (left != null) {
            left.leave(member, nowNs);
            forgetIfEmpty(group, left);
        }
    }

    /**
     * Gives up static members whose session has timed out.
     *
     * @return the groups that rebalance for that
     */
    public Set<String> expire(long nowNs) {
        Set<String> changed = new TreeSet<>();
        groups.forEach((id, group) -> {
            if (group.expire(nowNs)) {
                changed.add(id);
            }
        });
        groups.values().removeIf(Group::isEmpty);
        return changed;
    }

    /** When {@link #expire} has something to do, in nanoseconds of the clock. */
    public OptionalLong nextExpiryNs() {
        return groups.values().stream()
                .map(Group::nextExpiryNs)
                .filter(OptionalLong::isPresent)
                .mapToLong(OptionalLong::getAsLong)
                .reduce((a, b) -> a - b <= 0 ? a : b);
    }

    /** Whether another consumer has taken the place of this static member. */
    public boolean isFenced(String group, String member) {
        Group found = groups.get(group);
        return found != null && found.isFenced(member);
    }

    /** @throws io.tailrace.common.errors.FencedInstanceIdException when another consumer has taken the member's place */
    public Revocation revocation(String group, String member) {
        return existing(group).revocation(member);
    }

    public void release(String group, String member, Set<TopicPartition> partitions) {
        existing(group).release(member, partitions);
    }

    /** @return what the member did not own before and owns now */
    public Set<TopicPartition> claim(String group, String member) {
        return existing(group).claim(member);
    }

    /**
     * A topic was created or has got more partitions: the groups that subscribe to it rebalance.
     *
     * @return these groups
     */
    public Set<String> topicChanged(String topic) {
        Set<String> changed = new TreeSet<>();
        groups.forEach((id, group) -> {
            if (group.topicChanged(topic)) {
                changed.add(id);
            }
        });
        return changed;
    }

    /**
     * A topic is gone: its partitions are lost, the groups that subscribe to it rebalance. Its committed offsets stay until
     * {@link #forgetTopics}.
     *
     * @return these groups
     */
    public Set<String> topicDeleted(String topic) {
        groups.values().forEach(group -> group.lose(topic));
        return topicChanged(topic);
    }

    /** Tombstones for all committed offsets of topics that do not exist any more. */
    public List<OffsetRecord> forgetTopics() {
        List<OffsetRecord> tombstones = new ArrayList<>();
        groups.forEach((id, group) -> group.committed().keySet().forEach(partition -> {
            if (known.partitionCount(partition.topic()) == 0) {
                tombstones.add(new OffsetRecord(id, partition, null));
            }
        }));
        for (OffsetRecord waiting : pending.all()) {
            if (known.partitionCount(waiting.partition().topic()) == 0) {
                tombstones.add(new OffsetRecord(waiting.group(), waiting.partition(), null));
            }
        }
        return tombstones;
    }

    /**
     * Offsets a group wants to commit.
     *
     * @param member null for a consumer outside of the group, which is heard only while the group has no members
     * @return the records to store
     * @throws CommitFailedException when a partition does not belong to the member
     * @throws io.tailrace.common.errors.FencedInstanceIdException when another consumer has taken the member's place
     */
    public List<OffsetRecord> commit(
            String group, @Nullable String member, Map<TopicPartition, OffsetAndMetadata> offsets) {
        return commit(
                member == null
                        ? new ConsumerGroupMetadata(group)
                        : new ConsumerGroupMetadata(group, Integer.MAX_VALUE, member, Optional.empty()),
                offsets);
    }

    /**
     * As {@link #commit(String, String, Map)} in the name of somebody who may have got it some time ago: also fails when the
     * member has lost a partition since and got it again, because another one may have read it meanwhile.
     */
    public List<OffsetRecord> commit(ConsumerGroupMetadata committer, Map<TopicPartition, OffsetAndMetadata> offsets) {
        String id = committer.groupId();
        String member = committer.memberId();
        Group group = groups.get(id);
        boolean fromOutside = member.equals(ConsumerGroupMetadata.UNKNOWN_MEMBER_ID);
        if (fromOutside && group != null && group.hasMembers()) {
            throw new CommitFailedException("cannot commit offsets of group " + id
                    + " from outside while it has members " + group.memberIds() + "; close them first");
        }
        if (!fromOutside && group != null) {
            group.checkNotFenced(member);
        }
        List<OffsetRecord> records = new ArrayList<>(offsets.size());
        offsets.forEach((partition, offset) -> {
            if (!fromOutside && (group == null || !group.ownsSince(member, partition, committer.generationId()))) {
                throw notOwned(group, committer, partition);
            }
            records.add(new OffsetRecord(id, partition, offset));
        });
        return records;
    }

    private static CommitFailedException notOwned(
            @Nullable Group group, ConsumerGroupMetadata committer, TopicPartition partition) {
        String owner = group == null ? null : group.ownerOf(partition);
        String reason = committer.memberId().equals(owner)
                ? "it has got it anew since generation " + committer.generationId()
                : "it belongs to " + (owner == null ? "nobody now" : owner);
        return new CommitFailedException(
                "group " + committer.groupId() + ": " + committer.memberId() + " cannot commit "
                        + partition + ", " + reason
                        + "; commit only partitions of the assignment, at the latest when they are revoked");
    }

    /**
     * Tombstones for everything a group has committed.
     *
     * @throws GroupNotEmptyException when the group has members
     */
    public List<OffsetRecord> delete(String group) {
        checkNoMembers(group, "delete it");
        Group found = groups.get(group);
        Set<TopicPartition> partitions = pending.partitions(group);
        if (found != null) {
            partitions.addAll(found.committed().keySet());
        }
        return tombstones(group, partitions);
    }

    /**
     * Tombstones for some of what a group has committed.
     *
     * @throws GroupSubscribedToTopicException when a member subscribes to the topic of one of the partitions
     */
    public List<OffsetRecord> deleteOffsets(String group, Set<TopicPartition> partitions) {
        Group found = groups.get(group);
        if (found == null) {
            return List.of();
        }
        for (TopicPartition partition : partitions) {
            if (found.subscribesTo(partition.topic())) {
                throw new GroupSubscribedToTopicException("cannot delete the offset of " + partition + ": group "
                        + group + " has members that subscribe to the topic, " + found.memberIds()
                        + "; close them first");
            }
        }
        Set<TopicPartition> existing = new TreeSet<>(partitions);
        existing.retainAll(found.committed().keySet());
        return tombstones(group, existing);
    }

    private static List<OffsetRecord> tombstones(String group, Set<TopicPartition> partitions) {
        return partitions.stream()
                .map(partition -> new OffsetRecord(group, partition, null))
                .toList();
    }

    /** @throws GroupNotEmptyException when the group has members */
    public void checkNoMembers(String id, String action) {
        Group group = groups.get(id);
        if (group != null && group.hasMembers()) {
            throw new GroupNotEmptyException("group " + id + ": cannot " + action + " while it has members "
                    + group.memberIds() + "; close them first");
        }
    }

    /** A record was stored as a part of a producer's transaction: it waits for {@link #endTransaction}. */
    public void applyPending(long producerId, OffsetRecord stored) {
        pending.add(producerId, stored);
    }

    /** The transaction of a producer has ended: what it has stored takes effect, or is forgotten. */
    public void endTransaction(long producerId, boolean commit) {
        List<OffsetRecord> ended = pending.end(producerId);
        if (commit) {
            ended.forEach(this::takeEffect);
        }
    }

    /** Whether a transaction that has not ended commits an offset for the partition. */
    public boolean hasPending(String group, TopicPartition partition) {
        return pending.contains(group, partition);
    }

    /** A stored record takes effect, in the order of storing. */
    public void apply(OffsetRecord stored) {
        pending.overtake(stored);
        takeEffect(stored);
    }

    private void takeEffect(OffsetRecord stored) {
        OffsetAndMetadata offset = stored.committed();
        if (offset != null) {
            groups.computeIfAbsent(stored.group(), id -> new Group(id, known))
                    .committed()
                    .put(stored.partition(), offset);
            return;
        }
        Group group = groups.get(stored.group());
        if (group != null) {
            group.committed().remove(stored.partition());
            forgetIfEmpty(stored.group(), group);
        }
    }

    /** The committed offsets of a group, a copy. */
    public Map<TopicPartition, OffsetAndMetadata> committed(String group) {
        Group found = groups.get(group);
        return found == null ? Map.of() : new TreeMap<>(found.committed());
    }

    /** What a group has committed for one partition; null when nothing. */
    public @Nullable OffsetAndMetadata committed(String group, TopicPartition partition) {
        Group found = groups.get(group);
        return found == null ? null : found.committed().get(partition);
    }

    /** Groups with members or committed offsets. */
    public Set<String> groupIds() {
        Set<String> ids = new TreeSet<>();
        groups.forEach((id, group) -> {
            if (group.exists()) {
                ids.add(id);
            }
        });
        return ids;
    }

    /**
     * @param endOffset of a partition
     * @throws GroupIdNotFoundException when the group has neither members nor committed offsets
     */
    public GroupDescription describe(String id, ToLongFunction<TopicPartition> endOffset) {
        Group group = groups.get(id);
        if (group == null || !group.exists()) {
            throw new GroupIdNotFoundException("there is no group '" + id + "'; groups are " + groupIds());
        }
        return group.describe(endOffset);
    }

    /** Grows with every change of the group's assignment, 0 for a group that had no member yet. */
    public int generation(String group) {
        Group found = groups.get(group);
        return found == null ? 0 : found.generation();
    }

    private Group existing(String id) {
        Group group = groups.get(id);
        if (group == null) {
            throw new IllegalStateException("there is no group " + id + "; groups are " + groups.keySet());
        }
        return group;
    }

    private void forgetIfEmpty(String id, Group group) {
        if (group.isEmpty()) {
            groups.remove(id);
        }
    }
}
