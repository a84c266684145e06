package io.tailrace.log.api;

import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a partition knows of an idempotent or transactional producer.
 *
 * @param lastSequence of its last record; empty when it has written none in this epoch
 * @param lastTimestamp largest of its last batch, in milliseconds since 1970
 * @param coordinatorEpoch of its last end-of-transaction marker
 * @param currentTransactionStartOffset first offset of its open transaction
 */
public record ProducerDescription(
        long producerId,
        int producerEpoch,
        OptionalInt lastSequence,
        long lastTimestamp,
        OptionalInt coordinatorEpoch,
        OptionalLong currentTransactionStartOffset) {}
