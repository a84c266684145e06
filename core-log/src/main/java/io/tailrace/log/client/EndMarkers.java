package io.tailrace.log.client;

import io.tailrace.common.Time;
import io.tailrace.common.TopicPartition;
import io.tailrace.common.errors.InvalidProducerEpochException;
import io.tailrace.log.partition.Partition;
import io.tailrace.log.partition.ProducerInfo;
import io.tailrace.log.txn.Transaction;
import io.tailrace.log.txn.TransactionState;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the end of a transaction into its partitions. Partitions of topics that were deleted meanwhile are left out.
 *
 * <p><b>Threads:</b> any.
 */
final class EndMarkers {
    private static final Logger LOG = LoggerFactory.getLogger(EndMarkers.class);

    /** There is one coordinator, which is never replaced while its log is open. */
    static final int COORDINATOR_EPOCH = 0;

    private final Topics topics;
    private final Time time;

    EndMarkers(Topics topics, Time time) {
        this.topics = topics;
        this.time = time;
    }

    /**
     * Writes a marker into each partition that is chosen. All are tried; then the first failure is thrown, and the call is to be
     * repeated: a marker that comes twice does no harm.
     */
    void write(Transaction decided, Predicate<TopicPartition> chosen) {
        FirstFailure failure = new FirstFailure();
        for (TopicPartition partition : decided.partitions()) {
            if (chosen.test(partition)) {
                failure.run(() -> write(decided, partition));
            }
        }
        failure.rethrow();
    }

    private void write(Transaction decided, TopicPartition partition) {
        Topic topic = find(partition);
        if (topic == null) {
            return;
        }
        try {
            Partition target = topic.partition(partition.partition());
            long marker = target.endTransaction(
                    decided.producerId(),
                    decided.producerEpoch(),
                    decided.state() == TransactionState.PREPARE_COMMIT,
                    COORDINATOR_EPOCH,
                    time.milliseconds());
            // Before it is noted that all markers are there: a lost one would leave a transaction that nobody ends.
            topics.flusher().awaitDurable(target, marker + 1);
        } catch (RuntimeException e) {
            if (!topic.isDeleted()) {
                throw topic.explain(e);
            }
        }
    }

    /**
     * As {@link #write}, for what the process before has left. A power loss may have taken later states of the transactional id,
     * and left later transactions in the partitions: these are aborted, as nobody knows what was decided about them.
     */
    void finish(Transaction decided) {
        FirstFailure failure = new FirstFailure();
        for (TopicPartition partition : decided.partitions()) {
            failure.run(() -> finish(decided, partition));
        }
        failure.rethrow();
    }

    private void finish(Transaction decided, TopicPartition topicPartition) {
        try {
            write(decided, topicPartition);
        } catch (InvalidProducerEpochException e) {
            LOG.warn(
                    "States of '{}' are lost, its last transaction is aborted: {}",
                    decided.transactionalId(),
                    e.getMessage());
            Partition partition = topics.get(topicPartition.topic()).partition(topicPartition.partition());
            partition.producers().stream()
                    .filter(producer -> producer.producerId() == decided.producerId())
                    .filter(producer -> producer.transactionStartOffset() >= 0)
                    .forEach(producer -> abort(partition, producer));
        }
    }

    /** Aborts the transaction that a producer has open in a partition, whatever its epoch. */
    void abort(Partition partition, ProducerInfo producer) {
        long marker = partition.endTransaction(
                producer.producerId(),
                (short) (producer.producerEpoch() + 1),
                /* commit */ false,
                Math.max(producer.coordinatorEpoch(), COORDINATOR_EPOCH),
                time.milliseconds());
        topics.flusher().awaitDurable(partition, marker + 1);
    }

    private @Nullable Topic find(TopicPartition partition) {
        Topic topic = topics.find(partition.topic());
        return topic == null || partition.partition() >= topic.partitionCount() ? null : topic;
    }
}
