package io.tailrace.stores.versioned;

import io.tailrace.common.Bytes;
import io.tailrace.state.VersionedRecord;
import io.tailrace.stores.segment.TimedKey;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The entries of a versioned store; numbers are big-endian.
 *
 * <pre>
 * the latest version   0x80 | key                                    ->  valid from (8) | value
 * an earlier one       segment id of its end (8) | key | its end (8) ->  valid from (8) | value
 * </pre>
 *
 * <p>An earlier version lies in the segment of its end, because that is when it begins to expire. A deletion is no entry: it
 * shows as a version's end that is not the beginning of the next one. Only where no version ends there, an empty row
 * that begins where it ends keeps the place.
 */
final class VersionRow {
    private static final byte LATEST = (byte) 0x80; // segment ids are not negative, so theirs begin with a lower byte
    private static final byte[] NO_VALUE = new byte[0];

    private VersionRow() {}

    static Bytes latestKey(Bytes key) {
        byte[] bytes = new byte[1 + key.length()];
        bytes[0] = LATEST;
        System.arraycopy(key.get(), 0, bytes, 1, key.length());
        return Bytes.wrap(bytes);
    }

    static byte[] of(long validFromMs, byte[] value) {
        return ByteBuffer.allocate(Long.BYTES + value.length)
                .putLong(validFromMs)
                .put(value)
                .array();
    }

    /** What marks a deletion at that time where no version ends. */
    static byte[] deletion(long timeMs) {
        return of(timeMs, NO_VALUE);
    }

    static long validFrom(byte[] row) {
        return ByteBuffer.wrap(row).getLong();
    }

    private static byte[] valueOf(byte[] row) {
        return Arrays.copyOfRange(row, Long.BYTES, row.length);
    }

    static VersionedRecord<byte[]> latest(byte[] row) {
        return new VersionedRecord<>(valueOf(row), validFrom(row));
    }

    static VersionedRecord<byte[]> earlier(Bytes storeKey, byte[] row) {
        return new VersionedRecord<>(valueOf(row), validFrom(row), TimedKey.VERSION.timeOf(storeKey.get()));
    }
}
