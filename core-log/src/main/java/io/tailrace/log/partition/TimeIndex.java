package io.tailrace.log.partition;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * How the largest timestamp so far grows along a segment: sparse, sorted, in memory; written to a file when the segment is
 * full. Its last entry is then the largest timestamp of the segment.
 *
 * <p><b>Shape</b> of the file, Kafka's {@code .timeindex}: entries of 12 bytes, big-endian:
 *
 * <pre>
 *   0                                               8                       12
 *   +-----------------------------------------------+-----------------------+
 *   | timestamp, larger than all before             | last offset of its    |
 *   |                                               | batch - base offset   |
 *   +-----------------------------------------------+-----------------------+
 * </pre>
 *
 * <p><b>Threads:</b> one writer, any readers: the count is published after the entry.
 */
final class TimeIndex {
    static final int ENTRY_BYTES = 12;
    private static final int FIRST_CAPACITY = 8;

    private volatile long[] timestamps = {};
    private volatile int[] relativeOffsets = {};
    private volatile int count;

    /** Appends unless the timestamp is not larger than that of the last entry. */
    void maybeAppend(long timestamp, int relativeOffset) {
        int at = count;
        if (at > 0 && timestamp <= timestamps[at - 1]) {
            return;
        }
        long[] times = timestamps;
        int[] offsets = relativeOffsets;
        if (at == times.length) {
            times = Arrays.copyOf(times, Math.max(FIRST_CAPACITY, 2 * at));
            offsets = Arrays.copyOf(offsets, times.length);
        }
        times[at] = timestamp;
        offsets[at] = relativeOffset;
        timestamps = times;
        relativeOffsets = offsets;
        count = at + 1;
    }

    int count() {
        return count;
    }

    /** The last entry with a timestamp at or below the given one; -1 when there is none. */
    int floor(long timestamp) {
        int low = 0;
        int high = count - 1; // read before the array, which is then at least as new
        long[] times = timestamps;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (times[middle] <= timestamp) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high;
    }

    long timestamp(int entry) {
        return timestamps[entry];
    }

    int relativeOffset(int entry) {
        return relativeOffsets[entry];
    }

    byte[] encode() {
        int size = count;
        ByteBuffer bytes = ByteBuffer.allocate(size * ENTRY_BYTES);
        for (int i = 0; i < size; i++) {
            bytes.putLong(timestamps[i]).putInt(relativeOffsets[i]);
        }
        return bytes.array();
    }

    /** @throws InvalidIndexException when the bytes cannot be the time index of a log that has records */
    static TimeIndex decode(byte[] bytes) throws InvalidIndexException {
        if (bytes.length == 0 || bytes.length % ENTRY_BYTES != 0) {
            throw new InvalidIndexException(bytes.length + " bytes, expected one or more entries of " + ENTRY_BYTES);
        }
        ByteBuffer source = ByteBuffer.wrap(bytes);
        TimeIndex index = new TimeIndex();
        int previousOffset = -1;
        while (source.hasRemaining()) {
            int entry = index.count;
            long timestamp = source.getLong();
            int offset = source.getInt();
            index.maybeAppend(timestamp, offset);
            if (index.count == entry || offset <= previousOffset) {
                throw new InvalidIndexException(
                        "entry " + entry + " is " + timestamp + " of offset " + offset + ", expected both to grow");
            }
            previousOffset = offset;
        }
        return index;
    }
}
