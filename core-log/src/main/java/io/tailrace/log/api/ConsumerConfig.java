package io.tailrace.log.api;

import java.time.Duration;
import java.util.Optional;

/**
 * Options of a consumer.
 *
 * @param groupId needed to subscribe and to commit
 * @param autoOffsetReset where to start without a committed offset, or when the position no longer exists
 * @param maxPollRecords most records of one poll, from 1
 * @param autoCommitInterval when present, positions are committed by the poll that comes this much later than the last commit of
 *     this kind, before partitions are given up and when the consumer is closed; only with a group
 * @param isolationLevel whether records of transactions are seen before they are committed
 * @param membership how the consumer takes part in its group, when it subscribes
 */
public record ConsumerConfig(
        Optional<String> groupId,
        OffsetResetPolicy autoOffsetReset,
        int maxPollRecords,
        Optional<Duration> autoCommitInterval,
        IsolationLevel isolationLevel,
        GroupMembership membership) {

    /** No group, start at the latest record (as in Kafka), 500 records a poll, nothing is committed automatically; records are
     * read as soon as they are there, as in Kafka, whether their transaction is committed or not. */
    public static final ConsumerConfig DEFAULT = new ConsumerConfig(
            Optional.empty(),
            OffsetResetPolicy.LATEST,
            500,
            Optional.empty(),
            IsolationLevel.READ_UNCOMMITTED,
            GroupMembership.DEFAULT);

    public ConsumerConfig {
        if (groupId.isPresent() && groupId.get().isBlank()) {
            throw new IllegalArgumentException("groupId is blank, expected a name or none");
        }
        if (maxPollRecords < 1) {
            throw new IllegalArgumentException("maxPollRecords " + maxPollRecords + ", expected 1 or more");
        }
        if (autoCommitInterval.isPresent() && autoCommitInterval.get().isNegative()) {
            throw new IllegalArgumentException(
                    "autoCommitInterval " + autoCommitInterval.get() + ", expected zero or more");
        }
    }

    public ConsumerConfig withGroupId(String newGroupId) {
        return new ConsumerConfig(
                Optional.of(newGroupId),
                autoOffsetReset,
                maxPollRecords,
                autoCommitInterval,
                isolationLevel,
                membership);
    }

    public ConsumerConfig withAutoOffsetReset(OffsetResetPolicy newPolicy) {
        return new ConsumerConfig(groupId, newPolicy, maxPollRecords, autoCommitInterval, isolationLevel, membership);
    }

    public ConsumerConfig withMaxPollRecords(int newMaxPollRecords) {
        return new ConsumerConfig(
                groupId, autoOffsetReset, newMaxPollRecords, autoCommitInterval, isolationLevel, membership);
    }

    /** Kafka's {@code enable.auto.commit} with {@code auto.commit.interval.ms}, which Kafka has by default at 5 seconds. */
    public ConsumerConfig withAutoCommitInterval(Duration newAutoCommitInterval) {
        return new ConsumerConfig(
                groupId,
                autoOffsetReset,
                maxPollRecords,
                Optional.of(newAutoCommitInterval),
                isolationLevel,
                membership);
    }

    /** As Kafka's {@code isolation.level}. */
    public ConsumerConfig withIsolationLevel(IsolationLevel newIsolationLevel) {
        return new ConsumerConfig(
                groupId, autoOffsetReset, maxPollRecords, autoCommitInterval, newIsolationLevel, membership);
    }

    public ConsumerConfig withMembership(GroupMembership newMembership) {
        return new ConsumerConfig(
                groupId, autoOffsetReset, maxPollRecords, autoCommitInterval, isolationLevel, newMembership);
    }

    /** As {@link GroupMembership#withGroupInstanceId}. */
    public ConsumerConfig withGroupInstanceId(String groupInstanceId) {
        return withMembership(membership.withGroupInstanceId(groupInstanceId));
    }

    /** As {@link GroupMembership#withAssignors}. */
    public ConsumerConfig withAssignors(Assignor... assignors) {
        return withMembership(membership.withAssignors(assignors));
    }

    /** As {@link GroupMembership#withSessionTimeout}. */
    public ConsumerConfig withSessionTimeout(Duration sessionTimeout) {
        return withMembership(membership.withSessionTimeout(sessionTimeout));
    }
}
