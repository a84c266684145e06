package io.tailrace.log.client;

import io.tailrace.common.Time;
import io.tailrace.common.TopicPartition;
import io.tailrace.common.errors.ProducerFencedException;
import io.tailrace.common.errors.StorageException;
import io.tailrace.common.errors.TransactionalIdNotFoundException;
import io.tailrace.log.api.ConsumerGroupMetadata;
import io.tailrace.log.api.OffsetAndMetadata;
import io.tailrace.log.record.ProducerStamp;
import io.tailrace.log.txn.Transaction;
import io.tailrace.log.txn.TransactionState;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The transactions of an open log: asks the coordinator, and does what it decides in the order that a crash cannot break:
 *
 * <pre>
 *   join     a record in __transaction_state that a partition takes part, before its first batch
 *   decide   a record of the outcome, behind all batches: from here on it is certain
 *   finish   a marker in each partition, then a record that all are there
 * </pre>
 *
 * <p><b>Threads:</b> any. Each transactional id has a lock, which the caller holds; nobody waits for that of another id.
 */
final class Transactions implements Sender.Task {
    private static final Logger LOG = LoggerFactory.getLogger(Transactions.class);
    private static final long NEVER = Long.MAX_VALUE;
    private static final long RETRY_MS = 100;

    private final TransactionTopic topic;
    private final EndMarkers markers;
    private final Groups groups;
    private final Time time;
    private final Sender sender;
    private final ConcurrentMap<String, ReentrantLock> locks = new ConcurrentHashMap<>();
    private final Set<String> initializedHere = ConcurrentHashMap.newKeySet(); // by this process
    private final ConcurrentMap<String, TransactionSession> sessions =
            new ConcurrentHashMap<>(); // the newest of each id
    private final Set<String> abandoned =
            ConcurrentHashMap.newKeySet(); // ids whose producers could not abort and are gone

    private final Lock ending;
    private final Lock notEnding;

    private volatile long nextCheckMs = NEVER; // when a transaction may be open for too long; written under this
    private boolean scheduled; // guarded by this

    Transactions(TransactionTopic topic, EndMarkers markers, Groups groups, Time time, Sender sender) {
        this.topic = topic;
        this.markers = markers;
        this.groups = groups;
        this.time = time;
        this.sender = sender;
        ReentrantReadWriteLock endings = new ReentrantReadWriteLock();
        this.ending = endings.readLock(); // any number at a time
        this.notEnding = endings.writeLock();
    }

    /** Guards everything that concerns the transactional id. */
    ReentrantLock lock(String transactionalId) {
        return locks.computeIfAbsent(transactionalId, id -> new ReentrantLock());
    }

    /** Makes the topic; to be called before an id is locked. */
    void prepare() {
        topic.ensureExists();
    }

    /**
     * A producer instance takes the transactional id over: an older one is fenced, its open transaction ended.
     *
     * @return with the producer id and epoch that are this instance's
     */
    Transaction takeOver(TransactionSession session) {
        String id = session.transactionalId();
        TransactionSession older = sessions.put(id, session);
        if (older != null && older != session) {
            older.fence(new ProducerFencedException("another producer has called initTransactions()"));
        }
        if (topic.find(id) != null) {
            topic.abort(id);
            finish(id);
        }
        abandoned.remove(id);
        // What another process has written last, and a power loss has taken, is not known: so its epochs are left
        // alone.
        Transaction initialized = topic.initialize(id, session.timeoutMs(), /* renew */ !initializedHere.contains(id));
        initializedHere.add(id);
        return initialized;
    }

    /** A producer is closed that could not abort its transaction: the log does, as soon as the disk lets it. */
    void abandon(String id) {
        abandoned.add(id);
        Transaction open = topic.find(id);
        if (open != null && !open.state().isIdle()) {
            watch(open);
        }
    }

    /** Partitions take part in the session's transaction from now on. */
    void join(TransactionSession session, Collection<TopicPartition> partitions) {
        endLate();
        watch(topic.addPartitions(
                session.transactionalId(), session.producerId(), session.producerEpoch(), partitions));
    }

    /** The partition that stores the offsets of a group; to be called before an id is locked. */
    TopicPartition offsetsPartition(String group) {
        return groups.offsetsPartition(group);
    }

    void commitOffsets(
            ProducerStamp stamp, ConsumerGroupMetadata committer, Map<TopicPartition, OffsetAndMetadata> offsets) {
        groups.commitInTransaction(stamp, committer, offsets);
    }

    /** Decides the outcome, unless no partition takes part. When this throws, nothing is decided. */
    void decide(TransactionSession session, boolean commit) {
        endLate();
        topic.end(session.transactionalId(), session.producerId(), session.producerEpoch(), commit);
    }

