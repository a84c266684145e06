package io.tailrace.log.partition;

/**
 * What a partition knows of an idempotent producer.
 *
 * @param lastSequence of its last record; -1 when there is none in this epoch
 * @param lastTimestamp largest of its last batch, or of the last end-of-transaction marker; in milliseconds since 1970
 * @param coordinatorEpoch of the last marker; -1 when there is none
 * @param transactionStartOffset first offset of the open transaction; -1 when there is none
 */
public record ProducerInfo(
        long producerId,
        short producerEpoch,
        int lastSequence,
        long lastTimestamp,
        int coordinatorEpoch,
        long transactionStartOffset) {}
