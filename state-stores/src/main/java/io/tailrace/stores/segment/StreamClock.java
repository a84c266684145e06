package io.tailrace.stores.segment;

import io.tailrace.common.Bytes;
import io.tailrace.stores.bytes.OrderedBytes;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The stream time of one store, which is the highest time put so far, and the sequence number of the last duplicate. Both
 * are kept in an entry of the store itself, so that a restart neither revives what has expired nor overwrites duplicates:
 *
 * <pre>
 * empty key, which is below every other  ->  stream time (8, big-endian) | sequence number (4)
 * </pre>
 *
 * <p>Owner: the task's thread.
 */
public final class StreamClock {
    private static final long NOTHING_YET = -1;

    private long nowMs = NOTHING_YET;
    private int sequence;
    private int committedSequence;
    private long committedMs = NOTHING_YET;

    /** -1 before the first entry. */
    public long nowMs() {
        return nowMs;
    }

    /** The stream time that is committed in the store, thus in step with its entries; for other threads. */
    public static long committedMs(OrderedBytes committed) {
        byte[] stored = committed.get(entryKey());
        return stored == null ? NOTHING_YET : ByteBuffer.wrap(stored).getLong();
    }

    /** How many entries there are beside the one in which this is kept; for other threads. */
    public static long entriesBeside(OrderedBytes committed) {
        return Math.max(0, committed.approximateNumEntries() - 1);
    }

    public void observe(long timeMs) {
        nowMs = Math.max(nowMs, timeMs);
    }

    public int nextSequence() {
        sequence = (sequence + 1) & Integer.MAX_VALUE;
        return sequence;
    }

    void restoredSequence(int restored) {
        sequence = restored;
    }

    public static Bytes entryKey() {
        return Bytes.EMPTY;
    }

    /** Takes up what an earlier run stored, null when there is nothing. */
    public void open(byte @Nullable [] stored) {
        ByteBuffer entry = stored == null ? null : ByteBuffer.wrap(stored);
        nowMs = entry == null ? NOTHING_YET : entry.getLong();
        sequence = entry == null ? 0 : entry.getInt();
        committed();
    }

    /** Whether it has moved since the last commit. */
    public boolean hasMoved() {
        return nowMs != committedMs || sequence != committedSequence;
    }

    /** Marks where it stands as committed. */
    public void committed() {
        committedSequence = sequence;
        committedMs = nowMs;
    }

    public byte[] toBytes() {
        return ByteBuffer.allocate(Long.BYTES + Integer.BYTES)
                .putLong(nowMs)
                .putInt(sequence)
                .array();
    }
}
