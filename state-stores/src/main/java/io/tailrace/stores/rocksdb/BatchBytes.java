package io.tailrace.stores.rocksdb;

import io.tailrace.common.Bytes;
import io.tailrace.stores.bytes.UncommittedWrites;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.rocksdb.WriteBatch;

/**
 * Writes of one store in the serialized form of a RocksDB write batch: a call of RocksDB per entry would cost more than all else that
 * a commit does with it on our side.
 *
 * <p>The form is documented in RocksDB's {@code db/write_batch.cc}: a sequence number of 8 bytes, the number of records in 4 bytes, then
 * the records: a tag, the column family, and one or two byte strings with their lengths in front. Owner: the store's thread.
 */
final class BatchBytes implements UncommittedWrites.Target {
    private static final byte DELETION = 0x4;
    private static final byte VALUE = 0x5;
    private static final byte RANGE_DELETION = 0xE;
    private static final int COUNT_AT = 8;
    private static final int HEADER_BYTES = 12;
    private static final int MAX_VARINT_BYTES = 5;
    private static final int FIRST_BYTES = 1 << 10;
    private static final int KEPT_BYTES = 1 << 22;

    private byte[] bytes = new byte[FIRST_BYTES];
    private int end;
    private int count;
    private int family;

    /** Starts anew. */
    BatchBytes begin(int columnFamily) {
        if (bytes.length > KEPT_BYTES) {
            bytes = new byte[FIRST_BYTES];
        }
        end = HEADER_BYTES;
        count = 0;
        family = columnFamily;
        return this;
    }

    /** To be closed by the caller. */
    WriteBatch toBatch() {
        if (count == 0) {
            return new WriteBatch();
        }
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(COUNT_AT, count);
        return new WriteBatch(Arrays.copyOf(bytes, end));
    }

    @Override
    public void deleteRange(Bytes from, Bytes to) {
        record(RANGE_DELETION, from.length() + to.length());
        append(from.get(), 0, from.length());
        append(to.get(), 0, to.length());
    }

    @Override
    public void put(byte[] source, int keyAt, int keyLength, int valueAt, int valueLength) {
        record(VALUE, keyLength + valueLength);
        append(source, keyAt, keyLength);
        append(source, valueAt, valueLength);
    }

    @Override
    public void put(Bytes key, byte[] value) {
        record(VALUE, key.length() + value.length);
        append(key.get(), 0, key.length());
        append(value, 0, value.length);
    }

    @Override
    public void delete(byte[] source, int keyAt, int keyLength) {
        record(DELETION, keyLength);
        append(source, keyAt, keyLength);
    }

    @Override
    public void delete(Bytes key) {
        delete(key.get(), 0, key.length());
    }

    /** Makes room for a record whose strings take so many bytes, and begins it. */
    private void record(byte tag, int length) {
        int needed = end + 1 + 3 * MAX_VARINT_BYTES + length;
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, bytes.length * 2));
        }
        bytes[end++] = tag;
        varint(family);
        count++;
    }

    private void append(byte[] source, int at, int length) {
        varint(length);
        System.arraycopy(source, at, bytes, end, length);
        end += length;
    }

    private void varint(int value) {
        int rest = value;
        while (rest >= 0x80) {
            bytes[end++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[end++] = (byte) rest;
    }
}
