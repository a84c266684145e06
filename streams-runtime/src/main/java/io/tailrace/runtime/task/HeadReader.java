package io.tailrace.runtime.task;

import io.tailrace.common.ConsumerRecord;
import io.tailrace.common.header.Headers;
import io.tailrace.errors.StreamsException;
import io.tailrace.errors.handler.DeserializationExceptionHandler;
import io.tailrace.errors.handler.ErrorHandlerContext;
import io.tailrace.processor.TaskId;
import io.tailrace.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Turns a record as it was read into one that can be processed; asks the deserialization handler when that fails. Owner: the
 * task's thread.
 */
final class HeadReader {
    private final TaskScope scope;

    HeadReader(TaskScope scope) {
        this.scope = scope;
    }

    /**
     * @return null when the record is to be dropped
     * @throws StreamsException when it does not deserialize and the handler says to fail, or the extractor fails
     */
    @Nullable
    Record<Object, Object> read(ConsumerRecord<byte[], byte[]> raw, InputQueue queue) {
        SourceNode source = queue.source;
        Object key;
        Object value;
        try {
            key = source.keyDeserializer.deserialize(raw.topic(), raw.headers(), raw.key());
            value = source.valueDeserializer.deserialize(raw.topic(), raw.headers(), raw.value());
        } catch (RuntimeException e) {
            handle(raw, source, e);
            return null;
        }
        try {
            long timeMs = queue.extractTime(raw, key, value);
            return timeMs < 0 ? null : new Record<>(key, value, timeMs, raw.headers());
        } catch (RuntimeException e) {
            throw failure(raw, source, "no event time could be extracted: " + e, e);
        }
    }

    private void handle(ConsumerRecord<byte[], byte[]> raw, SourceNode source, RuntimeException cause) {
        DeserializationExceptionHandler handler = scope.services.deserializationHandler();
        DeserializationExceptionHandler.Response response =
                handler.handleError(new HandlerContext(scope.taskId, source.name, raw), raw, cause);
        scope.dirty = true;
        response.deadLetterQueueRecords().forEach(scope::send);
        if (response.result() == DeserializationExceptionHandler.Result.FAIL) {
            scope.services.producer().flush(); // no commit follows, and the dead letters must not be lost
            throw failure(
                    raw,
                    source,
                    "the record does not deserialize: " + cause
                            + " (give the source serdes that fit, or set deserialization.exception.handler to drop such"
                            + " records)",
                    cause);
        }
    }

    private StreamsException failure(
            ConsumerRecord<byte[], byte[]> raw, SourceNode source, String detail, RuntimeException cause) {
        return new StreamsException(
                "task " + scope.taskId + ", source " + source.name + ", " + raw.topic() + "-" + raw.partition() + "@"
                        + raw.offset() + ": " + detail,
                cause,
                scope.taskId);
    }

    private record HandlerContext(TaskId taskId, String processorNodeId, ConsumerRecord<byte[], byte[]> raw)
            implements ErrorHandlerContext {
        @Override
        public String topic() {
            return raw.topic();
        }

        @Override
        public int partition() {
            return raw.partition();
        }

        @Override
        public long offset() {
            return raw.offset();
        }

        @Override
        public Headers headers() {
            return raw.headers();
        }

        @Override
        public long timestamp() {
            return raw.timestamp();
        }

        @Override
        public byte @Nullable [] sourceRawKey() {
            return raw.key();
        }

        @Override
        public byte @Nullable [] sourceRawValue() {
            return raw.value();
        }
    }
}
