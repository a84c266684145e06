package io.tailrace.log.api;

import io.tailrace.common.ProducerRecord;
import io.tailrace.common.TopicPartition;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Appends records to topics, in batches.
 *
 * <p>The partition of a record is the one it names; else murmur2 of its serialized key, as in Kafka; else (no key) one
 * partition is kept for a batch and then the next is taken. Records of one producer to one partition keep their order.
 *
 * <p><b>Transactions.</b> A producer with {@link ProducerConfig#transactionalId()} writes in transactions only, in this order,
 * with Kafka's names and meanings:
 *
 * <pre>
 *   initTransactions()
 *   repeat:  beginTransaction()
 *            send, post, sendOffsetsToTransaction ...
 *            commitTransaction() or abortTransaction()
 * </pre>
 *
 * Consumers that read committed data ({@link IsolationLevel#READ_COMMITTED}) see all records of a transaction in a partition
 * or none, after it was committed. Of two producers with the same transactional id the one that calls {@code initTransactions}
 * later fences the other: every call of that one fails with {@link io.tailrace.common.errors.ProducerFencedException}, and it can
 * only be closed. So does a producer whose transaction is open for longer than {@link ProducerConfig#transactionTimeout()}: it
 * is aborted. A call in the wrong order is an {@link IllegalStateException}.
 *
 * <p><b>Threads:</b> any; those of one transaction agree on its beginning and end. <b>Durable:</b> an acknowledged record (its future completed, or {@link #flush} returned)
 * survives a crash of the process.
 */
public interface Producer<K, V> extends AutoCloseable {

    /**
     * Buffers one record; the future completes when its batch is in the log, or with the reason why it is not. It is completed
     * by whichever thread appended, perhaps the log's own one: what depends on it should be quick. The headers of the record are
     * read-only from now on.
     *
     * <p>Wrong use fails at once, here: a partition that the topic does not have, a record that does not serialize or is
     * too large, a topic that does not exist when topics are not created automatically.
     *
     * @throws io.tailrace.common.errors.UnknownTopicOrPartitionException when there is no such topic or partition
     * @throws io.tailrace.common.errors.SerializationException when key or value does not serialize
     * @throws io.tailrace.common.errors.RecordTooLargeException when it exceeds {@link ProducerConfig#maxRecordBytes()} or the
     *     topic's {@code max.message.bytes}. With compression that limit is for the compressed batch, whose size is known when it is
     *     appended: then the future fails
     * @throws io.tailrace.common.errors.LogClosedException when the producer or the log is closed
     */
    CompletableFuture<RecordMetadata> send(ProducerRecord<K, V> record);

    /**
     * As {@link #send} but without a future, for callers who send millions and then {@link #flush}: the first failure is
     * thrown, once, by the next {@code flush}, {@code close} or {@code post}, which then does nothing else. What was posted for
     * the same partition between the failure and that throw is not appended either: up to the throw, a partition holds a prefix
     * of what was posted for it.
     */
    void post(ProducerRecord<K, V> record);

    /**
     * Appends everything that was buffered before and returns when it is in the log and its futures are completed; throws the
     * first failure of a {@link #post}.
     */
    void flush();

    /**
     * Takes the transactional id over: fences older producers with it, ends the transaction that one of them may have left, and
     * makes sure of the order of what follows. Once, before the first transaction; after a failure it may be called again.
     *
     * @throws IllegalStateException when the producer has no transactional id
     * @throws io.tailrace.common.errors.StorageException when the open transaction could not be ended
     */
    void initTransactions();

    /** From now on records belong to a new transaction. Nothing is written before the first of them is. */
    void beginTransaction();

    /**
     * Commits offsets as a part of the transaction: they are the group's when the transaction is committed, and are forgotten when
     * it is aborted.
     *
     * @param offsets the next offset to be read of each partition
     * @param groupMetadata who commits, see {@link Consumer#groupMetadata()}
     * @throws io.tailrace.common.errors.CommitFailedException when the member does not own one of the partitions (any more); then
     *     the transaction can only be aborted
     */
    void sendOffsetsToTransaction(Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata groupMetadata);

    /**
     * Appends what is buffered and makes the transaction visible. One without records and offsets writes nothing.
     *
     * @throws io.tailrace.common.errors.TransactionAbortableException when a record or offsets of the transaction failed; the
     *     cause says why: {@link #abortTransaction}, and begin again
     * @throws io.tailrace.common.errors.StorageException when the disk refuses. Call it again: it goes on where it stopped. As
     *     long as the outcome is not decided, {@link #abortTransaction} is possible, too. If the process ends instead, the next one
     *     finishes what was decided when it opens the log, and aborts what was not
     */
    void commitTransaction();

    /**
     * Drops what is buffered, whose futures fail with {@link io.tailrace.common.errors.TransactionAbortedException}, and hides what
     * was appended from readers of committed data for good.
     *
     * @throws io.tailrace.common.errors.StorageException when the disk refuses; call it again
     */
    void abortTransaction();

    /**
     * Flushes, then closes; the serializers stay the caller's. An open transaction is aborted instead. A second call does
     * nothing.
     */
    @Override
    void close();

    /** As {@link #close()}, but what could not be appended within {@code timeout} fails with a timeout. */
    void close(Duration timeout);
}
