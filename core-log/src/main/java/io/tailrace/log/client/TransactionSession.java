package io.tailrace.log.client;

import io.tailrace.common.TopicPartition;
import io.tailrace.common.errors.ProducerFencedException;
import io.tailrace.common.errors.TransactionAbortableException;
import io.tailrace.common.errors.TransactionAbortedException;
import io.tailrace.log.api.ConsumerGroupMetadata;
import io.tailrace.log.api.OffsetAndMetadata;
import io.tailrace.log.record.BatchLayout;
import io.tailrace.log.record.BatchWriter;
import io.tailrace.log.record.ProducerStamp;
import io.tailrace.log.txn.Transaction;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The transactions of one producer instance: says what may be called when, and puts its batches into the transaction.
 *
 * <pre>
 *   NEW --initialize--> READY --begin--> OPEN --commit--> COMMITTING --> READY
 *                                         | +---abort---> ABORTING ----> READY
 *                                         +-- something fails --> FAILED --abort--> ABORTING
 *   any --another instance takes over, or the transaction is open for too long--> FENCED
 * </pre>
 *
 * COMMITTING and ABORTING stay when the outcome is decided but a marker could not be written: the same call again goes on.
 *
 * <p><b>Threads:</b> any. Everything that touches the transaction holds the lock of the transactional id: so when the outcome
 * is decided, no batch is on its way, and none comes afterwards.
 */
final class TransactionSession extends Appender {
    private enum State {
        NEW,
        READY,
        OPEN,
        FAILED,
        COMMITTING,
        ABORTING,
        FENCED
    }

    private final Transactions transactions;
    private final String transactionalId;
    private final int timeoutMs;
    private final ReentrantLock lock;
    private final Set<TopicPartition> begun = ConcurrentHashMap.newKeySet(); // what batches were begun for

    private volatile State state = State.NEW; // written under lock

    // guarded by lock
    private boolean decided; // the outcome, but not all markers are written
    private @Nullable RuntimeException failure; // why it is FAILED or FENCED
    private long producerId;
    private short producerEpoch;
    private final Set<TopicPartition> joined = new HashSet<>(); // what takes part, according to the log

    TransactionSession(Transactions transactions, String transactionalId, int timeoutMs) {
        this.transactions = transactions;
        this.transactionalId = transactionalId;
        this.timeoutMs = timeoutMs;
        this.lock = transactions.lock(transactionalId);
    }

    String transactionalId() {
        return transactionalId;
    }

    int timeoutMs() {
        return timeoutMs;
    }

    long producerId() {
        return producerId;
    }

    short producerEpoch() {
        return producerEpoch;
    }

    /** Takes the transactional id over from any other instance. */
    void initialize() {
        transactions.prepare();
        lock.lock();
        try {
            if (state != State.NEW) {
                throw unusable("initTransactions");
            }
            adopt(transactions.takeOver(this));
            state = State.READY;
        } finally {
            lock.unlock();
        }
    }

    private void adopt(Transaction idle) {
        producerId = idle.producerId();
        producerEpoch = idle.producerEpoch();
        joined.clear();
        begun.clear();
        failure = null;
        decided = false;
    }

    void begin() {
        lock.lock();
        try {
            if (state != State.READY) {
                throw unusable("beginTransaction");
            }
            state = State.OPEN;
        } finally {
            lock.unlock();
        }
    }

    /** Throws unless records may be sent. Costs one volatile read. */
    void checkOpen(String action) {
        if (state != State.OPEN) {
            throw unusable(action);
        }
    }

    @Override
    void begun(TopicPartition partition) {
        begun.add(partition);
    }

    @Override
    long append(Topic topic, int index, BatchWriter batch, Sequence sequence) {
        lock.lock();
        try {
            if (state == State.ABORTING) { // the sender was about to append it
                throw aborted();
            }
            checkOpen("append a batch");
            join(topic.topicPartition(index));
            long baseOffset = topic.partition(index)
                    .append(batch, sequence.stamp(producerId, producerEpoch, /* transactional */ true));
            sequence.advance(batch.count());
            return baseOffset;
        } catch (RuntimeException | Error e) {
            fail(e);
            throw e;
        } finally {
            lock.unlock();
        }
    }

    @Override
    void unacknowledged(RuntimeException failed) {
        fail(failed);
    }

    /** Has the partition take part, and with it all that batches were begun for: one stored record for as many as possible. */
    private void join(TopicPartition partition) {
        if (joined.contains(partition)) {
            return;
        }
        Set<TopicPartition> joining = new HashSet<>(begun);
        joining.add(partition);
        transactions.join(this, joining);
        joined.addAll(joining);
    }

