package io.tailrace.stores.rocksdb;

import io.tailrace.stores.bytes.WriteTable;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Function;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileWriter;

/** Entries on their way to a file of RocksDB's. Owner: the thread that restores. */
final class SortedFile implements WriteTable.Target {
    private static final int FIRST_BYTES = 1 << 10;

    private final SstFileWriter writer;
    private final Function<RocksDBException, RuntimeException> failed;
    // Direct, because of an array RocksDB's Java side makes copies, there and back.
    private ByteBuffer key = ByteBuffer.allocateDirect(FIRST_BYTES);
    private ByteBuffer value = ByteBuffer.allocateDirect(FIRST_BYTES);

    /** @param writer open, and closed by the caller */
    SortedFile(SstFileWriter writer, Function<RocksDBException, RuntimeException> failed) {
        this.writer = writer;
        this.failed = failed;
    }

    @Override
    public void put(byte[] source, int keyAt, int keyLength, int valueAt, int valueLength) {
        key = fill(key, source, keyAt, keyLength);
        value = fill(value, source, valueAt, valueLength);
        try {
            writer.put(key, value);
        } catch (RocksDBException e) {
            throw failed.apply(e);
        }
    }

    @Override
    public void delete(byte[] source, int keyAt, int keyLength) {
        try {
            writer.delete(Arrays.copyOfRange(source, keyAt, keyAt + keyLength));
        } catch (RocksDBException e) {
            throw failed.apply(e);
        }
    }

    private static ByteBuffer fill(ByteBuffer buffer, byte[] source, int at, int length) {
        ByteBuffer filled = length <= buffer.capacity()
                ? buffer.clear()
                : ByteBuffer.allocateDirect(Math.max(length, buffer.capacity() * 2));
        return filled.put(source, at, length).flip();
    }
}
