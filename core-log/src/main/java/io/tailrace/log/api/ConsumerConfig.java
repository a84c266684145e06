package io.tailrace.log.api;

import java.util.Optional;

/**
 * Options of a consumer.
 *
 * @param groupId needed to subscribe and to commit
 * @param autoOffsetReset where to start without a committed offset, or when the position no longer exists
 * @param maxPollRecords most records of one poll, from 1
 */
public record ConsumerConfig(Optional<String> groupId, OffsetResetPolicy autoOffsetReset, int maxPollRecords) {

    /** No group, start at the latest record (as in Kafka), 500 records a poll. */
    public static final ConsumerConfig DEFAULT = new ConsumerConfig(Optional.empty(), OffsetResetPolicy.LATEST, 500);

    public ConsumerConfig {
        if (groupId.isPresent() && groupId.get().isBlank()) {
            throw new IllegalArgumentException("groupId is blank, expected a name or none");
        }
        if (maxPollRecords < 1) {
            throw new IllegalArgumentException("maxPollRecords " + maxPollRecords + ", expected 1 or more");
        }
    }

    public ConsumerConfig withGroupId(String newGroupId) {
        return new ConsumerConfig(Optional.of(newGroupId), autoOffsetReset, maxPollRecords);
    }

    public ConsumerConfig withAutoOffsetReset(OffsetResetPolicy newPolicy) {
        return new ConsumerConfig(groupId, newPolicy, maxPollRecords);
    }

    public ConsumerConfig withMaxPollRecords(int newMaxPollRecords) {
        return new ConsumerConfig(groupId, autoOffsetReset, newMaxPollRecords);
    }
}
