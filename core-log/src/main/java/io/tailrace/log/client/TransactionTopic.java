package io.tailrace.log.client;

import io.tailrace.common.Time;
import io.tailrace.common.TopicPartition;
import io.tailrace.common.errors.StorageException;
import io.tailrace.common.header.Headers;
import io.tailrace.common.header.RecordHeaders;
import io.tailrace.log.api.IsolationLevel;
import io.tailrace.log.catalog.ProducerIds;
import io.tailrace.log.partition.Partition;
import io.tailrace.log.partition.ProducerInfo;
import io.tailrace.log.record.BatchWriter;
import io.tailrace.log.txn.Transaction;
import io.tailrace.log.txn.TransactionCoordinator;
import io.tailrace.log.txn.TransactionRecord;
import io.tailrace.log.txn.TransactionRecordCodec;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topic {@code __transaction_state} and the {@link TransactionCoordinator} that it rebuilds. It is made by the first
 * producer with a transactional id. All records of one id are in one partition, chosen as in Kafka, so that they stay in order.
 *
 * <p><b>Threads:</b> any. A request is answered, the answer appended and applied under one lock. When that throws a {@link
 * StorageException}, nothing has changed.
 */
final class TransactionTopic {
    private static final Logger LOG = LoggerFactory.getLogger(TransactionTopic.class);
    private static final String NAME = InternalTopics.TRANSACTIONS;
    private static final int PARTITIONS = 4;
    private static final int BATCH_BYTES = 1024;
    private static final Headers NO_HEADERS = new RecordHeaders();

    /** Kafka's default of {@code transactional.id.expiration.ms}. */
    private static final long EXPIRATION_MS = Duration.ofDays(7).toMillis();

    private final Topics topics;
    private final ProducerIds producerIds;
    private final Time time;

    // guarded by this
    private final TransactionCoordinator coordinator = new TransactionCoordinator();
    private final BatchWriter batch = new BatchWriter(BATCH_BYTES);

    private TransactionTopic(Topics topics, ProducerIds producerIds, Time time) {
        this.topics = topics;
        this.producerIds = producerIds;
        this.time = time;
    }

    /**
     * Reads the topic, if there is one. Damaged records are left out, with a warning: a transactional id then has an earlier
     * state, which is safe, as a new process takes a new producer id for it.
     */
    static TransactionTopic open(Topics topics, ProducerIds producerIds, Time time) {
        TransactionTopic opened = new TransactionTopic(topics, producerIds, time);
        Topic topic = topics.find(NAME);
        if (topic != null) {
            InternalTopicReplay.run(
                    topic,
                    IsolationLevel.READ_UNCOMMITTED,
                    "States of transactions are lost, those that were open are aborted",
                    opened::replay);
        }
        return opened;
    }

    private synchronized void replay(PartitionCursor record) {
        coordinator.apply(TransactionRecordCodec.decode(record.key(), record.value(), record.where()));
    }

    /**
     * Ends what the process before has left open: finishes what it had decided, aborts the rest; nobody is there to go on with
     * it. Also sees to it that partitions are opened without a transaction that nobody will end.
     */
    void endAll(EndMarkers markers) {
        topics.onOpen(partition -> abortHanging(partition, markers));
        for (Transaction open : open()) {
            String id = open.transactionalId();
            Transaction decided = abort(id);
            markers.finish(decided);
            LOG.info("Transaction of '{}' over {} was open: {}", id, decided.partitions(), decided.state());
            complete(id);
        }
        forget();
    }

    private synchronized void forget() {
        for (TransactionRecord tombstone : coordinator.forget(EXPIRATION_MS, time.milliseconds())) {
            append(tombstone.transactionalId(), null);
            coordinator.apply(tombstone);
        }
    }

