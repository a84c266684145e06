package io.tailrace.log.partition;

import io.tailrace.common.TopicPartition;
import io.tailrace.common.errors.InvalidProducerEpochException;
import io.tailrace.common.errors.InvalidTxnStateException;
import io.tailrace.common.errors.OutOfOrderSequenceException;
import io.tailrace.common.errors.TransactionCoordinatorFencedException;
import io.tailrace.log.record.ControlBatch;
import io.tailrace.log.record.EndTransactionMarker;
import io.tailrace.log.record.RecordBatch;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The idempotent producers of a partition, and their open transactions. {@code check} says whether a batch may be written and
 * changes nothing; {@code on} takes note of what is in the log. So the same batches make the same state, whether they were just
 * written or are read back after a restart.
 *
 * <p><b>Owner:</b> the partition's writer, under its lock.
 *
 * @see <a href="https://cwiki.apache.org/confluence/display/KAFKA/KIP-890%3A+Transactions+Server-Side+Defense">KIP-890</a>
 */
final class ProducerStates {
    /** What {@link #firstUnstableOffset} is when no transaction is open. */
    static final long ALL_STABLE = Long.MAX_VALUE;
    /** Kafka's default of {@code producer.id.expiration.ms}. */
    static final long EXPIRATION_MS = 24 * 60 * 60 * 1000L;

    private static final int MANY = 1024;

    private final TopicPartition topicPartition;
    private final Map<Long, ProducerState> producers = new HashMap<>();
    private final TreeMap<Long, ProducerState> open = new TreeMap<>(); // by the first offset of the transaction
    private boolean transactions;
    private long maxTimestamp = Long.MIN_VALUE;
    private int expireAtSize = MANY;
    private @Nullable ProducerState last; // mostly a producer sends several batches in a row

    ProducerStates(TopicPartition topicPartition) {
        this.topicPartition = topicPartition;
    }

    /**
     * As of a snapshot.
     *
     * @param hasTransactions as of {@link #hasTransactions}
     */
    static ProducerStates of(
            TopicPartition topicPartition, Collection<ProducerState> producers, boolean hasTransactions) {
        ProducerStates states = new ProducerStates(topicPartition);
        states.transactions = hasTransactions;
        for (ProducerState state : producers) {
            states.producers.put(state.producerId(), state);
            if (state.inTransaction()) {
                states.open.put(state.transactionOffset(), state);
            }
        }
        return states;
    }

    /**
     * Whether a batch with a producer id may be written.
     *
     * @return {@link ProducerState#NONE} when it may; otherwise the offset it got when it was written before
     */
    long check(RecordBatch batch, AppendOrigin origin) {
        ProducerState state = find(batch.producerId());
        if (state != null && origin == AppendOrigin.CLIENT) {
            long offset = state.offsetOf(batch);
            if (offset != ProducerState.NONE) {
                return offset;
            }
        }
        if (state != null && batch.producerEpoch() < state.epoch()) {
            throw invalidEpoch("batch", batch.producerId(), batch.producerEpoch(), state.epoch());
        }
        if (origin == AppendOrigin.CLIENT) {
            checkSequence(state, batch);
        }
        if (state != null && state.inTransaction() && !batch.isTransactional()) {
            throw new InvalidTxnStateException(topicPartition + ": batch of producer " + state.producerId()
                    + " is not transactional, expected one that is: its transaction is open since offset "
                    + state.transactionOffset());
        }
        return ProducerState.NONE;
    }

    private void checkSequence(@Nullable ProducerState state, RecordBatch batch) {
        int sequence = batch.baseSequence();
        if (state == null) {
            // The state of an idempotent producer may have expired; a transaction begins with a new epoch and so at 0.
            if (batch.isTransactional() && sequence != 0) {
                throw outOfOrder(batch, "0, as nothing is known of this producer's transaction");
            }
        } else if (batch.producerEpoch() != state.epoch()) {
            if (sequence != 0) {
                throw outOfOrder(batch, "0 in a new epoch; the last one was " + state.epoch());
            }
        } else if (sequence != state.nextSequence()) {
            throw outOfOrder(batch, String.valueOf(state.nextSequence()));
        }
    }

