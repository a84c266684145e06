package io.tailrace.log.partition;

import io.tailrace.common.errors.StorageException;
import io.tailrace.log.record.BatchLayout;
import io.tailrace.log.record.Defect;
import io.tailrace.log.record.RecordBatch;
import io.tailrace.log.record.compress.Codec;
import io.tailrace.log.storage.StorageFile;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the batches of a segment file and checks each: header, offset, CRC. When one is damaged it looks for the next
 * intact one, first where the damaged one says it ends, then at every byte behind it. So good data behind a flipped bit is
 * found, and a torn tail is known as such because nothing is found.
 *
 * <p>A batch behind damage is accepted only with an offset that fits: the bytes in between can hold so many records and no
 * more; for compressed records, as many as a reader would expand, or as the damaged header says. Inside of a last batch that is torn or damaged nothing is looked for. Both keep a batch that is the <i>value</i> of a
 * record (a mirrored log) from being taken for one of this log.
 *
 * <p>Offsets may leave gaps (another log's compaction does so) but never go back. The CRC does not cover the base offset, so a
 * gap is believed only when the batch behind it is confirmed: by the intact batch that follows it, or, at the end of the
 * file, by the offset at which the next segment begins. Where there is no gap, a wrong base offset is always noticed.
 *
 * <p>Memory: one window of at most 64 KiB, whatever lengths the file claims. <b>Owner:</b> one thread; the file's bytes from
 * start to end must not change meanwhile.
 */
final class SegmentScanner {
    /** As the end offset of a segment behind which nobody knows what begins. */
    static final long UNKNOWN_OFFSET = Long.MAX_VALUE;
    /** As the end offset of a segment behind which another begins, no matter where. */
    static final long SOME_OFFSET = Long.MAX_VALUE - 1;

    private static final int WINDOW_BYTES = 64 * 1024;
    private static final long PAST_END = Long.MAX_VALUE;
    private static final long MOST_COMPRESSED_RECORDS = Codec.MAX_EXPANDED_BYTES / BatchLayout.MIN_RECORD_BYTES;

    private final StorageFile file;
    private final String path;
    private final int end;
    private final long endOffset;
    private final ByteBuffer window;
    private final CRC32C crc = new CRC32C();
    private int windowStart;

    private int position;
    private long expectedOffset;
    private @Nullable StoredBatch batch;
    private @Nullable Damage damage;

    /** Of a segment behind which nobody knows what begins. */
    SegmentScanner(StorageFile file, String path, int start, int end, long expectedOffset) {
        this(file, path, start, end, expectedOffset, UNKNOWN_OFFSET);
    }

    /**
     * @param start position of a batch
     * @param end of what is looked at
     * @param expectedOffset least base offset of the batch at {@code start}; it has just this one unless there is a gap
     * @param endOffset base offset of the next segment: all offsets are below; or {@link #UNKNOWN_OFFSET}
     */
    SegmentScanner(StorageFile file, String path, int start, int end, long expectedOffset, long endOffset) {
        this.file = file;
        this.path = path;
        this.position = start;
        this.end = end;
        this.endOffset = endOffset;
        this.expectedOffset = expectedOffset;
        this.window = ByteBuffer.allocate(Math.max(BatchLayout.HEADER_BYTES, Math.min(WINDOW_BYTES, end - start)));
        this.windowStart = start;
        window.limit(0);
    }

    /** Steps to the next intact batch; false when there is none before the end. Afterwards ask {@link #damage}. */
    boolean next() {
        damage = null;
        batch = null;
        if (position == end) {
            return false;
        }
        Defect defect = check(position, expectedOffset, expectedOffset);
        if (defect != null && !isIntactBehindGap(position)) {
            int damaged = position;
            position = nextIntact(damaged);
            damage = new Damage(damaged, position - damaged, expectedOffset, defect);
        }
        StoredBatch found = batch;
        if (found == null) {
            return false;
        }
        position = found.end();
        expectedOffset = found.nextOffset();
        return true;
    }

    /** The batch that {@link #next} found. */
    StoredBatch batch() {
        if (batch == null) {
            throw new IllegalStateException("there is no batch, call next() and look at its result");
        }
        return batch;
    }

    /** What {@link #next} skipped in front of the batch, or found at the end instead of one; null when nothing. */
    @Nullable
    Damage damage() {
        return damage;
    }

    /** The offset behind the last intact batch. */
    long nextOffset() {
        return expectedOffset;
    }

    /** Returns where the first intact batch behind {@code damaged} starts, and sets it; the end when there is none. */
    private int nextIntact(int damaged) {
        int index = indexOf(damaged, BatchLayout.HEADER_BYTES);
        if (index < 0) {
            return end;
        }
        RecordBatch header = RecordBatch.at(window, index, path, damaged);
        // Two ways to tell where the damaged batch ends; one flipped bit leaves at least one of them right.
        long claimedEnd = damaged + RecordBatch.claimedSize(window, index);
        long claimedNext = expectedOffset + header.nextOffset() - header.baseOffset();
        boolean compressed = header.compression() != 0;
        long recordsEnd = endOfRecords(header, damaged); // moves the window away from the header
        if (claimedEnd >= end && recordsEnd >= end && (claimedEnd == recordsEnd || recordsEnd == PAST_END)) {
            return end; // the last batch, torn or damaged: what looks like a batch inside of it is a record's value
        }
        if (check(damaged, expectedOffset + 1, UNKNOWN_OFFSET) == null) {
            batch = null;
            return behindMisplaced(damaged, (int) claimedEnd, claimedNext, compressed);
        }
        if (isIntact(damaged, claimedEnd, expectedOffset, mostOffset(damaged, claimedEnd, compressed))
                || isIntact(damaged, claimedEnd, claimedNext, claimedNext)
                || resumesBehindGap(claimedEnd)) {
            return (int) claimedEnd;
        }
        if (isIntact(damaged, recordsEnd, expectedOffset, mostOffset(damaged, recordsEnd, compressed))
                || resumesBehindGap(recordsEnd)) {
            return (int) recordsEnd;
        }
        // Of compressed records nobody knows where they end. When they claim to lead out of the file, either that is
        // true (torn) or the length is what is damaged; in both cases the header still says which offset comes next.
        boolean nextIsKnown = compressed && claimedEnd >= end;
        for (int at = damaged + 1; at <= end - BatchLayout.HEADER_BYTES; at++) {
            if (hasMagic(at)) {
                long least = nextIsKnown ? claimedNext : expectedOffset;
                long most = nextIsKnown ? claimedNext : mostOffset(damaged, at, compressed);
                if (isIntact(damaged, at, least, most) || resumesBehindGap(at)) {
                    return at;
                }
            }
        }
        return end;
    }

    // The batch is whole, its offset is too large for what follows. Either its offset was damaged, then the next one
    // has the
    // offset that follows the one expected; or nobody can tell which of the two is wrong, then both are given up.
    private int behindMisplaced(int damaged, int damagedEnd, long claimedNext, boolean compressed) {
        if (isIntact(damaged, damagedEnd, claimedNext, claimedNext)) {
            return damagedEnd;
        }
        int from = damagedEnd;
        if (isIntact(damaged, damagedEnd, 0, UNKNOWN_OFFSET)) {
            from = batch == null ? from : batch.end();
            batch = null;
        }
        for (int at = from; at <= end - BatchLayout.HEADER_BYTES; at++) {
            if (hasMagic(at)
                    && (isIntact(damaged, at, claimedNext, mostOffset(damaged, at, compressed))
                            || resumesBehindGap(at))) {
                return at;
            }
        }
        return end;
    }

    /** Looked at first: it rules nearly every byte out, and all of a region of zeros. */
    private boolean hasMagic(int at) {
        return window.get(indexOf(at, BatchLayout.HEADER_BYTES) + BatchLayout.MAGIC) == BatchLayout.MAGIC_V2;
    }

    // Only in front of another segment, where a wrong guess costs no data.
    private boolean resumesBehindGap(long at) {
        return endOffset != UNKNOWN_OFFSET && at > position && at < end && isIntactBehindGap((int) at);
    }

    /** Whether there is an intact batch with a larger offset than expected, and what follows confirms it; then it is set. */
    private boolean isIntactBehindGap(int at) {
        if (check(at, expectedOffset + 1, endOffset - 1) != null) {
            return false;
        }
        StoredBatch found = batch;
        if (found == null) {
            return false;
        }
        boolean confirmed = found.end() == end
                ? endOffset != UNKNOWN_OFFSET && found.nextOffset() <= endOffset
                : check(found.end(), found.nextOffset(), endOffset - 1) == null;
        batch = confirmed ? found : null;
        return confirmed;
    }

    /** The largest offset behind as many records as there can be between two positions. */
    private long mostOffset(int damaged, long at, boolean compressed) {
        long bytes = at - damaged;
        return expectedOffset
                + (compressed
                        ? (bytes / BatchLayout.HEADER_BYTES + 1) * MOST_COMPRESSED_RECORDS
                        : bytes / BatchLayout.MIN_RECORD_BYTES);
    }

    /** Follows the lengths of the records; {@link #PAST_END} when they lead out of the file, -1 when they make no sense. */
    private long endOfRecords(RecordBatch header, int start) {
        int count = header.count();
        if (count <= 0 || header.compression() != 0) {
            return -1;
        }
        int at = start + BatchLayout.HEADER_BYTES; // moves the window away from the header
        for (int i = 0; i < count; i++) {
            int length = 0;
            int shift = 0;
            byte next;
            do {
                int index = indexOf(at++, 1);
                if (index < 0) {
                    return PAST_END;
                }
                next = window.get(index);
                length |= (next & 0x7f) << shift;
                shift += 7;
            } while (next < 0 && shift < Integer.SIZE);
            length >>>= 1; // zig-zag; a negative one would be odd and is caught below as too large or with the CRC
            if (length < BatchLayout.MIN_RECORD_BYTES - 1) {
                return -1;
            }
            if (length > end - at) {
                return PAST_END;
            }
            at += length;
        }
        return at;
    }

    private boolean isIntact(int damaged, long at, long leastOffset, long mostOffset) {
        return at > damaged && at < end && check((int) at, leastOffset, mostOffset) == null;
    }

    /** Null, and {@link #batch} set, when there is an intact batch whose base offset lies in the range. */
    private @Nullable Defect check(int at, long leastOffset, long mostOffset) {
        int index = indexOf(at, BatchLayout.HEADER_BYTES);
        if (index < 0) {
            return new Defect((end - at) + " bytes", "a batch header of " + BatchLayout.HEADER_BYTES);
        }
        RecordBatch header = RecordBatch.at(window, index, path, at);
        Defect defect = header.headerDefect(end - at);
        if (defect != null) {
            return defect;
        }
        long baseOffset = header.baseOffset();
        if (baseOffset < leastOffset || baseOffset > mostOffset) {
            return new Defect("base offset " + baseOffset, leastOffset + ".." + mostOffset);
        }
        StoredBatch candidate =
                new StoredBatch(at, header.sizeInBytes(), baseOffset, header.lastOffset(), header.maxTimestamp());
        int stored = header.crc();
        int computed = crcOf(candidate); // moves the window away from the header
        if (stored != computed) {
            return Defect.crc(stored, computed);
        }
        batch = candidate;
        return null;
    }

    private int crcOf(StoredBatch candidate) {
        crc.reset();
        int at = candidate.position() + BatchLayout.ATTRIBUTES;
        while (at < candidate.end()) {
            int index = indexOf(at, 1);
            int length = Math.min(candidate.end() - at, window.limit() - index);
            crc.update(window.array(), index, length);
            at += length;
        }
        return (int) crc.getValue();
    }

    /** The index in the window of the byte at a position, with {@code needed} bytes from there on; -1 behind the end. */
    private int indexOf(int at, int needed) {
        if (at > end - needed) {
            return -1;
        }
        if (at < windowStart || at + needed > windowStart + window.limit()) {
            window.clear().limit(Math.min(window.capacity(), end - at));
            int read = file.read(window, at);
            if (read < window.limit()) {
                throw new StorageException(
                        path, "ended at " + (at + read) + ", expected " + end + " bytes; it was cut meanwhile");
            }
            windowStart = at;
        }
        return at - windowStart;
    }
}
