package io.tailrace.log.record;

import io.tailrace.common.header.Header;
import io.tailrace.common.header.Headers;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Collects records and makes one batch of them, in a buffer that is used again for the next: {@link #tryAppend} until it
 * says no, {@link #finish}, hand the bytes on, {@link #reset}. A record costs no allocation (one with headers, a small one).
 *
 * <p>The buffer starts small and doubles up to the limit, so a thousand writers that see little traffic hold little.
 *
 * <p><b>Owner:</b> one thread.
 */
public final class BatchWriter {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private static final int FIRST_CAPACITY_BYTES = 1024;
    /** Some JVMs cannot make arrays up to the last int. */
    private static final int MAX_CAPACITY_BYTES = Integer.MAX_VALUE - 8;

    private final int limitBytes;
    private final CRC32C crc = new CRC32C();
    private byte[] bytes;
    private int size = BatchLayout.HEADER_BYTES;
    private int count;
    private long baseTimestamp;
    private long maxTimestamp;
    private boolean finished;

    /** @param limitBytes size that a batch of more than one record does not exceed; from {@link BatchLayout#HEADER_BYTES} */
    public BatchWriter(int limitBytes) {
        if (limitBytes < BatchLayout.HEADER_BYTES) {
            throw new IllegalArgumentException(
                    "batch limit " + limitBytes + " bytes, expected " + BatchLayout.HEADER_BYTES + " or more");
        }
        this.limitBytes = limitBytes;
        this.bytes = new byte[firstCapacity()];
    }

    /**
     * Adds a record behind the others. Key, value and headers are copied.
     *
     * @param timestamp in milliseconds since 1970; may go back
     * @return false when the record does not fit any more and nothing was added. The first record always fits, however
     *     large it is
     * @throws IllegalArgumentException when the record alone is larger than an array can be (2 GiB)
     */
    public boolean tryAppend(long timestamp, byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
        if (finished) {
            throw new IllegalStateException("this batch is finished; call reset() before the next record");
        }
        Header[] headerArray = headers.toArray();
        long timestampDelta = count == 0 ? 0 : timestamp - baseTimestamp;
        long bodyBytes = 1L
                + Varint.size(timestampDelta)
                + Varint.size(count)
                + sizeOf(key)
                + sizeOf(value)
                + sizeOf(headerArray);
        long newSize = size + bodyBytes + Varint.size((int) Math.min(bodyBytes, Integer.MAX_VALUE));
        if (newSize > limitBytes && count > 0) {
            return false;
        }
        if (newSize > bytes.length) {
            grow(newSize);
        }
        int end = put((int) bodyBytes, timestampDelta, key, value, headerArray);
        assert end == newSize : "record ends at " + end + ", expected " + newSize;

        if (count == 0) {
            baseTimestamp = timestamp;
            maxTimestamp = timestamp;
        } else if (timestamp > maxTimestamp) {
            maxTimestamp = timestamp;
        }
        size = end;
        count++;
        return true;
    }

    /** Records in the batch so far. */
    public int count() {
        return count;
    }

    /** Of the batch so far, header included. */
    public int sizeInBytes() {
        return size;
    }

    /**
     * Fills in the header and returns the whole batch, with base offset 0 and leader epoch 0.
     *
     * @return borrowed: position 0, limit at the end of the batch, backed by an array, valid until {@link #reset}
     */
    public ByteBuffer finish() {
        if (count == 0) {
            throw new IllegalStateException("the batch has no records, expected one or more");
        }
        LONG.set(bytes, BatchLayout.BASE_OFFSET, 0L);
        INT.set(bytes, BatchLayout.LENGTH, size - BatchLayout.LENGTH_EXCLUDES_BYTES);
        INT.set(bytes, BatchLayout.LEADER_EPOCH, 0);
        bytes[BatchLayout.MAGIC] = BatchLayout.MAGIC_V2;
        SHORT.set(bytes, BatchLayout.ATTRIBUTES, (short) 0);
        INT.set(bytes, BatchLayout.LAST_OFFSET_DELTA, count - 1);
        LONG.set(bytes, BatchLayout.BASE_TIMESTAMP, baseTimestamp);
        LONG.set(bytes, BatchLayout.MAX_TIMESTAMP, maxTimestamp);
        LONG.set(bytes, BatchLayout.PRODUCER_ID, (long) BatchLayout.NO_PRODUCER);
        SHORT.set(bytes, BatchLayout.PRODUCER_EPOCH, (short) BatchLayout.NO_PRODUCER);
        INT.set(bytes, BatchLayout.BASE_SEQUENCE, BatchLayout.NO_PRODUCER);
        INT.set(bytes, BatchLayout.RECORD_COUNT, count);
        crc.reset();
        crc.update(bytes, BatchLayout.ATTRIBUTES, size - BatchLayout.ATTRIBUTES);
        INT.set(bytes, BatchLayout.CRC, (int) crc.getValue());
        finished = true;
        return ByteBuffer.wrap(bytes, 0, size);
    }

    /** Empties the batch; the bytes that {@link #finish} returned are overwritten from now on. */
    public void reset() {
        size = BatchLayout.HEADER_BYTES;
        count = 0;
        finished = false;
        if (bytes.length > limitBytes) {
            bytes = new byte[firstCapacity()]; // one huge record must not hold its memory forever
        }
    }

    private int firstCapacity() {
        return Math.min(limitBytes, FIRST_CAPACITY_BYTES);
    }

    private void grow(long needed) {
        if (needed > MAX_CAPACITY_BYTES) {
            throw new IllegalArgumentException(
                    "record of " + (needed - size) + " bytes, expected less than " + MAX_CAPACITY_BYTES);
        }
        // Within the limit at most to the limit, so that reset() can tell a normal buffer from one for a huge record.
        long doubled = Math.min(2L * bytes.length, limitBytes);
        bytes = Arrays.copyOf(bytes, (int) Math.max(needed, doubled));
    }

    private int put(
            int bodyBytes, long timestampDelta, byte @Nullable [] key, byte @Nullable [] value, Header[] headers) {
        byte[] target = bytes;
        int at = Varint.put(target, size, bodyBytes);
        target[at++] = 0; // attributes of the record, unused
        at = Varint.put(target, at, timestampDelta);
        at = Varint.put(target, at, count);
        at = putBytes(target, at, key);
        at = putBytes(target, at, value);
        at = Varint.put(target, at, headers.length);
        for (Header header : headers) {
            String headerKey = header.key();
            at = Varint.put(target, at, Utf8.size(headerKey));
            at = Utf8.put(target, at, headerKey);
            at = putBytes(target, at, header.value());
        }
        return at;
    }

    private static int putBytes(byte[] target, int at, byte @Nullable [] source) {
        if (source == null) {
            return Varint.put(target, at, -1);
        }
        int behindLength = Varint.put(target, at, source.length);
        System.arraycopy(source, 0, target, behindLength, source.length);
        return behindLength + source.length;
    }

    private static long sizeOf(byte @Nullable [] source) {
        return source == null ? 1 : (long) Varint.size(source.length) + source.length;
    }

    private static long sizeOf(Header[] headers) {
        long size = Varint.size(headers.length);
        for (Header header : headers) {
            int keyBytes = Utf8.size(header.key());
            size += Varint.size(keyBytes) + keyBytes + sizeOf(header.value());
        }
        return size;
    }
}
