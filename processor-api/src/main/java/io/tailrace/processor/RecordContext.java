package io.tailrace.processor;

import io.tailrace.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the record at hand besides key and value. Inside a punctuator there is no input record: then
 * {@link #topic()} is null, {@link #offset()} and {@link #partition()} are -1, and there are no source bytes.
 */
public interface RecordContext {
    @Nullable
    String topic();

    int partition();

    long offset();

    /** Epoch milliseconds. */
    long timestamp();

    Headers headers();

    /** The input record's key as it was read, before any deserializer. Not a copy: do not change it. */
    byte @Nullable [] sourceRawKey();

    /** The input record's value as it was read, before any deserializer. Not a copy: do not change it. */
    byte @Nullable [] sourceRawValue();
}
