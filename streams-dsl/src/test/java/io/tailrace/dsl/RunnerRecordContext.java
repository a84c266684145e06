package io.tailrace.dsl;

import io.tailrace.common.header.Headers;
import io.tailrace.processor.RecordContext;
import io.tailrace.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** What a topic name extractor sees in a {@link TopologyRunner}. */
record RunnerRecordContext(Record<?, ?> record) implements RecordContext {
    @Override
    public @Nullable String topic() {
        return null;
    }

    @Override
    public int partition() {
        return -1;
    }

    @Override
    public long offset() {
        return -1;
    }

    @Override
    public long timestamp() {
        return record.timestamp();
    }

    @Override
    public Headers headers() {
        return record.headers();
    }

    @Override
    public byte @Nullable [] sourceRawKey() {
        return null;
    }

    @Override
    public byte @Nullable [] sourceRawValue() {
        return null;
    }
}
