package io.tailrace.log.group;

import io.tailrace.common.TopicPartition;
import io.tailrace.common.errors.CommitFailedException;
import io.tailrace.log.api.OffsetAndMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToIntFunction;
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
 * never polls again keeps its partitions and blocks exactly those.
 *
 * <p>Changes of committed offsets are answered as records. They are in effect when the caller, after it has stored them, has
 * given them to {@link #apply}: so what a member reads is never ahead of the log.
 *
 * <p><b>Owner:</b> one thread at a time, guarded by the caller.
 */
public final class GroupCoordinator {
    private final SortedMap<String, Group> groups = new TreeMap<>();
    private final ToIntFunction<String> partitionCounts;

    /** @param partitionCounts partitions of a topic, 0 when there is no such topic */
    public GroupCoordinator(ToIntFunction<String> partitionCounts) {
        this.partitionCounts = partitionCounts;
    }

    /** A member joins, or changes the topics it subscribes to. */
    public void subscribe(String group, String member, Set<String> topics) {
        groups.computeIfAbsent(group, id -> new Group()).subscribe(member, topics, partitionCounts);
    }

    /** A member leaves; everything it owned is free at once. Nothing happens when it is not there. */
    public void leave(String group, String member) {
        Group left = groups.get(group);
        if (left != null && left.leave(member, partitionCounts)) {
            forgetIfEmpty(group, left);
        }
    }

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
     * A topic was created: the groups that subscribe to it rebalance.
     *
     * @return these groups
     */
    public Set<String> topicCreated(String topic) {
        Set<String> changed = new TreeSet<>();
        groups.forEach((id, group) -> {
            if (group.subscribesTo(topic)) {
                group.rebalance(partitionCounts);
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
        return topicCreated(topic);
    }

    /** Tombstones for all committed offsets of topics that do not exist any more. */
    public List<OffsetRecord> forgetTopics() {
        List<OffsetRecord> tombstones = new ArrayList<>();
        groups.forEach((id, group) -> group.committed().keySet().forEach(partition -> {
            if (partitionCounts.applyAsInt(partition.topic()) == 0) {
                tombstones.add(new OffsetRecord(id, partition, null));
            }
        }));
        return tombstones;
    }

    /**
     * Offsets a group wants to commit.
     *
     * @param member null for a consumer outside of the group, which is heard only while the group has no members
     * @return the records to store
     * @throws CommitFailedException when a partition does not belong to the member
     */
    public List<OffsetRecord> commit(
            String group, @Nullable String member, Map<TopicPartition, OffsetAndMetadata> offsets) {
        Group found = groups.get(group);
        if (member == null) {
            checkNoMembers(group, found, "commit");
        }
        List<OffsetRecord> records = new ArrayList<>(offsets.size());
        offsets.forEach((partition, offset) -> {
            String owner = member == null || found == null ? null : found.ownerOf(partition);
            if (member != null && !member.equals(owner)) {
                throw new CommitFailedException("group " + group + ": " + member + " cannot commit " + partition
                        + ", it belongs to " + (owner == null ? "nobody now" : owner)
                        + "; commit only partitions of the assignment, at the latest when they are revoked");
            }
            records.add(new OffsetRecord(group, partition, offset));
        });
        return records;
    }

    /**
     * Tombstones for everything a group has committed.
     *
     * @throws CommitFailedException when the group has members
     */
    public List<OffsetRecord> delete(String group) {
        Group found = groups.get(group);
        checkNoMembers(group, found, "delete");
        List<OffsetRecord> tombstones = new ArrayList<>();
        if (found != null) {
            found.committed().keySet().forEach(partition -> tombstones.add(new OffsetRecord(group, partition, null)));
        }
        return tombstones;
    }

    /** A stored record takes effect, in the order of storing. */
    public void apply(OffsetRecord stored) {
        OffsetAndMetadata offset = stored.committed();
        if (offset != null) {
            groups.computeIfAbsent(stored.group(), id -> new Group())
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

    /** Groups with members or committed offsets. */
    public Set<String> groupIds() {
        return new TreeSet<>(groups.keySet());
    }

    /** Grows with every change of the group's assignment, 0 for a group that had no member yet. */
    public int generation(String group) {
        Group found = groups.get(group);
        return found == null ? 0 : found.generation();
    }

    private static void checkNoMembers(String id, @Nullable Group group, String action) {
        if (group != null && group.hasMembers()) {
            throw new CommitFailedException("cannot " + action + " offsets of group " + id
                    + " from outside while it has members " + group.memberIds() + "; close them first");
        }
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
