package io.tailrace.stores.segment;

import io.tailrace.common.Bytes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The key of an entry with a time; numbers are big-endian and not negative, so bytes and numbers sort alike. The changelog
 * keys of windows and sessions are those of Kafka Streams.
 *
 * <pre>
 * in the store      segment id (8) | key | time in epoch milliseconds (8) | rest (4, 8 or none)
 * in the changelog                   key | time in epoch milliseconds (8) | rest
 *
 * WINDOW    time: window start     rest: sequence number (4), 0 unless duplicates are kept
 * SESSION   time: session end      rest: session start (8)
 * VERSION   time: end of validity  no rest, and not in the changelog
 * </pre>
 *
 * <p>The segment comes first so that what expires together lies together. Within a segment the entries of one key are
 * sorted by time, but entries of longer keys may lie in between.
 */
public final class TimedKey {
    public static final TimedKey WINDOW = new TimedKey("window", Integer.BYTES);
    public static final TimedKey SESSION = new TimedKey("session", Long.BYTES);
    public static final TimedKey VERSION = new TimedKey("version", 0);

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final int PREFIX = Long.BYTES;

    private final String kind;
    private final int restBytes;
    private final int suffix;

    private TimedKey(String kind, int restBytes) {
        this.kind = kind;
        this.restBytes = restBytes;
        this.suffix = Long.BYTES + restBytes;
    }

    /** What has such keys, as a word. */
    String kind() {
        return kind;
    }

    /** @param rest 0 where the form has none */
    public Bytes of(long segment, Bytes key, long timeMs, long rest) {
        int length = key.length();
        byte[] bytes = new byte[PREFIX + length + suffix];
        LONG.set(bytes, 0, segment);
        System.arraycopy(key.get(), 0, bytes, PREFIX, length);
        LONG.set(bytes, PREFIX + length, timeMs);
        if (restBytes == Integer.BYTES) {
            INT.set(bytes, PREFIX + length + Long.BYTES, (int) rest);
        } else if (restBytes == Long.BYTES) {
            LONG.set(bytes, PREFIX + length + Long.BYTES, rest);
        }
        return Bytes.wrap(bytes);
    }

    /** Where a segment begins, and the one before it ends. */
    public static Bytes segment(long segment) {
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
     * The excluded upper bound of the entries of all keys up to {@code key} with times up to {@code toMs}. A key that is a
     * prefix of {@code key} is lower, yet its entry may sort above, because its time meets the rest of {@code key}. So the
     * bound is the highest of those of all prefixes.
     */
    Bytes upTo(long segment, Bytes key, long toMs) {
        Bytes highest = of(segment, key, toMs + 1, 0);
        int firstOfTime = (int) ((toMs + 1) >>> (Long.SIZE - Byte.SIZE));
        for (int length = 0; length < key.length(); length++) {
            if ((key.get()[length] & 0xFF) > firstOfTime) {
                continue; // the prefix sorts below; so it is with all keys that hold text
            }
            Bytes ofPrefix = of(segment, Bytes.wrap(Arrays.copyOf(key.get(), length)), toMs + 1, 0);
            highest = highest.compareTo(ofPrefix) >= 0 ? highest : ofPrefix;
        }
        return highest;
    }

    /** Of a key in the store or in the changelog. */
    public long timeOf(byte[] bytes) {
        return (long) LONG.get(bytes, bytes.length - suffix);
    }

    /** Of a key in the store or in the changelog, of a form that has a rest. */
    public long restOf(byte[] bytes) {
        int at = bytes.length - restBytes;
        return restBytes == Integer.BYTES ? (int) INT.get(bytes, at) : (long) LONG.get(bytes, at);
    }

    public Bytes keyOf(byte[] storeKey) {
        return Bytes.wrap(Arrays.copyOfRange(storeKey, PREFIX, storeKey.length - suffix));
    }

    boolean hasKey(byte[] storeKey, Bytes key) {
        return storeKey.length == PREFIX + key.length() + suffix
                && Arrays.equals(storeKey, PREFIX, storeKey.length - suffix, key.get(), 0, key.length());
    }

    boolean hasKeyWithin(byte[] storeKey, @Nullable Bytes keyFrom, @Nullable Bytes keyTo) {
        int end = storeKey.length - suffix;
        return (keyFrom == null
                        || Arrays.compareUnsigned(storeKey, PREFIX, end, keyFrom.get(), 0, keyFrom.length()) >= 0)
                && (keyTo == null
                        || Arrays.compareUnsigned(storeKey, PREFIX, end, keyTo.get(), 0, keyTo.length()) <= 0);
    }

    static byte[] toRecord(Bytes storeKey) {
        return Arrays.copyOfRange(storeKey.get(), PREFIX, storeKey.length());
    }

    /** Whether bytes found in a changelog may be a key of this form. */
    boolean isRecordKey(byte[] recordKey) {
        if (recordKey.length < suffix || timeOf(recordKey) < 0) {
            return false;
        }
        return this != SESSION || (restOf(recordKey) >= 0 && restOf(recordKey) <= timeOf(recordKey));
    }

    static Bytes toStore(long segment, byte[] recordKey) {
        byte[] bytes = new byte[PREFIX + recordKey.length];
        LONG.set(bytes, 0, segment);
        System.arraycopy(recordKey, 0, bytes, PREFIX, recordKey.length);
        return Bytes.wrap(bytes);
    }
}
