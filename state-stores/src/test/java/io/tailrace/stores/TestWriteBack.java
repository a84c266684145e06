package io.tailrace.stores;

import io.tailrace.common.header.Headers;
import io.tailrace.common.header.RecordHeaders;
import io.tailrace.processor.CacheSpace;
import io.tailrace.processor.RecordContext;
import io.tailrace.processor.WriteBack;
import org.jspecify.annotations.Nullable;

/** A task as its caches see it. The record at hand is what the test last {@linkplain #process said}. */
public final class TestWriteBack implements WriteBack, RecordContext {
    private final CacheSpace space;
    private long offset;
    private long timestamp = TestContext.RECORD_TIME;
    private Headers headers = new RecordHeaders();

    public TestWriteBack(long maxBytes) {
        space = new CacheSpace(maxBytes);
    }

    public void process(long newOffset, long newTimestamp, Headers newHeaders) {
        offset = newOffset;
        timestamp = newTimestamp;
        headers = newHeaders;
    }

    @Override
    public void join(CacheSpace.Member cache) {
        space.join(cache);
    }

    @Override
    public CacheSpace space() {
        return space;
    }

    @Override
    public RecordContext hold() {
        return this;
    }

    @Override
    public void resume(RecordContext origin, Runnable work) {
        long offsetBefore = offset;
        long timestampBefore = timestamp;
        Headers headersBefore = headers;
        process(origin.offset(), origin.timestamp(), origin.headers());
        work.run();
        process(offsetBefore, timestampBefore, headersBefore);
    }

    @Override
    public @Nullable String topic() {
        return "in";
    }

    @Override
    public int partition() {
        return 0;
    }

    @Override
    public long offset() {
        return offset;
    }

    @Override
    public long timestamp() {
        return timestamp;
    }

    @Override
    public Headers headers() {
        return headers;
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
