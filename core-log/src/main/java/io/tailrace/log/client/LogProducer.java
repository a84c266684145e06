package io.tailrace.log.client;

import io.tailrace.common.ProducerRecord;
import io.tailrace.common.TopicPartition;
import io.tailrace.common.errors.InvalidTopicException;
import io.tailrace.common.errors.LogClosedException;
import io.tailrace.common.errors.RecordTooLargeException;
import io.tailrace.common.errors.SerializationException;
import io.tailrace.common.errors.TailraceException;
import io.tailrace.common.errors.UnknownTopicOrPartitionException;
import io.tailrace.common.header.Header;
import io.tailrace.common.header.Headers;
import io.tailrace.common.header.RecordHeaders;
import io.tailrace.log.api.Compression;
import io.tailrace.log.api.ConsumerGroupMetadata;
import io.tailrace.log.api.OffsetAndMetadata;
import io.tailrace.log.api.Producer;
import io.tailrace.log.api.ProducerConfig;
import io.tailrace.log.api.RecordMetadata;
import io.tailrace.log.record.compress.Codec;
import io.tailrace.serde.Serializer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The {@link Producer} of the embedded log. Serializes and chooses the partition in the caller's thread. */
final class LogProducer<K, V> implements Producer<K, V> {
    private static final Logger LOG = LoggerFactory.getLogger(LogProducer.class);
    private static final Duration FOREVER = Duration.ofSeconds(Long.MAX_VALUE);

    private final OpenLog log;
    private final ProducerConfig config;
    private final Serializer<? super K> keySerializer;
    private final Serializer<? super V> valueSerializer;
    private final Completions completions = new Completions();
    private final @Nullable TransactionSession session; // null without a transactional id
    private final Sender.Task completer = nowNs -> {
        completions.run();
        return Sender.DONE;
    };
    private final Unacknowledged unacknowledged;
    private final Accumulator.Shared shared;
    private final ConcurrentMap<String, TopicSink> sinks = new ConcurrentHashMap<>();
    private final AtomicReference<@Nullable RuntimeException> postFailure = new AtomicReference<>();
    private volatile boolean closed;

    LogProducer(
            OpenLog log,
            ProducerConfig config,
            Serializer<? super K> keySerializer,
            Serializer<? super V> valueSerializer) {
        this.log = log;
        this.config = config;
        this.keySerializer = keySerializer;
        this.valueSerializer = valueSerializer;
        this.session = config.transactionalId()
                .map(id -> new TransactionSession(log.transactions(), id, (int)
                        config.transactionTimeout().toMillis()))
                .orElse(null);
        this.unacknowledged = new Unacknowledged(
                log.topics().flusher(),
                log.time(),
                config.bufferBytes(),
                Deadline.toNs(config.maxBlock()),
                () -> log.sender().schedule(completer, log.time().nanoseconds()));
        this.shared = new Accumulator.Shared(
                log.time(),
                log.sender(),
                completions,
                config.batchBytes(),
                codec(config.compression()),
                appender(),
                Deadline.toNs(config.linger()),
                unacknowledged,
                failure -> postFailure.compareAndSet(null, failure));
    }

    private Appender appender() {
        TransactionSession transactional = session;
        if (transactional != null) {
            return transactional;
        }
        return config.idempotent() ? new IdempotentAppender(log.producerIds()) : new PlainAppender();
    }

    private static Codec codec(Compression compression) {
        return switch (compression) {
            case NONE -> Codec.NONE;
            case GZIP -> Codec.GZIP;
            case SNAPPY -> Codec.SNAPPY;
            case LZ4 -> Codec.LZ4;
            case ZSTD -> Codec.ZSTD;
        };
    }

    @Override
    public CompletableFuture<RecordMetadata> send(ProducerRecord<K, V> record) {
        PendingSend future = new PendingSend();
        add(record, future);
        return future;
    }

