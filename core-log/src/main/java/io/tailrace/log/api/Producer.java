package io.tailrace.log.api;

import io.tailrace.common.ProducerRecord;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Appends records to topics, in batches.
 *
 * <p>The partition of a record is the one it names; else murmur2 of its serialized key, as in Kafka; else (no key) one
 * partition is kept for a batch and then the next is taken. Records of one producer to one partition keep their order.
 *
 * <p><b>Threads:</b> any. <b>Durable:</b> an acknowledged record (its future completed, or {@link #flush} returned)
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

    /** Flushes, then closes; the serializers stay the caller's. A second call does nothing. */
    @Override
    void close();

    /** As {@link #close()}, but what could not be appended within {@code timeout} fails with a timeout. */
    void close(Duration timeout);
}
