package io.tailrace.log.client;

import io.tailrace.common.Time;
import io.tailrace.common.TopicPartition;
import io.tailrace.common.errors.CommitFailedException;
import io.tailrace.common.errors.InvalidGroupIdException;
import io.tailrace.common.errors.UnknownTopicOrPartitionException;
import io.tailrace.log.api.ConsumerConfig;
import io.tailrace.log.api.OffsetAndMetadata;
import io.tailrace.log.api.OffsetCommitCallback;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;

/**
 * What a consumer commits: when it is told to, and by itself from time to time if that is configured.
 *
 * <p><b>Owner:</b> the consumer's thread.
 */
final class OffsetCommits {
    private static final long UNKNOWN = -1;

    private final Groups groups;
    private final HeldPartitions<?, ?> held;
    private final GroupMember member;
    private final ConsumerConfig config;
    private final Time time;
    private final long intervalNs;
    private final Queue<Runnable> outcomes = new ArrayDeque<>();
    private long committedMoves; // how far the positions had moved when it last committed them by itself
    private long dueNs;

    OffsetCommits(Groups groups, HeldPartitions<?, ?> held, GroupMember member, ConsumerConfig config, Time time) {
        this.groups = groups;
        this.held = held;
        this.member = member;
        this.config = config;
        this.time = time;
        this.intervalNs = config.autoCommitInterval().map(Deadline::toNs).orElse(0L);
        this.dueNs = time.nanoseconds() + intervalNs;
    }

    String groupId() {
        return config.groupId()
                .orElseThrow(
                        () -> new InvalidGroupIdException(
                                "the consumer has no group id, which subscribe and commits need; set ConsumerConfig.withGroupId"));
    }

    void commit(Map<TopicPartition, OffsetAndMetadata> offsets) {
        committedMoves = UNKNOWN; // they may be others than the positions
        store(offsets);
    }

    private void store(Map<TopicPartition, OffsetAndMetadata> offsets) {
        String group = groupId();
        if (member.isSubscribed() && member.membership() == null && !offsets.isEmpty()) {
            throw new CommitFailedException("group " + group + ": this consumer is not a member yet; poll first");
        }
        groups.commit(group, member.membership(), offsets);
    }

    /** Commits at once, but tells the outcome later. */
    void commitAsync(Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
        groupId();
        try {
            commit(offsets);
            outcomes.add(() -> callback.onComplete(offsets, null));
        } catch (RuntimeException e) {
            outcomes.add(() -> callback.onComplete(offsets, e));
        }
    }

    /** Tells the outcomes of earlier asynchronous commits. */
    void tellOutcomes() {
        for (Runnable outcome = outcomes.poll(); outcome != null; outcome = outcomes.poll()) {
            outcome.run();
        }
    }

    private boolean isAutomatic() {
        return config.autoCommitInterval().isPresent();
    }

    /** Commits the positions if that is to be done automatically, and now. */
    void commitIfDue() {
        if (isAutomatic() && dueNs - time.nanoseconds() <= 0) {
            commitIfAutomatic();
        }
    }

    /** Commits the positions if that is to be done automatically, due or not, and they have moved. */
    void commitIfAutomatic() {
        if (!isAutomatic()) {
            return;
        }
        long moves = held.moves();
        if (moves != committedMoves) {
            try {
                store(held.positions());
            } catch (UnknownTopicOrPartitionException e) {
                if (member.isStale()) {
                    return; // a topic was just deleted, and the group is about to say so
                }
                throw e;
            }
            committedMoves = moves;
        }
        dueNs = time.nanoseconds() + intervalNs;
    }

    /** Until when a poll may wait at most. */
    long waitUntilNs(long deadlineNs) {
        return isAutomatic() && dueNs - deadlineNs < 0 && held.moves() != committedMoves ? dueNs : deadlineNs;
    }
}
