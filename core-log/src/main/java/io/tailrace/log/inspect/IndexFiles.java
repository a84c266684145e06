package io.tailrace.log.inspect;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.zip.CRC32C;

/**
 * The entries of Kafka's index files, as they are stored. All numbers are big-endian.
 *
 * <pre>
 *   .index      int32 last offset - base offset | int32 position
 *   .timeindex  int64 timestamp | int32 offset - base offset
 *   .txnindex   int16 version = 0 | int64 producer id | int64 first offset | int64 last offset | int64 last stable offset
 * </pre>
 */
final class IndexFiles {
    static final int OFFSET_ENTRY_BYTES = 8;
    static final int TIME_ENTRY_BYTES = 12;
    static final int ABORTED_ENTRY_BYTES = 34;
    /** Behind the entries of a full segment; less than an entry, so Kafka ignores it. */
    static final int ABORTED_SEAL_BYTES = 12;

    private IndexFiles() {}

    /** The whole entries; what is behind them is left out. */
    static List<OffsetEntry> offsets(byte[] bytes, long baseOffset) {
        return entries(
                bytes, OFFSET_ENTRY_BYTES, in -> new OffsetEntry(baseOffset + in.getInt(), in.getInt() & 0xffffffffL));
    }

    static List<TimeEntry> times(byte[] bytes, long baseOffset) {
        return entries(bytes, TIME_ENTRY_BYTES, in -> new TimeEntry(in.getLong(), baseOffset + in.getInt()));
    }

    static List<AbortedEntry> aborted(byte[] bytes) {
        return entries(bytes, ABORTED_ENTRY_BYTES, in -> {
            in.getShort(); // version
            return new AbortedEntry(in.getLong(), in.getLong(), in.getLong(), in.getLong());
        });
    }

    /** Whether the CRC-32C of base offset, entries and end offset fits, which are the last four bytes. */
    static boolean isSealIntact(byte[] bytes, long baseOffset) {
        int crcAt = bytes.length - Integer.BYTES;
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(Long.BYTES).putLong(baseOffset).flip());
        crc.update(bytes, 0, crcAt);
        return ByteBuffer.wrap(bytes).getInt(crcAt) == (int) crc.getValue();
    }

    static byte[] encodeAborted(List<AbortedEntry> entries) {
        ByteBuffer out = ByteBuffer.allocate(entries.size() * ABORTED_ENTRY_BYTES);
        for (AbortedEntry entry : entries) {
            out.putShort((short) 0)
                    .putLong(entry.producerId())
                    .putLong(entry.firstOffset())
                    .putLong(entry.lastOffset())
                    .putLong(entry.lastStableOffset());
        }
        return out.array();
    }

    private static <E> List<E> entries(byte[] bytes, int entryBytes, Function<ByteBuffer, E> next) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        List<E> entries = new ArrayList<>(bytes.length / entryBytes);
        while (in.remaining() >= entryBytes) {
            entries.add(next.apply(in));
        }
        return entries;
    }
}