    void commitOffsets(Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata committer) {
        Groups.checkId(committer.groupId());
        if (offsets.isEmpty()) {
            checkOpen("sendOffsetsToTransaction");
            return;
        }
        TopicPartition partition = transactions.offsetsPartition(committer.groupId());
        lock.lock();
        try {
            checkOpen("sendOffsetsToTransaction");
            join(partition);
            transactions.commitOffsets(
                    new ProducerStamp(producerId, producerEpoch, BatchLayout.NO_SEQUENCE, /* transactional */ true),
                    committer,
                    offsets);
        } catch (RuntimeException | Error e) {
            fail(e);
            throw e;
        } finally {
            lock.unlock();
        }
    }

    /** The transaction cannot be committed any more, only aborted. */
    void fail(Throwable cause) {
        lock.lock();
        try {
            if (cause instanceof ProducerFencedException fenced) {
                fence(fenced);
            } else if (state == State.OPEN) {
                failure = cause instanceof RuntimeException e ? e : new IllegalStateException(cause);
                state = State.FAILED;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Somebody else has the transactional id now, or the log has ended the transaction; under the lock. */
    void fence(ProducerFencedException reason) {
        failure = reason;
        state = State.FENCED;
    }

    /** Throws unless {@link #commit} or a repetition of it may be called. */
    void checkCommit() {
        if (state != State.OPEN && state != State.COMMITTING) {
            throw unusable("commitTransaction");
        }
    }

    /** Commits what was appended. */
    void commit() {
        lock.lock();
        try {
            checkCommit();
            end(/* commit */ true);
        } finally {
            lock.unlock();
        }
    }

    /** From now on batches are refused, those that are buffered can be dropped. */
    void beginAbort() {
        lock.lock();
        try {
            if (state != State.OPEN && state != State.FAILED && state != State.ABORTING) {
                throw unusable("abortTransaction");
            }
            state = State.ABORTING;
        } finally {
            lock.unlock();
        }
    }

    /** Why a record of an aborted transaction was not appended. */
    TransactionAbortedException aborted() {
        return new TransactionAbortedException(
                "the transaction of '" + transactionalId + "' was aborted before the record was appended");
    }

    /** Aborts what was appended, behind {@link #beginAbort}. */
    void abort() {
        lock.lock();
        try {
            end(/* commit */ false);
        } finally {
            lock.unlock();
        }
    }

    private void end(boolean commit) {
        try {
            if (!decided) {
                transactions.decide(this, commit);
                decided = true;
                state = commit ? State.COMMITTING : State.ABORTING;
            }
            adopt(transactions.finish(transactionalId));
            state = State.READY;
        } catch (ProducerFencedException e) {
            fence(e);
            throw e;
        }
    }

    /** Whether records are buffered or written that no {@link #commit} or {@link #abort} has ended. */
    boolean isInTransaction() {
        State now = state;
        return now == State.OPEN || now == State.FAILED || now == State.ABORTING;
    }

    /** The producer is closed and could not end its transaction. */
    void abandon() {
        transactions.abandon(transactionalId);
    }

    /** Whether the commit was decided but not finished. */
    boolean isCommitting() {
        return state == State.COMMITTING;
    }

    private RuntimeException unusable(String action) {
        lock.lock();
        try {
            String cannot = "cannot " + action + " with transactional id '" + transactionalId + "': ";
            RuntimeException cause = failure;
            return switch (state) {
                case NEW -> new IllegalStateException(cannot + "call initTransactions() first");
                case READY ->
                    new IllegalStateException(cannot
                            + (action.equals("initTransactions")
                                    ? "it was called before"
                                    : "no transaction is open; call beginTransaction() first"));
                case OPEN -> new IllegalStateException(cannot + "a transaction is open; commit or abort it first");
                case COMMITTING ->
                    new IllegalStateException(
                            cannot + "a commit is decided but not finished; call commitTransaction() again");
                case ABORTING ->
                    new IllegalStateException(cannot + "an abort is not finished; call abortTransaction() again");
                case FAILED ->
                    new TransactionAbortableException(
                            cannot
                                    + "something in the transaction has failed; call abortTransaction(), then begin again",
                            cause == null ? new IllegalStateException("unknown") : cause);
                case FENCED -> new ProducerFencedException(cannot + (cause == null ? "fenced" : cause.getMessage()));
            };
        } finally {
            lock.unlock();
        }
    }
}
