package io.tailrace.log.txn;

import io.tailrace.common.TopicPartition;
import io.tailrace.common.errors.ProducerFencedException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The transactional ids of a log. Each request is answered with the transaction as it is to be stored; it is in effect when the
 * caller, after it has stored it, has given it to {@link #apply}.
 *
 * <p>Every end of a transaction takes a new epoch (KIP-890, transaction version 2): a batch that comes late can join no later
 * transaction. When the epochs of a producer id are used up, a new producer id follows.
 *
 * <p><b>Owner:</b> one thread at a time, guarded by the caller.
 *
 * @see <a href="https://cwiki.apache.org/confluence/display/KAFKA/KIP-890%3A+Transactions+Server-Side+Defense">KIP-890</a>
 */
public final class TransactionCoordinator {
    private final SortedMap<String, Transaction> transactions = new TreeMap<>();

    /** The transactional id as it stands; null when it is unknown. */
    public @Nullable Transaction find(String transactionalId) {
        return transactions.get(transactionalId);
    }

    /** All of them, by transactional id; a copy. */
    public List<Transaction> all() {
        return List.copyOf(transactions.values());
    }

    /**
     * A producer instance takes the transactional id over: the next epoch fences those before it.
     *
     * @param timeoutMs how long its transactions may be open
     * @param renew whether it gets a new producer id instead of the next epoch
     * @param producerIds gives producer ids that were never used
     * @return to be stored
     * @throws IllegalStateException when a transaction is open: {@link #abort} or {@link #complete} it first
     */
    public Transaction initialize(
            String transactionalId, int timeoutMs, boolean renew, LongSupplier producerIds, long nowMs) {
        Transaction current = transactions.get(transactionalId);
        if (current == null) {
            return Transaction.begun(transactionalId, producerIds.getAsLong(), timeoutMs, nowMs);
        }
        if (!current.state().isIdle()) {
            throw new IllegalStateException(
                    "transactional id " + transactionalId + " is " + current.state() + ", end its transaction first");
        }
        return renew || current.isEpochExhausted()
                ? current.withProducer(producerIds.getAsLong(), (short) 0, timeoutMs, nowMs)
                : current.withProducer(current.producerId(), (short) (current.producerEpoch() + 1), timeoutMs, nowMs);
    }

    /**
     * Partitions join the transaction, which begins with the first.
     *
     * @return to be stored; the very transaction that is in effect when all take part already, then there is nothing to store
     * @throws ProducerFencedException when the producer id or epoch is not the one in effect
     */
    public Transaction addPartitions(
            String transactionalId,
            long producerId,
            short producerEpoch,
            Collection<TopicPartition> partitions,
            long nowMs) {
        Transaction current = checked(transactionalId, producerId, producerEpoch);
        if (current.state().isPrepared()) {
            throw new IllegalStateException("cannot add " + partitions + " to the transaction of " + transactionalId
                    + ", it is " + current.state());
        }
        if (current.partitions().containsAll(partitions)) {
            return current;
        }
        SortedSet<TopicPartition> all = new TreeSet<>(current.partitions());
        all.addAll(partitions);
        long startMs = current.state() == TransactionState.ONGOING ? current.startMs() : nowMs;
        return current.withPartitions(all, startMs, nowMs);
    }

    /**
     * The producer ends its transaction; the outcome is decided when this is stored.
     *
     * @return to be stored; the very transaction that is in effect when there is nothing to end
     * @throws ProducerFencedException when the producer id or epoch is not the one in effect
     */
    public Transaction end(
            String transactionalId,
            long producerId,
            short producerEpoch,
            boolean commit,
            LongSupplier producerIds,
            long nowMs) {
        Transaction current = checked(transactionalId, producerId, producerEpoch);
        return current.state() == TransactionState.ONGOING ? prepare(current, commit, producerIds, nowMs) : current;
    }

    /**
     * The log ends the transaction against its producer, which is fenced.
     *
     * @return to be stored; the very transaction that is in effect when none is ONGOING
     */
    public Transaction abort(String transactionalId, LongSupplier producerIds, long nowMs) {
        Transaction current = existing(transactionalId);
        return current.state() == TransactionState.ONGOING ? prepare(current, false, producerIds, nowMs) : current;
    }

    private static Transaction prepare(Transaction current, boolean commit, LongSupplier producerIds, long nowMs) {
        long next = current.isEpochExhausted() ? producerIds.getAsLong() : Transaction.NO_PRODUCER_ID;
        return current.prepared(commit, next, nowMs);
    }

    /**
     * All markers of a decided transaction are written.
     *
     * @return to be stored: with the producer id and epoch of the next transaction
     * @throws IllegalStateException when it is not decided
     */
    public Transaction complete(String transactionalId, long nowMs) {
        Transaction current = existing(transactionalId);
        if (!current.state().isPrepared()) {
            throw new IllegalStateException("transactional id " + transactionalId + " is " + current.state()
                    + ", expected a decided transaction");
        }
        return current.completed(nowMs);
    }

    /** Those that are ONGOING for longer than their timeout. */
    public List<Transaction> expired(long nowMs) {
        return transactions.values().stream()
                .filter(transaction ->
                        transaction.state() == TransactionState.ONGOING && transaction.expiresMs() <= nowMs)
                .toList();
    }

    /** Those with an open transaction, decided or not. */
    public List<Transaction> open() {
        return transactions.values().stream()
                .filter(transaction -> !transaction.state().isIdle())
                .toList();
    }

    /**
     * Tombstones for the ids that were not used for so long.
     *
     * @param unusedMs in milliseconds
     */
    public List<TransactionRecord> forget(long unusedMs, long nowMs) {
        List<TransactionRecord> tombstones = new ArrayList<>();
        for (Transaction transaction : transactions.values()) {
            if (transaction.state().isIdle() && transaction.lastUpdateMs() <= nowMs - unusedMs) {
                tombstones.add(new TransactionRecord(transaction.transactionalId(), null));
            }
        }
        return tombstones;
    }

    /** A stored record takes effect, in the order of storing. */
    public void apply(TransactionRecord stored) {
        Transaction transaction = stored.transaction();
        if (transaction == null) {
            transactions.remove(stored.transactionalId());
        } else {
            transactions.put(stored.transactionalId(), transaction);
        }
    }

    private Transaction existing(String transactionalId) {
        Transaction current = transactions.get(transactionalId);
        if (current == null) {
            throw new IllegalStateException("transactional id " + transactionalId + " is unknown, initialize it first");
        }
        return current;
    }

    private Transaction checked(String transactionalId, long producerId, short producerEpoch) {
        Transaction current = existing(transactionalId);
        if (current.producerId() != producerId || current.producerEpoch() != producerEpoch) {
            throw new ProducerFencedException("transactional id " + transactionalId + ": producer " + producerId
                    + " of epoch " + producerEpoch + " is fenced, producer " + current.producerId() + " of epoch "
                    + current.producerEpoch() + " has taken over or its transaction was open for longer than "
                    + current.timeoutMs() + " ms");
        }
        return current;
    }
}
