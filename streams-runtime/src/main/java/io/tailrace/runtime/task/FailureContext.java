package io.tailrace.runtime.task;

import io.tailrace.common.ConsumerRecord;
import io.tailrace.common.header.Headers;
import io.tailrace.common.header.RecordHeaders;
import io.tailrace.errors.handler.ErrorHandlerContext;
import io.tailrace.processor.TaskId;
import org.jspecify.annotations.Nullable;

/**
 * What a handler is told of the place of a failure.
 *
 * @param raw the input record, null in a punctuator
 * @param timestamp epoch milliseconds
 */
record FailureContext(
        TaskId taskId, String processorNodeId, @Nullable ConsumerRecord<byte[], byte[]> raw, long timestamp)
        implements ErrorHandlerContext {
    @Override
    public @Nullable String topic() {
        return raw == null ? null : raw.topic();
    }

    @Override
    public int partition() {
        return raw == null ? -1 : raw.partition();
    }

    @Override
    public long offset() {
        return raw == null ? -1 : raw.offset();
    }

    @Override
    public Headers headers() {
        return raw == null ? new RecordHeaders() : raw.headers();
    }

    @Override
    public byte @Nullable [] sourceRawKey() {
        return raw == null ? null : raw.key();
    }

    @Override
    public byte @Nullable [] sourceRawValue() {
        return raw == null ? null : raw.value();
    }
}
