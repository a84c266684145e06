package io.tailrace.errors.handler;

import io.tailrace.common.header.Headers;
import io.tailrace.processor.TaskId;
import org.jspecify.annotations.Nullable;

/** Where an error happened (KIP-1033). Valid during the handler's call only. */
public interface ErrorHandlerContext {
    /** The input record's topic; null when there is no input record, as in a punctuator. */
    @Nullable
    String topic();

    /** The input record's partition, -1 when there is no input record. */
    int partition();

    /** The input record's offset, -1 when there is no input record. */
    long offset();

    /** The input record's headers, empty when there is no input record. */
    Headers headers();

    /** The name of the node in which the error happened. */
    String processorNodeId();

    TaskId taskId();

    /** Epoch milliseconds, of the record at hand or of the punctuation. */
    long timestamp();

    /** The input record's key as it was read. Not a copy: do not change it. */
    byte @Nullable [] sourceRawKey();

    /** The input record's value as it was read. Not a copy: do not change it. */
    byte @Nullable [] sourceRawValue();
}
