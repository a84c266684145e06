package io.tailrace.runtime.task;

import io.tailrace.common.ConsumerRecord;
import io.tailrace.common.ProducerRecord;
import io.tailrace.common.errors.InvalidTopicException;
import io.tailrace.common.errors.RecordTooLargeException;
import io.tailrace.common.errors.TimeoutException;
import io.tailrace.common.errors.UnknownTopicOrPartitionException;
import io.tailrace.errors.StreamsException;
import io.tailrace.errors.handler.DeserializationExceptionHandler;
import io.tailrace.errors.handler.ErrorHandlerContext;
import io.tailrace.errors.handler.ProcessingExceptionHandler;
import io.tailrace.errors.handler.ProductionExceptionHandler;
import io.tailrace.errors.handler.ProductionExceptionHandler.SerializationExceptionOrigin;
import io.tailrace.processor.api.Record;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks the handlers what becomes of a failure of one task, and does what they say: every method returns when the record is to be
 * dropped, and else throws an exception that says where it happened.
 *
 * <p>Not asked about are failures that were decided before, at a node further inside, and a {@link ClassCastException}: there a
 * serde does not fit, which every other record will meet, too. Owner: the task's thread.
 */
final class TaskFailures {
    private static final int MAX_ATTEMPTS = 100;
    private static final String TYPES_HINT =
            " (the types that arrive here are not the ones expected: most likely a serde of"
                    + " the source, or a default serde, does not fit)";
    private static final String SERIALIZERS_HINT =
            " (the serializers do not fit the types that arrive here: give the sink serdes, or set default ones that fit)";

    private final TaskScope scope;

    TaskFailures(TaskScope scope) {
        this.scope = scope;
    }

    /** @param raw the record, which is not the scope's current one yet */
    void deserialization(ConsumerRecord<byte[], byte[]> raw, String source, RuntimeException cause) {
        ErrorHandlerContext context = new FailureContext(scope.taskId, source, raw, raw.timestamp());
        DeserializationExceptionHandler handler = scope.services.handlers().deserialization();
        DeserializationExceptionHandler.Response response =
                ask("source", source, handler, () -> handler.handleError(context, raw, cause));
        if (response.result() == DeserializationExceptionHandler.Result.FAIL) {
            String detail = "the record does not deserialize: " + cause
                    + " (give the source serdes that fit, or set deserialization.exception.handler to drop such records)";
            throw ended(scope.located("source", source, place(raw), detail, cause), response.deadLetterQueueRecords());
        }
        drop(source, response.deadLetterQueueRecords());
    }

    /**
     * @param kind of the node, for messages
     * @param record as it came to the node, null in a punctuator
     */
    void processing(String kind, String node, @Nullable Record<?, ?> record, Exception cause) {
        rethrowLocated(cause);
        if (cause instanceof ClassCastException) {
            throw scope.locate(kind, node, cause, TYPES_HINT);
        }
        ErrorHandlerContext context = context(node);
        ProcessingExceptionHandler handler = scope.services.handlers().processing();
        ProcessingExceptionHandler.Response response =
                ask(kind, node, handler, () -> handler.handleError(context, record, cause));
        if (response.result() == ProcessingExceptionHandler.Result.FAIL) {
            throw ended(scope.locate(kind, node, cause, ""), response.deadLetterQueueRecords());
        }
        drop(node, response.deadLetterQueueRecords());
    }

    /** @param record with the key and value that were to be serialized */
    void serialization(
            String sink, ProducerRecord<Object, Object> record, Exception cause, SerializationExceptionOrigin origin) {
        if (cause instanceof ClassCastException) {
            throw scope.locate("sink", sink, cause, SERIALIZERS_HINT);
        }
        ErrorHandlerContext context = context(sink);
        ProductionExceptionHandler handler = scope.services.handlers().production();
        ProductionExceptionHandler.Response response =
                ask("sink", sink, handler, () -> handler.handleSerializationError(context, record, cause, origin));
        if (response.result() != ProductionExceptionHandler.Result.RESUME) {
            throw ended(scope.locate("sink", sink, cause, ""), response.deadLetterQueueRecords());
        }
        drop(sink, response.deadLetterQueueRecords());
    }

    /** Writes the record again as long as the handler says so. */
    void production(String sink, ProducerRecord<byte[], byte[]> record, RuntimeException firstCause) {
        RuntimeException cause = firstCause;
        for (int attempts = 1; ; attempts++) {
            if (!concernsOneRecord(cause)) {
                throw scope.locate("sink", sink, cause, "");
            }
            RuntimeException failure = cause;
            ErrorHandlerContext context = context(sink);
            ProductionExceptionHandler handler = scope.services.handlers().production();
            ProductionExceptionHandler.Response response =
                    ask("sink", sink, handler, () -> handler.handleError(context, record, failure));
            switch (response.result()) {
                case RESUME -> {
                    drop(sink, response.deadLetterQueueRecords());
                    return;
                }
                case FAIL -> throw ended(scope.locate("sink", sink, cause, ""), response.deadLetterQueueRecords());
                case RETRY -> {
                    if (!mayPass(cause) || attempts == MAX_ATTEMPTS) {
                        throw scope.locate("sink", sink, cause, "");
                    }
                }
            }
            try {
                scope.send(record);
                return;
            } catch (RuntimeException e) {
                cause = e;
            }
        }
    }

    private static boolean concernsOneRecord(RuntimeException cause) {
        return cause instanceof RecordTooLargeException || cause instanceof InvalidTopicException || mayPass(cause);
    }

    private static boolean mayPass(RuntimeException cause) {
        return cause instanceof TimeoutException || cause instanceof UnknownTopicOrPartitionException;
    }

    private void rethrowLocated(Exception cause) {
        StreamsException located = scope.locatedIn(cause);
        if (located != null) {
            throw located;
        }
    }

    private ErrorHandlerContext context(String node) {
        ConsumerRecord<byte[], byte[]> raw = scope.current;
        return new FailureContext(scope.taskId, node, raw, scope.eventTimeMs);
    }

    private <R> R ask(String kind, String node, Object handler, Supplier<R> question) {
        try {
            return Objects.requireNonNull(question.get(), "the handler returned null, expected a response");
        } catch (RuntimeException e) {
            throw scope.locate(
                    kind,
                    node,
                    new StreamsException(
                            "exception handler " + handler.getClass().getName() + " failed itself: " + e, e),
                    "");
        }
    }

    private void drop(String node, List<ProducerRecord<byte[], byte[]>> letters) {
        scope.dirty = true;
        scope.dropped++;
        try {
            letters.forEach(scope::send);
        } catch (RuntimeException e) {
            throw scope.locate("dead letters of", node, e, "");
        }
    }

    private StreamsException ended(StreamsException failure, List<ProducerRecord<byte[], byte[]>> letters) {
        if (!letters.isEmpty()) {
            try {
                scope.services.lastLetters().write(letters);
            } catch (RuntimeException e) {
                failure.addSuppressed(e);
            }
        }
        return failure;
    }

    private static String place(ConsumerRecord<byte[], byte[]> raw) {
        return raw.topic() + "-" + raw.partition() + "@" + raw.offset();
    }
}
