package io.tailrace.stores.window;

import io.tailrace.common.Bytes;
import io.tailrace.errors.ProcessorStateException;
import io.tailrace.processor.KeyValue;
import io.tailrace.stores.layer.KeyForm;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The stream time of one window store, which is the highest window start put so far, and the sequence number of the last
 * duplicate. Both are kept in an entry of the store itself, so that a restart neither revives what has expired nor
 * overwrites duplicates:
 *
 * <pre>
 * empty key, which is below every window's  ->  stream time (8, big-endian) | sequence number (4)
 * </pre>
 *
 * <p>It is also the form of the store's keys in the changelog, since a restore moves the stream time too. Owner: the
 * task's thread, except {@link #committedMs()}.
 */
final class WindowClock implements KeyForm {
    private static final long NOTHING_YET = -1;

    private final String storeName;
    private final WindowSpec spec;
    private long nowMs = NOTHING_YET;
    private int sequence;
    private volatile long committedMs = NOTHING_YET;

    WindowClock(String storeName, WindowSpec spec) {
        this.storeName = storeName;
        this.spec = spec;
    }

    @Override
    public String layout() {
        return "window-" + spec.segmentIntervalMs() + (spec.retainDuplicates() ? "-dup" : "");
    }

    /** -1 before the first window. */
    long nowMs() {
        return nowMs;
    }

    /** The stream time as of the last commit, for other threads. */
    long committedMs() {
        return committedMs;
    }

    void observe(long startMs) {
        nowMs = Math.max(nowMs, startMs);
    }

    boolean isExpired(long startMs) {
        return startMs < earliestMs(spec, nowMs);
    }

    /** The earliest start that has not expired at that stream time. */
    static long earliestMs(WindowSpec spec, long streamTimeMs) {
        return Math.max(0, streamTimeMs - spec.retentionMs() + 1);
    }

    int nextSequence() {
        sequence = (sequence + 1) & Integer.MAX_VALUE;
        return sequence;
    }

    @Override
    public byte[] toRecord(Bytes storeKey) {
        return WindowKey.toRecord(storeKey);
    }

    @Override
    public @Nullable Bytes toStore(byte[] recordKey) {
        if (!WindowKey.isRecordKey(recordKey)) {
            throw new ProcessorStateException("store '" + storeName + "' found a key of " + recordKey.length
                    + " bytes in its changelog that does not end with a window's start and sequence number: the topic was"
                    + " not written by a window store; reset the application or give the store another name");
        }
        long startMs = WindowKey.startOf(recordKey);
        observe(startMs);
        sequence = WindowKey.sequenceOf(recordKey);
        return isExpired(startMs) ? null : WindowKey.toStore(spec.segmentOf(startMs), recordKey);
    }

    @Override
    public @Nullable KeyValue<byte[], byte[]> bookkeeping() {
        committedMs = nowMs;
        return nowMs == NOTHING_YET ? null : new KeyValue<>(entryKey().get(), toBytes());
    }

    static Bytes entryKey() {
        return Bytes.EMPTY;
    }

    /** Takes up what an earlier run stored, null when there is nothing. */
    void open(byte @Nullable [] stored) {
        ByteBuffer entry = stored == null ? null : ByteBuffer.wrap(stored);
        nowMs = entry == null ? NOTHING_YET : entry.getLong();
        sequence = entry == null ? 0 : entry.getInt();
        committedMs = nowMs;
    }

    /** Marks the stream time as committed. */
    void committed() {
        committedMs = nowMs;
    }

    byte[] toBytes() {
        return ByteBuffer.allocate(Long.BYTES + Integer.BYTES)
                .putLong(nowMs)
                .putInt(sequence)
                .array();
    }
}
