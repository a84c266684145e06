package io.tailrace.runtime.task;

import io.tailrace.common.ConsumerRecord;
import io.tailrace.common.ProducerRecord;
import io.tailrace.common.TopicPartition;
import io.tailrace.common.errors.TailraceException;
import io.tailrace.common.header.Headers;
import io.tailrace.errors.ProcessorStateException;
import io.tailrace.errors.StreamsException;
import io.tailrace.processor.CacheSpace;
import io.tailrace.processor.RecordMetadata;
import io.tailrace.processor.TaskId;
import io.tailrace.processor.api.Record;
import io.tailrace.serde.Serde;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What all parts of one task share: who it is, the record at hand, its time, and whether it has something to commit. Owner:
 * the task's thread, but for what says otherwise.
 */
final class TaskScope {
    final TaskId taskId;
    final Path directory;

    /** Of the worker that has the task, or its stores, now. */
    TaskServices services;

    /** The input record being processed; null in init, punctuators and close. */
    @Nullable
    ConsumerRecord<byte[], byte[]> current;

    /** Names the moment in messages while there is no current record. */
    String phase = "opening";

    /** Event time of the record, or time of the punctuation, that is being processed; -1 before the first. */
    long eventTimeMs = -1;

    /** Headers of the record that is being processed, null for none. */
    @Nullable
    Headers headers;

    /** Of the task's stores; they share the worker's space while the task is active. */
    final List<CacheSpace.Member> caches = new ArrayList<>();

    long streamTimeMs = -1;
    boolean commitRequested;

    /** Input records that did not deserialize, and records that a handler or an operator dropped. */
    long dropped;

    /** Records that came after their window was closed. */
    long late;

    long processed;

    final TaskFailures failures = new TaskFailures(this);
    /** By input partition the offset, next to read, up to which all is committed; immutable, read by any thread. */
    volatile Map<TopicPartition, Long> committedInputs = Map.of();

    /** Something was processed or written since the last commit. */
    boolean dirty;

    private @Nullable Serde<?> keySerde;
    private @Nullable Serde<?> valueSerde;
    private @Nullable StreamsException located;

    TaskScope(TaskId taskId, TaskServices services) {
        this.taskId = taskId;
        this.services = services;
        this.directory = services.directories().apply(taskId);
    }

    /** What is being processed has the time and the headers of that record from now on. */
    void at(Record<?, ?> record) {
        eventTimeMs = record.timestamp();
        Headers own = record.hasHeaders() ? record.headers() : null;
        if (headers != own) {
            headers = own;
        }
    }

    /** As {@link #at(Record)}. */
    void at(long timeMs, @Nullable Headers own) {
        eventTimeMs = timeMs;
        if (headers != own) {
            headers = own;
        }
    }

    /** The task has become active. */
    void joinCaches() {
        CacheSpace space = services.cacheSpace();
        if (space != null) {
            caches.forEach(space::join);
        }
    }

    /** The task is active no longer; everything is committed. */
    void leaveCaches() {
        CacheSpace space = services.cacheSpace();
        caches.forEach(CacheSpace.Member::forget);
        if (space != null) {
            caches.forEach(space::leave);
        }
    }

    void send(ProducerRecord<byte[], byte[]> record) {
        dirty = true;
        services.producer().post(record);
    }

    Serde<?> keySerde() {
        Serde<?> serde = keySerde;
        if (serde == null) {
            serde = services.config().defaultKeySerde();
            keySerde = serde;
        }
        return serde;
    }

    Serde<?> valueSerde() {
        Serde<?> serde = valueSerde;
        if (serde == null) {
            serde = services.config().defaultValueSerde();
            valueSerde = serde;
        }
        return serde;
    }

    /** The task's directory, created when somebody needs it: most tests and stateless tasks never do. */
    File stateDir() {
        try {
            return Files.createDirectories(directory).toFile();
        } catch (IOException e) {
            throw new ProcessorStateException("task " + taskId + ": cannot create its directory " + directory, e);
        }
    }

    Optional<RecordMetadata> recordMetadata() {
        ConsumerRecord<byte[], byte[]> record = current;
        return record == null
                ? Optional.empty()
                : Optional.of(new InputMetadata(record.topic(), record.partition(), record.offset()));
    }

    /**
     * Says where an exception happened. The innermost node does so; the nodes around it get the same exception again and
     * leave it as it is.
     */
    StreamsException locate(String kind, String node, Exception cause, String hint) {
        StreamsException known = located;
        if (known != null && known == cause) {
            return known;
        }
        String detail = cause instanceof ClassCastException ? cause + hint : reason(cause);
        return located(kind, node, place(), detail, cause);
    }

    StreamsException located(String kind, String node, String place, String detail, Exception cause) {
        StreamsException failure = new StreamsException(
                "task " + taskId + ", " + kind + " " + node + ", " + place + ": " + detail, cause, taskId);
        located = failure;
        return failure;
    }

    /** The exception that {@link #locate} has made last, if that is the given one or among its causes. */
    @Nullable
    StreamsException locatedIn(Throwable failure) {
        StreamsException known = located;
        if (known == null) {
            return null;
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause == known) {
                return known;
            }
        }
        return null;
    }

    /** Throws the failure that user code has caught and kept to itself: what it was about was not written. */
    void rethrowFatal() {
        StreamsException known = located;
        if (known != null) {
            throw known;
        }
    }

    /** {@code topic-partition@offset} of the record at hand, or the moment in the task's life. */
    String place() {
        ConsumerRecord<byte[], byte[]> record = current;
        return record == null ? phase : record.topic() + "-" + record.partition() + "@" + record.offset();
    }

    private record InputMetadata(String topic, int partition, long offset) implements RecordMetadata {}

    /** Our own errors say all in their message; others need their class to be understood. */
    private static String reason(Throwable cause) {
        String message = cause.getMessage();
        return cause instanceof TailraceException && message != null ? message : cause.toString();
    }
}
