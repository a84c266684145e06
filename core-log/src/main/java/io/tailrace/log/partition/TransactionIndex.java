package io.tailrace.log.partition;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The aborted transactions whose marker is in one segment, by the offset of the marker; in memory, and written to a file when
 * the segment is full.
 *
 * <p><b>Shape</b> of the file: the entries of Kafka's {@code .txnindex}, 34 bytes each, big-endian, then 12 bytes that Kafka does
 * not look at because they are less than an entry. They tell a file that is damaged, cut, or older than its segment.
 *
 * <pre>
 *   0     2             10             18            26                   34
 *   +-----+-------------+--------------+-------------+--------------------+
 *   | 0   | producer id | first offset | last offset | last stable offset |  for each transaction
 *   +-----+-------------+--------------+-------------+--------------------+
 *   | end offset        | CRC-32C of the base offset, the entries and the end offset: 4 bytes
 *   +-------------------+-------
 * </pre>
 *
 * <p><b>Threads:</b> one writer, any readers: the count is published after the entry.
 */
final class TransactionIndex {
    static final int ENTRY_BYTES = 34;
    static final int TRAILER_BYTES = Long.BYTES + Integer.BYTES;
    private static final short VERSION = 0;
    private static final int FIRST_CAPACITY = 8;

    private volatile AbortedTransaction[] entries = {};
    private volatile int count;

    void append(AbortedTransaction aborted) {
        AbortedTransaction[] current = entries;
        int at = count;
        if (at == current.length) {
            current = Arrays.copyOf(current, Math.max(FIRST_CAPACITY, 2 * at));
        }
        current[at] = aborted;
        entries = current;
        count = at + 1;
    }

    int count() {
        return count;
    }

    /** All, by the offset of their markers; a copy. */
    List<AbortedTransaction> all() {
        int size = count; // read before the array, which is then at least as new
        return List.of(Arrays.copyOf(entries, size));
    }

    /**
     * Adds the transactions that overlap a range of offsets.
     *
     * @param toOffset behind the last of the range; everything before it has been decided
     * @return whether no later segment can have another one
     */
    boolean collect(long fromOffset, long toOffset, List<AbortedTransaction> found) {
        int size = count;
        AbortedTransaction[] current = entries;
        for (int i = firstEndingAtOrBehind(fromOffset, current, size); i < size; i++) {
            AbortedTransaction aborted = current[i];
            if (aborted.firstOffset() < toOffset) {
                found.add(aborted);
            }
            if (aborted.lastStableOffset() >= toOffset) {
                return true; // whatever is aborted later began behind the range
            }
        }
        return false;
    }

    private static int firstEndingAtOrBehind(long offset, AbortedTransaction[] entries, int size) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (entries[middle].lastOffset() < offset) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Kafka's entries only, which another broker could go on with: of a segment that is not full. */
    byte[] encodeEntries() {
        List<AbortedTransaction> all = all();
        return put(all, ByteBuffer.allocate(all.size() * ENTRY_BYTES)).array();
    }

    /** @param endOffset behind the last batch that has been looked at */
    byte[] encode(long baseOffset, long endOffset) {
        List<AbortedTransaction> all = all();
        ByteBuffer bytes = put(all, ByteBuffer.allocate(all.size() * ENTRY_BYTES + TRAILER_BYTES))
                .putLong(endOffset);
        return bytes.putInt(crc(baseOffset, bytes.array(), bytes.position())).array();
    }

    private static ByteBuffer put(List<AbortedTransaction> all, ByteBuffer bytes) {
        for (AbortedTransaction aborted : all) {
            bytes.putShort(VERSION)
                    .putLong(aborted.producerId())
                    .putLong(aborted.firstOffset())
                    .putLong(aborted.lastOffset())
                    .putLong(aborted.lastStableOffset());
        }
        return bytes;
    }

    /**
     * @param endOffset that the index must reach
     * @throws InvalidIndexException when the bytes are not what {@link #encode} made of that segment up to that offset
     */
    static TransactionIndex decode(byte[] bytes, long baseOffset, long endOffset) throws InvalidIndexException {
        int trailerAt = bytes.length - TRAILER_BYTES;
        if (trailerAt < 0 || trailerAt % ENTRY_BYTES != 0) {
            throw new InvalidIndexException(
                    bytes.length + " bytes, expected entries of " + ENTRY_BYTES + " and " + TRAILER_BYTES + " more");
        }
        ByteBuffer source = ByteBuffer.wrap(bytes);
        if (source.getInt(trailerAt + Long.BYTES) != crc(baseOffset, bytes, trailerAt + Long.BYTES)) {
            throw new InvalidIndexException("its CRC-32C is wrong");
        }
        if (source.getLong(trailerAt) != endOffset) {
            throw new InvalidIndexException(
                    "it ends at offset " + source.getLong(trailerAt) + ", expected " + endOffset);
        }
        TransactionIndex index = new TransactionIndex();
        while (source.position() < trailerAt) {
            short version = source.getShort();
            if (version != VERSION) {
                throw new InvalidIndexException("an entry of version " + version + ", expected " + VERSION);
            }
            index.append(
                    new AbortedTransaction(source.getLong(), source.getLong(), source.getLong(), source.getLong()));
        }
        return index;
    }

    private static int crc(long baseOffset, byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(Long.BYTES).putLong(0, baseOffset));
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
