package io.tailrace.stores.segment;

import io.tailrace.common.Bytes;
import io.tailrace.errors.ProcessorStateException;
import io.tailrace.processor.KeyValue;
import io.tailrace.stores.layer.KeyForm;
import org.jspecify.annotations.Nullable;

/**
 * Keys with a time in store and changelog. A restore moves the stream time too, and leaves out what has expired by then.
 * Owner: the task's thread.
 */
public final class TimedForm implements KeyForm {
    private final String storeName;
    private final String layout;
    private final TimedKey keys;
    private final Retention retention;
    private final StreamClock clock;

    /** @param suffix of the layout's name, empty for none */
    public TimedForm(String storeName, TimedKey keys, Retention retention, StreamClock clock, String suffix) {
        this.storeName = storeName;
        this.layout = keys.kind() + "-" + retention.segmentIntervalMs() + suffix;
        this.keys = keys;
        this.retention = retention;
        this.clock = clock;
    }

    @Override
    public String layout() {
        return layout;
    }

    @Override
    public byte[] toRecord(Bytes storeKey) {
        return TimedKey.toRecord(storeKey);
    }

    @Override
    public @Nullable Bytes toStore(byte[] recordKey) {
        if (!keys.isRecordKey(recordKey)) {
            throw new ProcessorStateException("store '" + storeName + "' found a key of " + recordKey.length
                    + " bytes in its changelog that is not one of a " + keys.kind()
                    + ": the topic was not written by a "
                    + keys.kind() + " store; reset the application or give the store another name");
        }
        long timeMs = keys.timeOf(recordKey);
        clock.observe(timeMs);
        if (keys == TimedKey.WINDOW) {
            clock.restoredSequence((int) keys.restOf(recordKey));
        }
        return timeMs < retention.earliestMs(clock.nowMs())
                ? null
                : TimedKey.toStore(retention.segmentOf(timeMs), recordKey);
    }

    @Override
    public @Nullable KeyValue<byte[], byte[]> bookkeeping() {
        clock.committed();
        return clock.nowMs() < 0 ? null : new KeyValue<>(StreamClock.entryKey().get(), clock.toBytes());
    }
}