    /**
     * Tells all partitions what was decided, if anything was. When this throws, it is to be called again.
     *
     * @return with the producer id and epoch of the next transaction
     */
    Transaction finish(String transactionalId) {
        Transaction decided = topic.find(transactionalId);
        if (decided == null) {
            throw new IllegalStateException("transactional id '" + transactionalId + "' is unknown");
        }
        if (!decided.state().isPrepared()) {
            return decided;
        }
        ending.lock();
        try {
            boolean commit = decided.state() == TransactionState.PREPARE_COMMIT;
            markers.write(decided, partition -> !isOffsets(partition));
            if (decided.partitions().stream().anyMatch(Transactions::isOffsets)) {
                groups.endTransaction(
                        decided.producerId(), commit, () -> markers.write(decided, Transactions::isOffsets));
            }
            return topic.complete(transactionalId);
        } finally {
            ending.unlock();
        }
    }

    /**
     * Does something while no transaction is being told its end: each has either none of its markers in the log, or all of them
     * and the record that says so.
     */
    <T> T betweenEndings(Supplier<T> action) {
        notEnding.lock();
        try {
            return action.get();
        } finally {
            notEnding.unlock();
        }
    }

    private static boolean isOffsets(TopicPartition partition) {
        return partition.topic().equals(InternalTopics.OFFSETS);
    }

    /** Ends what is open for too long. Costs one volatile read until the first deadline of any transaction has come. */
    private void endLate() {
        if (time.milliseconds() >= nextCheckMs) {
            check();
        }
    }

    private void check() {
        for (Transaction open : topic.open()) {
            ReentrantLock lock = lock(open.transactionalId());
            if (lock.tryLock()) { // who holds it is at work on this very transaction
                try {
                    endIfLate(open.transactionalId());
                } catch (StorageException e) {
                    LOG.warn("Cannot end the transaction of '{}', trying again", open.transactionalId(), e);
                } finally {
                    lock.unlock();
                }
            }
        }
        synchronized (this) {
            nextCheckMs = NEVER;
            topic.open().forEach(this::watch);
        }
    }

    /** Aborts a transaction that is open for too long, and finishes one whose owner could not. */
    private void endIfLate(String id) {
        Transaction current = topic.find(id);
        if (current == null || current.state().isIdle()) {
            return;
        }
        if (current.state() == TransactionState.ONGOING) {
            if (abandoned.contains(id)) {
                LOG.warn("Aborting the transaction of '{}', whose producer was closed but could not", id);
                abort(id, "the producer was closed");
            } else if (current.expiresMs() > time.milliseconds()) {
                return;
            } else {
                LOG.warn("Aborting the transaction of '{}', open for longer than {} ms", id, current.timeoutMs());
                abort(
                        id,
                        "the transaction was open for longer than " + current.timeoutMs()
                                + " ms and was aborted; see ProducerConfig.withTransactionTimeout");
            }
        }
        finish(id);
        abandoned.remove(id);
    }

    private void abort(String id, String reason) {
        TransactionSession owner = sessions.get(id);
        if (owner != null) {
            owner.fence(new ProducerFencedException(reason));
        }
        topic.abort(id);
    }

    /** All transactional ids, in order. */
    List<Transaction> all() {
        return topic.all();
    }

    /** @throws TransactionalIdNotFoundException when the id is unknown */
    Transaction get(String id) {
        Transaction found = topic.find(id);
        if (found == null) {
            throw new TransactionalIdNotFoundException("there is no transactional id '" + id + "'; there are "
                    + all().stream().map(Transaction::transactionalId).toList());
        }
        return found;
    }

    /** Ends the open transaction of an id, if there is one, against its producer; one that is decided is finished as decided. */
    void abort(String id) {
        ReentrantLock lock = lock(id);
        lock.lock();
        try {
            if (get(id).state() == TransactionState.ONGOING) {
                abort(id, "the transaction was aborted by the admin");
            }
            finish(id);
        } finally {
            lock.unlock();
        }
    }

    private synchronized void watch(Transaction open) {
        long nowMs = time.milliseconds();
        boolean isWaitedFor = open.state() == TransactionState.ONGOING && !abandoned.contains(open.transactionalId());
        long dueMs = isWaitedFor ? open.expiresMs() : nowMs + RETRY_MS;
        if (dueMs >= nextCheckMs) {
            return;
        }
        nextCheckMs = dueMs;
        if (scheduled) {
            sender.cancel(this);
        }
        scheduled = true;
        long leftMs = Math.max(dueMs - nowMs, 1); // a lock that is held may be free then
        sender.schedule(this, time.nanoseconds() + TimeUnit.MILLISECONDS.toNanos(leftMs));
    }

    @Override
    public long run(long nowNs) {
        synchronized (this) {
            scheduled = false;
        }
        check();
        return Sender.DONE;
    }

    @Override
    public String toString() {
        return "check for late transactions";
    }
}
