package io.tailrace.stores.layer;

import io.tailrace.common.ConsumerRecord;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** How the value of an entry looks in the store and in the changelog. */
public enum ValueForm {
    /** The same in both. Its time is that of the input record, which the changelog adds by itself. */
    PLAIN(""),

    /**
     * In the store 8 bytes of timestamp, big-endian epoch milliseconds, then the value; in the changelog the bare value,
     * and the timestamp is the record's (KIP-258).
     */
    TIMESTAMPED("-ts");

    private final String layoutSuffix;

    ValueForm(String layoutSuffix) {
        this.layoutSuffix = layoutSuffix;
    }

    String layoutSuffix() {
        return layoutSuffix;
    }

    byte @Nullable [] toRecord(byte @Nullable [] stored) {
        return this == PLAIN || stored == null ? stored : Arrays.copyOfRange(stored, Long.BYTES, stored.length);
    }

    /** {@link ConsumerRecord#NO_TIMESTAMP} when the value has none of its own. */
    long recordTimestamp(byte @Nullable [] stored) {
        return this == PLAIN || stored == null
                ? ConsumerRecord.NO_TIMESTAMP
                : ByteBuffer.wrap(stored).getLong();
    }

    byte @Nullable [] toStore(byte @Nullable [] recordValue, long recordTimestamp) {
        return this == PLAIN || recordValue == null ? recordValue : timestamped(recordTimestamp, recordValue);
    }

    /** The stored form of a value with its time. */
    public static byte[] timestamped(long timestampMs, byte[] value) {
        return ByteBuffer.allocate(Long.BYTES + value.length)
                .putLong(timestampMs)
                .put(value)
                .array();
    }
}