    @Override
    public void post(ProducerRecord<K, V> record) {
        if (postFailure.get() != null) {
            throwPostFailure();
        }
        add(record, null);
    }

    private void add(ProducerRecord<K, V> record, @Nullable PendingSend future) {
        checkOpen();
        TransactionSession transaction = session;
        if (transaction == null) {
            buffer(record, future);
            return;
        }
        transaction.checkOpen("send");
        try {
            buffer(record, future);
        } catch (SerializationException e) { // a mistake of the caller, who knows
            throw e;
        } catch (TailraceException e) {
            if (config.refusalsAbort() || !isRefusal(e)) {
                transaction.fail(e); // as in Kafka, also when the caller goes on
            }
            throw e;
        }
    }

    /** Whether this is about one record only, of which nothing was buffered. */
    private static boolean isRefusal(TailraceException e) {
        return e instanceof RecordTooLargeException
                || e instanceof UnknownTopicOrPartitionException
                || e instanceof InvalidTopicException;
    }

    private void buffer(ProducerRecord<K, V> record, @Nullable PendingSend future) {
        TopicSink sink = sink(record.topic());
        Headers headers = record.headers();
        byte[] key = serialize(keySerializer, record.topic(), headers, record.key(), "key");
        byte[] value = serialize(valueSerializer, record.topic(), headers, record.value(), "value");
        checkSize(record.topic(), key, value, headers);
        if (headers instanceof RecordHeaders sent) {
            sent.setReadOnly();
        }
        if (!unacknowledged.hasRoom()) {
            makeRoom();
        }
        Long timestamp = record.timestamp();
        sink.add(
                record.partition(),
                timestamp == null ? log.time().milliseconds() : timestamp,
                key,
                value,
                headers,
                future);
    }

    // Batches that linger are what keeps the buffer full when the log acknowledges at once.
    private void makeRoom() {
        sinks.values().forEach(TopicSink::flush);
        completions.run();
        unacknowledged.awaitRoom();
    }

    private TopicSink sink(String topic) {
        TopicSink sink = sinks.get(topic);
        return sink == null || !sink.isUsable() ? newSink(topic) : sink;
    }

    private synchronized TopicSink newSink(String name) {
        checkOpen();
        TopicSink old = sinks.get(name);
        if (old != null && old.isUsable()) {
            return old;
        }
        if (old != null) {
            sinks.remove(name);
            old.close(); // its topic was deleted: what is buffered fails and says so
            completions.run();
        }
        TopicSink sink = new TopicSink(shared, log.topics().forSending(name));
        sinks.put(name, sink);
        return sink;
    }

    private static <T> byte @Nullable [] serialize(
            Serializer<? super T> serializer, String topic, Headers headers, @Nullable T data, String part) {
        try {
            return serializer.serialize(topic, headers, data);
        } catch (RuntimeException e) {
            String type = data == null ? "null" : data.getClass().getName();
            throw new SerializationException(
                    "cannot serialize the " + part + " of a record for topic '" + topic + "': a " + type + " with "
                            + serializer.getClass().getName() + ": " + e,
                    e);
        }
    }

    private void checkSize(String topic, byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
        long size = (key == null ? 0L : key.length) + (value == null ? 0L : value.length);
        for (Header header : headers.toArray()) { // unlike an iterator, free of charge when there are none
            byte[] headerValue = header.value();
            size += header.key().getBytes(StandardCharsets.UTF_8).length;
            size += headerValue == null ? 0 : headerValue.length;
        }
        if (size > config.maxRecordBytes()) {
            throw new RecordTooLargeException(topic, size, config.maxRecordBytes(), "maxRecordBytes");
        }
    }

    @Override
    public void flush() {
        checkOpen();
        sinks.values().forEach(TopicSink::flush);
        awaitAcknowledgements(FOREVER);
        completions.await();
        throwPostFailure();
    }

    @Override
    public void initTransactions() {
        checkOpen();
        session().initialize();
    }

