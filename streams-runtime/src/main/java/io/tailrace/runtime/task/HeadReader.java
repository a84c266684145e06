package io.tailrace.runtime.task;

import io.tailrace.common.ConsumerRecord;
import io.tailrace.errors.StreamsException;
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
            scope.failures.deserialization(raw, source.name, e);
            return null;
        }
        try {
            long timeMs = queue.extractTime(raw, key, value);
            return timeMs < 0 ? null : new Record<>(key, value, timeMs, raw.headers());
        } catch (RuntimeException e) {
            throw failure(raw, source, "no event time could be extracted: " + e, e);
        }
    }

    /** A record without a usable time is dropped. */
    void dropped() {
        scope.dropped++;
    }

    private StreamsException failure(
            ConsumerRecord<byte[], byte[]> raw, SourceNode source, String detail, RuntimeException cause) {
        String place = raw.topic() + "-" + raw.partition() + "@" + raw.offset();
        return scope.located("source", source.name, place, detail, cause);
    }
}
