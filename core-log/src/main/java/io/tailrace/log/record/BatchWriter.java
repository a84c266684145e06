package io.tailrace.log.record;

import io.tailrace.common.header.Header;
import io.tailrace.common.header.Headers;
import io.tailrace.log.record.compress.Codec;
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
 * <p>Compression happens in {@link #finish}; sizes before are those of the records as they are. A batch that a codec would
 * not make smaller, or that is larger than a reader expands ({@link Codec#MAX_EXPANDED_BYTES}), stays as it is.
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
    private final Codec codec;
    private final CRC32C crc = new CRC32C();
    private byte[] bytes;
    private byte[] compressed = {}; // empty until there is something to compress
    private int size = BatchLayout.HEADER_BYTES;
    private int count;
    private long baseTimestamp;
    private long maxTimestamp;
    private boolean finished;

    /** Without compression. */
    public BatchWriter(int limitBytes) {
        this(limitBytes, Codec.NONE);
    }

    /**
     * @param limitBytes size that a batch of more than one record does not exceed, before compression and after; from {@link
     *     BatchLayout#HEADER_BYTES}
     */
    public BatchWriter(int limitBytes, Codec codec) {
        if (limitBytes < BatchLayout.HEADER_BYTES) {
            throw new IllegalArgumentException(
                    "batch limit " + limitBytes + " bytes, expected " + BatchLayout.HEADER_BYTES + " or more");
        }
        this.limitBytes = limitBytes;
        this.codec = codec;
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

    /** Of the batch so far, header included, before compression. */
    public int sizeInBytes() {
        return size;
    }

    /**
     * Compresses the records, fills in the header and returns the whole batch, with base offset 0 and leader epoch 0.
     *
     * @return borrowed: position 0, limit at the end of the batch, backed by an array, valid until {@link #reset}
     * @throws io.tailrace.common.errors.TailraceException when the codec's library cannot be loaded
     */
    public ByteBuffer finish() {
        return finish(BatchLayout.NO_PRODUCER, (short) BatchLayout.NO_PRODUCER, BatchLayout.NO_SEQUENCE, 0);
    }

    /** As {@link #finish()}, for an idempotent or transactional producer. */
    public ByteBuffer finish(ProducerStamp stamp) {
        return finish(stamp, stamp.transactional() ? BatchLayout.TRANSACTIONAL_FLAG : 0);
    }

    /** As {@link #finish()}, for a batch that ends a transaction. */
    ByteBuffer finishControl(ProducerStamp stamp) {
        return finish(stamp, BatchLayout.TRANSACTIONAL_FLAG | BatchLayout.CONTROL_FLAG);
    }

    private ByteBuffer finish(ProducerStamp stamp, int flags) {
        return finish(stamp.producerId(), stamp.producerEpoch(), stamp.baseSequence(), flags);
    }

    private ByteBuffer finish(long producerId, short producerEpoch, int baseSequence, int flags) {
        if (count == 0) {
            throw new IllegalStateException("the batch has no records, expected one or more");
        }
        int compressedEnd = codec == Codec.NONE ? -1 : compress();
        finished = true;
        byte[] target = compressedEnd < 0 ? bytes : compressed;
        Codec used = compressedEnd < 0 ? Codec.NONE : codec;
        SHORT.set(target, BatchLayout.ATTRIBUTES, (short) (used.id() | flags));
        LONG.set(target, BatchLayout.PRODUCER_ID, producerId);
        SHORT.set(target, BatchLayout.PRODUCER_EPOCH, producerEpoch);
        INT.set(target, BatchLayout.BASE_SEQUENCE, baseSequence);
        return seal(target, compressedEnd < 0 ? size : compressedEnd);
    }

    /** Returns the end of the batch in {@link #compressed}; -1 when the batch is better off as it is. */
    private int compress() {
        if (size - BatchLayout.HEADER_BYTES > Codec.MAX_EXPANDED_BYTES) {
            return -1;
        }
        if (compressed.length < size) {
            compressed = new byte[bytes.length];
        }
        return codec.compress(bytes, BatchLayout.HEADER_BYTES, size, compressed, BatchLayout.HEADER_BYTES, size - 1);
    }

    private ByteBuffer seal(byte[] target, int end) {
        LONG.set(target, BatchLayout.BASE_OFFSET, 0L);
        INT.set(target, BatchLayout.LENGTH, end - BatchLayout.LENGTH_EXCLUDES_BYTES);
        INT.set(target, BatchLayout.LEADER_EPOCH, 0);
        target[BatchLayout.MAGIC] = BatchLayout.MAGIC_V2;
        INT.set(target, BatchLayout.LAST_OFFSET_DELTA, count - 1);
        LONG.set(target, BatchLayout.BASE_TIMESTAMP, baseTimestamp);
        LONG.set(target, BatchLayout.MAX_TIMESTAMP, maxTimestamp);
        INT.set(target, BatchLayout.RECORD_COUNT, count);
        crc.reset();
        crc.update(target, BatchLayout.ATTRIBUTES, end - BatchLayout.ATTRIBUTES);
        INT.set(target, BatchLayout.CRC, (int) crc.getValue());
        return ByteBuffer.wrap(target, 0, end);
    }

    /** Empties the batch; the bytes that {@link #finish} returned are overwritten from now on. */
    public void reset() {
        size = BatchLayout.HEADER_BYTES;
        count = 0;
        finished = false;
        if (bytes.length > limitBytes) {
            bytes = new byte[firstCapacity()]; // one huge record must not hold its memory forever
        }
        if (compressed.length > limitBytes) {
            compressed = new byte[0];
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