    /**
     * Whether the transaction of a producer, if one is open, may be ended.
     *
     * @param epoch of the marker: larger than that of the transaction; the same as the last only when a marker is repeated
     */
    void checkMarker(long producerId, short epoch, int coordinatorEpoch) {
        ProducerState state = find(producerId);
        if (state == null) {
            return;
        }
        int least = state.inTransaction() ? state.epoch() + 1 : state.epoch();
        if (epoch < least) {
            throw invalidEpoch("end-of-transaction marker", producerId, epoch, least);
        }
        if (coordinatorEpoch < state.coordinatorEpoch()) {
            throw new TransactionCoordinatorFencedException(
                    topicPartition.topic(),
                    topicPartition.partition(),
                    producerId,
                    coordinatorEpoch,
                    state.coordinatorEpoch());
        }
    }

    /**
     * A batch with a producer id is in the log, with its offsets.
     *
     * @return the transaction that was aborted by it; null when none was
     */
    @Nullable
    AbortedTransaction on(RecordBatch batch) {
        transactions |= batch.isTransactional();
        maxTimestamp = Math.max(maxTimestamp, batch.maxTimestamp());
        if (batch.isControl()) {
            EndTransactionMarker marker = ControlBatch.marker(batch);
            return marker == null ? null : onMarker(batch, marker);
        }
        ProducerState state = findOrMake(batch.producerId());
        long baseOffset = batch.baseOffset();
        state.onBatch(
                batch.producerEpoch(),
                batch.lastSequence(),
                batch.lastOffset(),
                (int) (batch.lastOffset() - baseOffset),
                batch.maxTimestamp());
        if (batch.isTransactional() && !state.inTransaction()) {
            state.beginTransaction(baseOffset);
            open.put(baseOffset, state);
        }
        return null;
    }

    private @Nullable AbortedTransaction onMarker(RecordBatch batch, EndTransactionMarker marker) {
        ProducerState state = findOrMake(batch.producerId());
        long firstOffset = state.transactionOffset();
        state.onMarker(batch.producerEpoch(), marker.coordinatorEpoch(), batch.maxTimestamp());
        if (firstOffset == ProducerState.NONE) {
            return null;
        }
        open.remove(firstOffset);
        long lastOffset = batch.lastOffset();
        return marker.commit()
                ? null
                : new AbortedTransaction(
                        state.producerId(), firstOffset, lastOffset, Math.min(firstUnstableOffset(), lastOffset + 1));
    }

    /** Where the first open transaction begins; {@link #ALL_STABLE} when there is none. */
    long firstUnstableOffset() {
        return open.isEmpty() ? ALL_STABLE : open.firstKey();
    }

    /** Whether there was a transaction: only behind it there can be an aborted one. */
    boolean hasTransactions() {
        return transactions;
    }

    /**
     * Forgets the producers that have been idle too long; those with an open transaction never are. Also done by the time of the
     * records, when there are many producers, so that their number is bounded by that of a day even if nobody calls this.
     *
     * @param nowMs of the clock, which does not go back
     * @param expirationMs from the first call after the last batch or marker of a producer; or, when that was before the
     *     partition was opened, from its timestamp
     */
    void expire(long nowMs, long expirationMs) {
        producers.values().removeIf(state -> !state.inTransaction() && state.idleMs(nowMs) >= expirationMs);
        last = null;
    }

    Collection<ProducerState> all() {
        return producers.values();
    }

    private @Nullable ProducerState find(long producerId) {
        ProducerState state = last;
        if (state == null || state.producerId() != producerId) {
            state = producers.get(producerId);
            last = state;
        }
        return state;
    }

    private ProducerState findOrMake(long producerId) {
        ProducerState state = find(producerId);
        if (state == null) {
            if (producers.size() >= expireAtSize) { // twice as many as the last time: looking at all costs little
                expire(maxTimestamp, EXPIRATION_MS);
                expireAtSize = Math.max(MANY, 2 * producers.size());
            }
            state = new ProducerState(producerId);
            producers.put(producerId, state);
            last = state;
        }
        return state;
    }

    private OutOfOrderSequenceException outOfOrder(RecordBatch batch, String expected) {
        return new OutOfOrderSequenceException(
                topicPartition.topic(),
                topicPartition.partition(),
                batch.producerId(),
                batch.producerEpoch(),
                batch.baseSequence(),
                expected);
    }

    private InvalidProducerEpochException invalidEpoch(String what, long producerId, short epoch, int least) {
        return new InvalidProducerEpochException(
                topicPartition.topic(), topicPartition.partition(), what, producerId, epoch, least);
    }
}
