package io.tailrace.runtime.task;

import io.tailrace.common.ConsumerRecord;
import io.tailrace.common.TimestampType;
import io.tailrace.common.header.Headers;
import io.tailrace.common.header.RecordHeaders;
import io.tailrace.processor.CacheSpace;
import io.tailrace.processor.RecordContext;
import io.tailrace.processor.WriteBack;
import org.jspecify.annotations.Nullable;

/** What the caches of one task's stores see of it: always the record at hand. Owner: the task's thread. */
final class TaskWriteBack implements WriteBack, RecordContext {
    private static final RecordHeaders NO_HEADERS = new RecordHeaders();

    static {
        NO_HEADERS.setReadOnly();
    }

    private final TaskScope scope;

    TaskWriteBack(TaskScope scope) {
        this.scope = scope;
    }

    @Override
    public void join(CacheSpace.Member cache) {
        scope.caches.add(cache);
    }

    @Override
    public CacheSpace space() {
        CacheSpace space = scope.services.cacheSpace();
        if (space == null) {
            throw new IllegalStateException(
                    "task " + scope.taskId + " has caches, but has moved to a worker that has none");
        }
        return space;
    }

    @Override
    public RecordContext hold() {
        scope.dirty = true;
        return this;
    }

    /** The input record is known by its place and headers only; its bytes were not kept. */
    @Override
    public void resume(RecordContext origin, Runnable work) {
        ConsumerRecord<byte[], byte[]> current = scope.current;
        long timeMs = scope.eventTimeMs;
        Headers headers = scope.headers;
        scope.current = record(origin);
        scope.at(origin.timestamp(), origin.headers());
        try {
            work.run();
        } finally {
            scope.current = current;
            scope.at(timeMs, headers);
        }
    }

    private static @Nullable ConsumerRecord<byte[], byte[]> record(RecordContext origin) {
        String topic = origin.topic();
        return topic == null
                ? null
                : new ConsumerRecord<>(
                        topic,
                        origin.partition(),
                        origin.offset(),
                        origin.timestamp(),
                        TimestampType.CREATE_TIME,
                        ConsumerRecord.NULL_SIZE,
                        ConsumerRecord.NULL_SIZE,
                        null,
                        null,
                        origin.headers());
    }

    @Override
    public @Nullable String topic() {
        ConsumerRecord<byte[], byte[]> current = scope.current;
        return current == null ? null : current.topic();
    }

    @Override
    public int partition() {
        ConsumerRecord<byte[], byte[]> current = scope.current;
        return current == null ? -1 : current.partition();
    }

    @Override
    public long offset() {
        ConsumerRecord<byte[], byte[]> current = scope.current;
        return current == null ? -1 : current.offset();
    }

    @Override
    public long timestamp() {
        return scope.eventTimeMs;
    }

    @Override
    public Headers headers() {
        Headers headers = scope.headers;
        return headers == null ? NO_HEADERS : headers;
    }

    @Override
    public byte @Nullable [] sourceRawKey() {
        ConsumerRecord<byte[], byte[]> current = scope.current;
        return current == null ? null : current.key();
    }

    @Override
    public byte @Nullable [] sourceRawValue() {
        ConsumerRecord<byte[], byte[]> current = scope.current;
        return current == null ? null : current.value();
    }
}
