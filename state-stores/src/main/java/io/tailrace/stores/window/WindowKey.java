package io.tailrace.stores.window;

import io.tailrace.common.Bytes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The key of an entry of a window store; numbers are big-endian and not negative, so bytes and numbers sort alike.
 *
 * <pre>
 * in the store      segment id (8) | key | window start in epoch milliseconds (8) | sequence number (4)
 * in the changelog                   key | window start in epoch milliseconds (8) | sequence number (4)
 * </pre>
 *
 * <p>The segment comes first so that what expires together lies together. The sequence number is 0 unless duplicates
 * are kept. Within a segment the entries of one key are sorted by start, but entries of longer keys may lie in between.
 */
final class WindowKey {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final int PREFIX = Long.BYTES;
    private static final int SUFFIX = Long.BYTES + Integer.BYTES;

    private WindowKey() {}

    static Bytes of(long segment, Bytes key, long startMs, int sequence) {
        int length = key.length();
        byte[] bytes = new byte[PREFIX + length + SUFFIX];
        LONG.set(bytes, 0, segment);
        System.arraycopy(key.get(), 0, bytes, PREFIX, length);
        LONG.set(bytes, PREFIX + length, startMs);
        INT.set(bytes, PREFIX + length + Long.BYTES, sequence);
        return Bytes.wrap(bytes);
    }

    /** Where a segment begins, and the one before it ends. */
    static Bytes segment(long segment) {
        byte[] bytes = new byte[PREFIX];
        LONG.set(bytes, 0, segment);
        return Bytes.wrap(bytes);
    }

    /** The lower bound of the entries of all keys from {@code key} on. */
    static Bytes from(long segment, Bytes key) {
        byte[] bytes = Arrays.copyOf(segment(segment).get(), PREFIX + key.length());
        System.arraycopy(key.get(), 0, bytes, PREFIX, key.length());
        return Bytes.wrap(bytes);
    }

    /**
     * The excluded upper bound of the entries of all keys up to {@code key} that start up to {@code toMs}. A key that is
     * a prefix of {@code key} is lower, yet its entry may sort above, because its start meets the rest of {@code key}. So
     * the bound is the highest of those of all prefixes.
     */
    static Bytes upTo(long segment, Bytes key, long toMs) {
        Bytes highest = of(segment, key, toMs + 1, 0);
        int firstOfStart = (int) ((toMs + 1) >>> (Long.SIZE - Byte.SIZE));
        for (int length = 0; length < key.length(); length++) {
            if ((key.get()[length] & 0xFF) > firstOfStart) {
                continue; // the prefix sorts below; so it is with all keys that hold text
            }
            Bytes ofPrefix = of(segment, Bytes.wrap(Arrays.copyOf(key.get(), length)), toMs + 1, 0);
            highest = highest.compareTo(ofPrefix) >= 0 ? highest : ofPrefix;
        }
        return highest;
    }

    static long startOf(byte[] storeKey) {
        return (long) LONG.get(storeKey, storeKey.length - SUFFIX);
    }

    static Bytes keyOf(byte[] storeKey) {
        return Bytes.wrap(Arrays.copyOfRange(storeKey, PREFIX, storeKey.length - SUFFIX));
    }

    static boolean hasKey(byte[] storeKey, Bytes key) {
        return storeKey.length == PREFIX + key.length() + SUFFIX
                && Arrays.equals(storeKey, PREFIX, storeKey.length - SUFFIX, key.get(), 0, key.length());
    }

    static boolean hasKeyWithin(byte[] storeKey, @Nullable Bytes keyFrom, @Nullable Bytes keyTo) {
        int end = storeKey.length - SUFFIX;
        return (keyFrom == null
                        || Arrays.compareUnsigned(storeKey, PREFIX, end, keyFrom.get(), 0, keyFrom.length()) >= 0)
                && (keyTo == null
                        || Arrays.compareUnsigned(storeKey, PREFIX, end, keyTo.get(), 0, keyTo.length()) <= 0);
    }

    static byte[] toRecord(Bytes storeKey) {
        return Arrays.copyOfRange(storeKey.get(), PREFIX, storeKey.length());
    }

    static boolean isRecordKey(byte[] recordKey) {
        return recordKey.length >= SUFFIX && startOf(recordKey) >= 0;
    }

    static int sequenceOf(byte[] recordKey) {
        return (int) INT.get(recordKey, recordKey.length - Integer.BYTES);
    }

    static Bytes toStore(long segment, byte[] recordKey) {
        byte[] bytes = new byte[PREFIX + recordKey.length];
        LONG.set(bytes, 0, segment);
        System.arraycopy(recordKey, 0, bytes, PREFIX, recordKey.length);
        return Bytes.wrap(bytes);
    }
}
