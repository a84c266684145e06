package io.tailrace.log.api;

import io.tailrace.serde.Deserializer;
import io.tailrace.serde.Serializer;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A partitioned, durable log of records, and the door to everything in it.
 *
 * <p><b>Threads:</b> any. <b>Owner:</b> whoever opened it closes it, after its producers and consumers; closing it
 * first makes their next call fail with {@link io.tailrace.common.errors.LogClosedException}.
 */
public interface EventLog extends AutoCloseable {

    /** Topics, offsets and groups of this log. Valid until the log is closed; there is nothing to close. */
    Admin admin();

    /** A new producer, to be closed by the caller. */
    <K, V> Producer<K, V> newProducer(
            ProducerConfig config, Serializer<? super K> keySerializer, Serializer<? super V> valueSerializer);

    /** A new consumer, to be closed by the caller. */
    <K, V> Consumer<K, V> newConsumer(
            ConsumerConfig config,
            Deserializer<? extends K> keyDeserializer,
            Deserializer<? extends V> valueDeserializer);

    /** Where the log keeps its files; empty for a log that lives in memory only. */
    Optional<Path> directory();

    /** Writes out what is buffered, forces it to the storage device and frees the directory. A second call does nothing. */
    @Override
    void close();
}
