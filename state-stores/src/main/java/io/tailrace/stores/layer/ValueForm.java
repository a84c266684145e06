package io.tailrace.stores.layer;

import io.tailrace.common.ConsumerRecord;
import io.tailrace.common.header.Headers;
import io.tailrace.processor.Changelog;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How the value of an entry looks in the store and in the changelog. What it has beside the bare value, the changelog keeps in the
 * record's own timestamp and headers.
 */
public enum ValueForm {
    /** The bare value. Its time is that of the input record, which the changelog adds by itself. */
    PLAIN("", false, false),

    /** In the store 8 bytes of timestamp, big-endian epoch milliseconds, then the value (KIP-258). */
    TIMESTAMPED("-ts", true, false),

    /** In the store the headers as {@link HeaderBytes} have them, then the value (KIP-1271). */
    HEADERS("-h", false, true),

    /** In the store the headers, then timestamp and value (KIP-1271). */
    TIMESTAMPED_HEADERS("-tsh", true, true);

    private final String layoutSuffix;
    private final boolean timestamped;
    private final boolean headers;

    ValueForm(String layoutSuffix, boolean timestamped, boolean headers) {
        this.layoutSuffix = layoutSuffix;
        this.timestamped = timestamped;
        this.headers = headers;
    }

    String layoutSuffix() {
        return layoutSuffix;
    }

    private int timestampAt(byte[] stored) {
        return headers ? HeaderBytes.length(stored) : 0;
    }

    byte @Nullable [] toRecord(byte @Nullable [] stored) {
        return this == PLAIN || stored == null
                ? stored
                : Arrays.copyOfRange(stored, timestampAt(stored) + (timestamped ? Long.BYTES : 0), stored.length);
    }

    /** {@link ConsumerRecord#NO_TIMESTAMP} when the value has none of its own. */
    long recordTimestamp(byte @Nullable [] stored) {
        return !timestamped || stored == null
                ? ConsumerRecord.NO_TIMESTAMP
                : ByteBuffer.wrap(stored).getLong(timestampAt(stored));
    }

    /** Null for those of what is being processed: a deletion has none of its own. */
    @Nullable
    Headers recordHeaders(byte @Nullable [] stored) {
        if (!headers) {
            return Changelog.NO_HEADERS;
        }
        return stored == null ? null : HeaderBytes.read(ByteBuffer.wrap(stored));
    }

    byte @Nullable [] toStore(byte @Nullable [] recordValue, long recordTimestamp, Headers recordHeaders) {
        if (this == PLAIN || recordValue == null) {
            return recordValue;
        }
        byte[] value = timestamped ? timestamped(recordTimestamp, recordValue) : recordValue;
        return headers ? HeaderBytes.before(value, recordHeaders) : value;
    }

    /** The stored form of a value with its time. */
    public static byte[] timestamped(long timestampMs, byte[] value) {
        return ByteBuffer.allocate(Long.BYTES + value.length)
                .putLong(timestampMs)
                .put(value)
                .array();
    }
}
