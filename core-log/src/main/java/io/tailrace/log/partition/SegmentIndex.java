package io.tailrace.log.partition;

import io.tailrace.log.storage.Storage;

/**
 * Both sparse indexes of a segment, and the rule when they get an entry: at most one per so many bytes of log.
 *
 * <p><b>Threads:</b> one writer ({@link #onBatch}, {@link #complete}), any readers.
 */
final class SegmentIndex {
    private static final long NO_TIMESTAMP = Long.MIN_VALUE;

    private final OffsetIndex offsets;
    private final TimeIndex times;
    private final int intervalBytes;

    private int bytesSinceEntry;
    private int relativeOffsetOfMaxTimestamp;
    private volatile long maxTimestamp;

    private SegmentIndex(OffsetIndex offsets, TimeIndex times, int intervalBytes) {
        this.offsets = offsets;
        this.times = times;
        this.intervalBytes = intervalBytes;
        this.maxTimestamp = times.count() == 0 ? NO_TIMESTAMP : times.timestamp(times.count() - 1);
    }

    /** Of a segment without batches. */
    static SegmentIndex empty(int intervalBytes) {
        return new SegmentIndex(new OffsetIndex(), new TimeIndex(), intervalBytes);
    }

    /** @throws InvalidIndexException when a file is missing or cannot be the index of {@code logBytes} bytes of log */
    static SegmentIndex load(Storage storage, String offsetPath, String timePath, int logBytes, int intervalBytes)
            throws InvalidIndexException {
        if (!storage.exists(offsetPath) || !storage.exists(timePath)) {
            throw new InvalidIndexException("no file");
        }
        OffsetIndex offsets = OffsetIndex.decode(storage.readAllBytes(offsetPath), logBytes);
        TimeIndex times = TimeIndex.decode(storage.readAllBytes(timePath));
        if (times.count() > offsets.count() + 1) { // both get an entry together, the time index one more at the end
            throw new InvalidIndexException(offsets.count() + " entries, but " + times.count() + " in the time index");
        }
        return new SegmentIndex(offsets, times, intervalBytes);
    }

    /** Not forced: whoever reads an index checks it, and makes it again when a power loss has spoiled it. */
    void store(Storage storage, String offsetPath, String timePath) {
        storage.replace(offsetPath, offsets.encode());
        storage.replace(timePath, times.encode());
    }

    /** Goes on with an index that was loaded. {@code bytes} of log follow the beginning of the batch of its last entry. */
    void resume(int bytes) {
        bytesSinceEntry = bytes;
        relativeOffsetOfMaxTimestamp = times.count() == 0 ? 0 : times.relativeOffset(times.count() - 1);
    }

    /** Takes note of a batch that is in the log now, behind all others. */
    void onBatch(int lastRelativeOffset, int position, int sizeInBytes, long batchMaxTimestamp) {
        if (batchMaxTimestamp > maxTimestamp
                || position == 0) { // the first counts even when it is the smallest there is
            relativeOffsetOfMaxTimestamp = lastRelativeOffset;
            maxTimestamp = batchMaxTimestamp;
        }
        if (bytesSinceEntry > intervalBytes) {
            offsets.append(lastRelativeOffset, position);
            times.maybeAppend(maxTimestamp, relativeOffsetOfMaxTimestamp);
            bytesSinceEntry = 0;
        }
        bytesSinceEntry = (int) Math.min(Integer.MAX_VALUE, (long) bytesSinceEntry + sizeInBytes);
    }

    /** The segment is full: the last entry of the time index becomes its largest timestamp. */
    void complete() {
        times.maybeAppend(maxTimestamp, relativeOffsetOfMaxTimestamp);
    }

    OffsetIndex offsets() {
        return offsets;
    }

    TimeIndex times() {
        return times;
    }

    /** Of all batches so far. */
    long maxTimestamp() {
        return maxTimestamp;
    }
}