    /**
     * A partition is opened. A transaction that is open in it, but not here, hangs: a power loss has taken the record that the
     * partition takes part. It would hold readers of committed data forever, so it is aborted.
     */
    private void abortHanging(Partition partition, EndMarkers markers) {
        for (ProducerInfo producer : partition.producers()) {
            if (producer.transactionStartOffset() >= 0 && !isOpen(producer.producerId(), partition.topicPartition())) {
                LOG.warn(
                        "{}: aborting the transaction of producer {} from offset {}, of which {} knows nothing",
                        partition.topicPartition(),
                        producer.producerId(),
                        producer.transactionStartOffset(),
                        NAME);
                try {
                    markers.abort(partition, producer);
                } catch (StorageException e) { // a full disk must not keep others from reading
                    LOG.warn("{}: it stays open until the partition is opened again", partition.topicPartition(), e);
                }
            }
        }
    }

    private boolean isOpen(long producerId, TopicPartition partition) {
        return open().stream()
                .anyMatch(open ->
                        open.producerId() == producerId && open.partitions().contains(partition));
    }

    /** To be called before anything is locked: creating a topic locks the topics, which come first. */
    void ensureExists() {
        topics.changes().ensureInternal(NAME, PARTITIONS);
    }

    /** The transactional id as it stands; null when it is unknown. */
    synchronized @Nullable Transaction find(String transactionalId) {
        return coordinator.find(transactionalId);
    }

    /** All transactional ids, in order. */
    synchronized List<Transaction> all() {
        return coordinator.all();
    }

    /** Those with an open transaction, decided or not. */
    synchronized List<Transaction> open() {
        return coordinator.open();
    }

    /** @param renew whether to take a new producer id, instead of the next epoch of the one that it has */
    Transaction initialize(String transactionalId, int timeoutMs, boolean renew) {
        return change(() ->
                coordinator.initialize(transactionalId, timeoutMs, renew, producerIds::next, time.milliseconds()));
    }

    Transaction addPartitions(
            String transactionalId, long producerId, short producerEpoch, Collection<TopicPartition> partitions) {
        return change(() ->
                coordinator.addPartitions(transactionalId, producerId, producerEpoch, partitions, time.milliseconds()));
    }

    Transaction end(String transactionalId, long producerId, short producerEpoch, boolean commit) {
        return change(() -> coordinator.end(
                transactionalId, producerId, producerEpoch, commit, producerIds::next, time.milliseconds()));
    }

    Transaction abort(String transactionalId) {
        return change(() -> coordinator.abort(transactionalId, producerIds::next, time.milliseconds()));
    }

    Transaction complete(String transactionalId) {
        return change(() -> coordinator.complete(transactionalId, time.milliseconds()));
    }

    private Transaction change(Supplier<Transaction> request) {
        Transaction answer = appendAndApply(request);
        Partition partition = partition(answer.transactionalId());
        // Outside of the lock, so that several share a force; also an answer of before may still wait for it.
        topics.flusher().awaitDurable(partition, partition.logEndOffset());
        return answer;
    }

    private synchronized Transaction appendAndApply(Supplier<Transaction> request) {
        Transaction answer = request.get();
        if (!answer.equals(coordinator.find(answer.transactionalId()))) {
            append(answer.transactionalId(), TransactionRecordCodec.encodeValue(answer));
            coordinator.apply(new TransactionRecord(answer.transactionalId(), answer));
        }
        return answer;
    }

    private void append(String transactionalId, byte @Nullable [] value) {
        batch.reset(); // of what an append that failed has left
        batch.tryAppend(time.milliseconds(), TransactionRecordCodec.encodeKey(transactionalId), value, NO_HEADERS);
        partition(transactionalId).append(batch.finish());
    }

    private Partition partition(String transactionalId) {
        Topic topic = topics.find(NAME);
        if (topic == null) {
            throw new IllegalStateException("there is no topic " + NAME);
        }
        return topic.partition(InternalTopics.partitionOf(transactionalId, topic.partitionCount()));
    }
}
