package io.tailrace.log.partition;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Where some of the batches of a segment are: sparse, sorted, in memory; written to a file when the segment is full.
 *
 * <p><b>Shape</b> of the file, Kafka's {@code .index}: entries of 8 bytes, big-endian:
 *
 * <pre>
 *   0                       4                       8
 *   +-----------------------+-----------------------+
 *   | last offset of the    | position of the batch |
 *   | batch - base offset   | in the log file       |
 *   +-----------------------+-----------------------+
 * </pre>
 *
 * <p><b>Threads:</b> one writer, any readers: the count is published after the entry. It only speeds reading up: whoever
 * follows an entry checks that the batch is there.
 */
final class OffsetIndex {
    static final int ENTRY_BYTES = 8;
    private static final int FIRST_CAPACITY = 8;

    private volatile int[] numbers = {}; // last relative offset, position, last relative offset, ...
    private volatile int count;

    void append(int lastRelativeOffset, int position) {
        int[] current = numbers;
        int at = 2 * count;
        if (at == current.length) {
            current = Arrays.copyOf(current, Math.max(FIRST_CAPACITY, 2 * at));
        }
        current[at] = lastRelativeOffset;
        current[at + 1] = position;
        numbers = current;
        count = at / 2 + 1;
    }

    int count() {
        return count;
    }

    /** The last entry with a relative offset at or below the given one; -1 when there is none. */
    int floor(long relativeOffset) {
        int low = 0;
        int high = count - 1; // read before the array, which is then at least as new
        int[] current = numbers;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (current[2 * middle] <= relativeOffset) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high;
    }

    int lastRelativeOffset(int entry) {
        return numbers[2 * entry];
    }

    int position(int entry) {
        return numbers[2 * entry + 1];
    }

    byte[] encode() {
        int size = count;
        ByteBuffer bytes = ByteBuffer.allocate(size * ENTRY_BYTES);
        for (int i = 0; i < 2 * size; i++) {
            bytes.putInt(numbers[i]);
        }
        return bytes.array();
    }

    /** @throws InvalidIndexException when the bytes cannot be an index of a log file of {@code logBytes} */
    static OffsetIndex decode(byte[] bytes, int logBytes) throws InvalidIndexException {
        if (bytes.length % ENTRY_BYTES != 0) {
            throw new InvalidIndexException(bytes.length + " bytes, expected entries of " + ENTRY_BYTES);
        }
        ByteBuffer source = ByteBuffer.wrap(bytes);
        OffsetIndex index = new OffsetIndex();
        index.numbers = new int[bytes.length / Integer.BYTES];
        int previousOffset = -1;
        int previousPosition = -1;
        while (source.hasRemaining()) {
            int offset = source.getInt();
            int position = source.getInt();
            if (offset <= previousOffset || position <= previousPosition || position >= logBytes) {
                throw new InvalidIndexException("entry " + index.count + " is offset " + offset + " at " + position
                        + ", expected more than " + previousOffset + " and " + previousPosition + ".." + logBytes);
            }
            index.append(offset, position);
            previousOffset = offset;
            previousPosition = position;
        }
        return index;
    }
}
