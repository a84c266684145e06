package io.tailrace.log.api;

import io.tailrace.common.TopicPartition;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A transactional id with its producer and its latest transaction.
 *
 * @param timeout how long a transaction may be open
 * @param startMs when the open transaction began, in milliseconds since 1970; empty when none is open
 * @param topicPartitions that take part in the open transaction
 */
public record TransactionDescription(
        String transactionalId,
        State state,
        long producerId,
        int producerEpoch,
        Duration timeout,
        OptionalLong startMs,
        Set<TopicPartition> topicPartitions) {

    /** How far it has come, by Kafka's names. */
    public enum State {
        /** Nothing was written yet. */
        EMPTY,
        /** It is open. */
        ONGOING,
        /** It is committed, which not all partitions know. */
        PREPARE_COMMIT,
        /** It is aborted, which not all partitions know. */
        PREPARE_ABORT,
        /** It is committed. */
        COMPLETE_COMMIT,
        /** It is aborted. */
        COMPLETE_ABORT
    }
}
