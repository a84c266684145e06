package io.tailrace.log.txn;

import io.tailrace.common.TopicPartition;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A transactional id with its producer and its latest transaction: what one record of {@code __transaction_state} says.
 *
 * @param producerId of the batches of this transaction
 * @param previousProducerId the one before it, or {@link #NO_PRODUCER_ID}
 * @param nextProducerId the one that follows when this transaction has ended, because the epochs of {@code producerId} are used
 *     up; or {@link #NO_PRODUCER_ID}
 * @param producerEpoch of the batches; in the states behind ONGOING that of the markers, which is one more (KIP-890)
 * @param timeoutMs how long the transaction may be open
 * @param partitions that take part, an unmodifiable copy; none unless the state is ONGOING or a PREPARE state
 * @param startMs when the first partition was added, milliseconds since 1970; {@link #NO_TIME} before the first transaction
 * @param lastUpdateMs when this was stored, milliseconds since 1970
 */
public record Transaction(
        String transactionalId,
        long producerId,
        long previousProducerId,
        long nextProducerId,
        short producerEpoch,
        int timeoutMs,
        TransactionState state,
        SortedSet<TopicPartition> partitions,
        long startMs,
        long lastUpdateMs) {

    /** In place of a producer id. */
    public static final long NO_PRODUCER_ID = -1;
    /** In place of a time. */
    public static final long NO_TIME = -1;

    /** Kept for the marker of a transaction that was written with the epoch before it. */
    private static final short LAST_EPOCH = Short.MAX_VALUE;

    public Transaction {
        partitions = Collections.unmodifiableSortedSet(new TreeSet<>(partitions));
    }

    static Transaction begun(String transactionalId, long producerId, int timeoutMs, long nowMs) {
        return new Transaction(
                transactionalId,
                producerId,
                NO_PRODUCER_ID,
                NO_PRODUCER_ID,
                (short) 0,
                timeoutMs,
                TransactionState.EMPTY,
                Collections.emptySortedSet(),
                NO_TIME,
                nowMs);
    }

    /** Whether no batch may be written with the next epoch any more. */
    boolean isEpochExhausted() {
        return producerEpoch >= LAST_EPOCH - 1;
    }

    /** When it may be aborted, milliseconds since 1970, or the largest long for never; only of an ONGOING one. */
    public long expiresMs() {
        return timeoutMs == Integer.MAX_VALUE ? Long.MAX_VALUE : startMs + timeoutMs;
    }

    Transaction withPartitions(Collection<TopicPartition> all, long newStartMs, long nowMs) {
        return new Transaction(
                transactionalId,
                producerId,
                previousProducerId,
                NO_PRODUCER_ID,
                producerEpoch,
                timeoutMs,
                TransactionState.ONGOING,
                new TreeSet<>(all),
                newStartMs,
                nowMs);
    }

    Transaction prepared(boolean commit, long newNextProducerId, long nowMs) {
        return new Transaction(
                transactionalId,
                producerId,
                previousProducerId,
                newNextProducerId,
                (short) (producerEpoch + 1),
                timeoutMs,
                commit ? TransactionState.PREPARE_COMMIT : TransactionState.PREPARE_ABORT,
                partitions,
                startMs,
                nowMs);
    }

    Transaction completed(long nowMs) {
        boolean changesId = nextProducerId != NO_PRODUCER_ID;
        return new Transaction(
                transactionalId,
                changesId ? nextProducerId : producerId,
                changesId ? producerId : previousProducerId,
                NO_PRODUCER_ID,
                changesId ? 0 : producerEpoch,
                timeoutMs,
                state == TransactionState.PREPARE_COMMIT
                        ? TransactionState.COMPLETE_COMMIT
                        : TransactionState.COMPLETE_ABORT,
                Collections.emptySortedSet(),
                startMs,
                nowMs);
    }

    Transaction withProducer(long newProducerId, short newEpoch, int newTimeoutMs, long nowMs) {
        return new Transaction(
                transactionalId,
                newProducerId,
                newProducerId == producerId ? previousProducerId : producerId,
                NO_PRODUCER_ID,
                newEpoch,
                newTimeoutMs,
                TransactionState.EMPTY,
                Collections.emptySortedSet(),
                NO_TIME,
                nowMs);
    }
}