    @Override
    public void beginTransaction() {
        checkOpen();
        session().begin();
    }

    @Override
    public void sendOffsetsToTransaction(
            Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata groupMetadata) {
        checkOpen();
        session().commitOffsets(new TreeMap<>(offsets), groupMetadata);
    }

    @Override
    public void commitTransaction() {
        checkOpen();
        TransactionSession transaction = session();
        transaction.checkCommit();
        sinks.values().forEach(TopicSink::flush); // a failure shows in the session
        awaitAcknowledgements(FOREVER); // or the outcome could survive a power loss that takes a record
        completions.await();
        transaction.commit();
    }

    @Override
    public void abortTransaction() {
        checkOpen();
        abort(session());
    }

    private void abort(TransactionSession transaction) {
        transaction.beginAbort();
        RuntimeException reason = transaction.aborted();
        sinks.values().forEach(sink -> sink.drop(reason));
        postFailure.set(null); // it was one of the transaction that is gone
        completions.await();
        transaction.abort();
    }

    private TransactionSession session() {
        TransactionSession transactional = session;
        if (transactional == null) {
            throw new IllegalStateException(
                    "the producer has no transactional id; set ProducerConfig.withTransactionalId");
        }
        return transactional;
    }

    /** Nobody will end the open transaction any more. */
    private void endTransaction(TransactionSession transaction) {
        if (transaction.isInTransaction()) {
            abort(transaction);
        } else if (transaction.isCommitting()) {
            transaction.commit();
        }
    }

    private void endOrAbandon(TransactionSession transaction) {
        try {
            endTransaction(transaction);
        } catch (RuntimeException e) {
            transaction.abandon();
            throw e;
        }
    }

    @Override
    public void close() {
        close(Duration.ofSeconds(Long.MAX_VALUE));
    }

    @Override
    public void close(Duration timeout) {
        long deadlineNs = Deadline.after(timeout, log.time());
        if (!markClosed()) {
            return;
        }
        FirstFailure failure = new FirstFailure();
        TransactionSession transaction = session;
        if (transaction != null) {
            failure.run(() -> endOrAbandon(transaction));
        }
        sinks.values().forEach(sink -> sink.flushUntil(deadlineNs));
        sinks.values().forEach(TopicSink::close);
        awaitAcknowledgements(
                Duration.ofNanos(Math.max(0, deadlineNs - log.time().nanoseconds())));
        completions.await();
        log.forget(this);
        failure.run(this::throwPostFailure);
        failure.rethrow();
    }

    // Batches that are in the log when the time is over are acknowledged later.
    private void awaitAcknowledgements(Duration timeout) {
        long deadlineNs = Deadline.after(timeout, log.time());
        if (!completions.isInside() && !unacknowledged.await(deadlineNs)) {
            LOG.warn("The producer was closed before the device had all of its records");
        }
    }

    /** The log is closed: nothing more can happen to what was sent. */
    void complete() {
        completions.run();
    }

    /** The log closes: appends what is buffered and refuses more. Failures of posts wait for this producer's close. */
    synchronized void closeWithLog() {
        FirstFailure failure = new FirstFailure();
        TransactionSession transaction = session;
        if (transaction != null) {
            failure.run(() -> endTransaction(transaction));
        }
        sinks.values().forEach(TopicSink::close);
        completions.run();
        failure.rethrow();
    }

    private synchronized boolean markClosed() {
        boolean first = !closed;
        closed = true;
        return first;
    }

    private void throwPostFailure() {
        if (postFailure.get() == null) {
            return;
        }
        sinks.values().forEach(TopicSink::forgetGaps); // fails more posts, so before the failure is taken
        completions.run();
        RuntimeException failure = postFailure.getAndSet(null);
        if (failure != null) {
            throw failure;
        }
    }

    private void checkOpen() {
        log.topics().checkOpen();
        if (closed) {
            throw new LogClosedException("producer");
        }
    }
}
