package io.tailrace.log.partition;

import io.tailrace.log.record.BatchLayout;
import io.tailrace.log.record.RecordBatch;
import io.tailrace.log.storage.OpenMode;
import io.tailrace.log.storage.Storage;
import io.tailrace.log.storage.StorageFile;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the end of the last segment of a partition that was closed in order, without looking at all of it: from the last entry
 * of its stored index over the headers of the batches behind. They must lead just to the end of the file; if they do not, the
 * segment has to be scanned after all.
 */
final class SegmentTail {
    private static final Logger LOG = LoggerFactory.getLogger(SegmentTail.class);
    private static final int WINDOW_BYTES = 4096;
    private static final int UNKNOWN = -1;

    private SegmentTail() {}

    /**
     * @param expectedEnd offset behind the last record, as of when the log was closed
     * @return null when something does not fit
     */
    static SegmentRecovery.@Nullable Recovered find(
            Storage storage, String directory, long baseOffset, PartitionConfig config, long expectedEnd) {
        String path = directory + "/" + SegmentName.of(baseOffset, SegmentName.LOG);
        int size = SegmentRecovery.checkedSize(storage, path);
        SegmentIndex index;
        try {
            index = size == 0
                    ? SegmentIndex.empty(config.indexIntervalBytes())
                    : SegmentIndex.load(
                            storage,
                            directory + "/" + SegmentName.of(baseOffset, SegmentName.OFFSET_INDEX),
                            directory + "/" + SegmentName.of(baseOffset, SegmentName.TIME_INDEX),
                            size,
                            config.indexIntervalBytes());
        } catch (InvalidIndexException e) {
            LOG.warn("{} is scanned although the log was closed in order, its index: {}", path, e.getMessage());
            return null;
        }
        int entry = index.offsets().count() - 1;
        int start = entry < 0 ? 0 : index.offsets().position(entry);
        long last = entry < 0 ? UNKNOWN : baseOffset + index.offsets().lastRelativeOffset(entry);
        long end = size == 0 ? baseOffset : walk(storage, path, start, size, last, baseOffset);
        if (end != expectedEnd) {
            LOG.warn(
                    "{} is scanned although the log was closed in order: found end offset {}, expected {}",
                    path,
                    end == UNKNOWN ? "none" : end,
                    expectedEnd);
            return null;
        }
        index.resume(size - start);
        return new SegmentRecovery.Recovered(index, size, end);
    }

    /** The offset behind the last batch; {@link #UNKNOWN} when the headers do not lead to the end of the file. */
    private static long walk(Storage storage, String path, int start, int size, long lastOfFirst, long baseOffset) {
        ByteBuffer window = ByteBuffer.allocate(WINDOW_BYTES).limit(0);
        int windowStart = start;
        int position = start;
        long nextOffset = baseOffset;
        try (StorageFile file = storage.open(path, OpenMode.EXISTING)) {
            while (position < size) {
                if (position > size - BatchLayout.HEADER_BYTES) {
                    return UNKNOWN;
                }
                if (position + BatchLayout.HEADER_BYTES > windowStart + window.limit()) {
                    window.clear().limit(Math.min(WINDOW_BYTES, size - position));
                    if (file.read(window, position) < window.limit()) {
                        return UNKNOWN;
                    }
                    windowStart = position;
                }
                RecordBatch header = RecordBatch.at(window, position - windowStart, path, position);
                boolean indexed = position == start && lastOfFirst != UNKNOWN;
                boolean fits = header.headerDefect(size - position) == null
                        && (indexed ? header.lastOffset() == lastOfFirst : header.baseOffset() >= nextOffset);
                if (!fits) {
                    return UNKNOWN;
                }
                nextOffset = header.nextOffset();
                position += header.sizeInBytes();
            }
        }
        return nextOffset;
    }
}
