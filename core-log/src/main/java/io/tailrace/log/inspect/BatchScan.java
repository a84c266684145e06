package io.tailrace.log.inspect;

import io.tailrace.common.errors.StorageException;
import io.tailrace.common.errors.TailraceException;
import io.tailrace.log.record.BatchLayout;
import io.tailrace.log.record.Defect;
import io.tailrace.log.record.RecordBatch;
import io.tailrace.log.record.RecordCursor;
import io.tailrace.log.storage.StorageFile;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the batches of one log file and checks each: header, offsets, CRC, every record. Where one is damaged it goes on
 * at the next intact one ({@link NextBatch}).
 *
 * <p>Offsets ascend but may leave gaps, as compaction does. The base offset of a batch is the one field that no CRC covers, so
 * a batch that leaves a gap is believed only if the intact batch right behind it does not begin inside of that gap. In the
 * last segment, whose end nothing else vouches for, such a batch must be there.
 *
 * <p>Memory: a window of 64 KiB and the largest batch; nothing is allocated for a length before the CRC behind it fits.
 * <b>Owner:</b> one thread; the file's bytes up to the end must not change meanwhile.
 */
final class BatchScan {
    private static final long UNKNOWN = -1;
    private static final int WINDOW_BYTES = 64 * 1024;

    private final StorageFile file;
    private final String path;
    private final long end;
    private final long endOffset;
    private final boolean last;
    private final CRC32C crc = new CRC32C();
    private final ByteBuffer window = ByteBuffer.allocate(WINDOW_BYTES);
    private long windowStart;

    private long position;
    private long nextOffset;
    private @Nullable RecordBatch batch;
    private @Nullable Hole hole;

    /**
     * @param end of what is looked at, in bytes
     * @param baseOffset of the segment: no record is before it
     * @param endOffset no record is at or behind it
     * @param last whether it is the last segment, in which a gap has to be confirmed by the batch behind it
     */
    BatchScan(StorageFile file, String path, long end, long baseOffset, long endOffset, boolean last) {
        this.last = last;
        this.file = file;
        this.path = path;
        this.end = end;
        this.nextOffset = baseOffset;
        this.endOffset = endOffset;
        window.limit(0);
    }

    /** Begins at a position where an earlier scan of the file has stopped, instead of at the start. */
    void goOn(long atPosition, long leastOffset) {
        position = atPosition;
        nextOffset = leastOffset;
    }

    /** Steps to the next intact batch; false when there is none before the end. Afterwards ask {@link #hole}. */
    boolean next() {
        hole = null;
        batch = null;
        if (position >= end) {
            return false;
        }
        Defect defect = check(position, nextOffset);
        if (defect == null) {
            defect = contradiction(position);
        }
        long at = position;
        if (defect != null) {
            at = new NextBatch(this, position, nextOffset).find();
            hole = new Hole(path, position, at - position, nextOffset, defect);
            if (at == end) {
                position = end;
                return false;
            }
        }
        RecordBatch found = load(at);
        batch = found;
        position = at + found.sizeInBytes();
        nextOffset = found.nextOffset();
        return true;
    }

    /** The batch that {@link #next} found, whole. Borrowed until the next call of it. */
    RecordBatch batch() {
        if (batch == null) {
            throw new IllegalStateException("there is no batch, call next() and look at its result");
        }
        return batch;
    }

    /** What {@link #next} skipped in front of the batch, or found at the end instead of one; null when nothing. */
    @Nullable
    Hole hole() {
        return hole;
    }

    /** The offset behind the last intact batch. */
    long nextOffset() {
        return nextOffset;
    }

    /** Behind the last intact batch; the end when there are no more. */
    long position() {
        return position;
    }

    long end() {
        return end;
    }

    /** The header at a position; null when there is no room for one. Valid until anything else is read. */
    @Nullable
    RecordBatch header(long at) {
        int index = indexOf(at, BatchLayout.HEADER_BYTES);
        return index < 0 ? null : RecordBatch.at(window, index, path, at);
    }

    /** The byte at a position before the end. */
    byte byteAt(long at) {
        return window.get(indexOf(at, 1));
    }

    /** Null when an intact batch is there, whose offsets lie in the allowed range. */
    @Nullable
    Defect check(long at, long leastOffset) {
        RecordBatch header = header(at);
        if (header == null) {
            return new Defect((end - at) + " bytes", "a batch header of " + BatchLayout.HEADER_BYTES);
        }
        Defect defect = headerDefect(header, at, leastOffset);
        if (defect != null) {
            return defect;
        }
        int stored = header.crc();
        int computed = crcOf(at, header.sizeInBytes());
        return stored == computed ? recordsDefect(load(at)) : Defect.crc(stored, computed);
    }

    private @Nullable Defect headerDefect(RecordBatch header, long at, long leastOffset) {
        Defect defect = header.headerDefect(end - at);
        if (defect == null && (header.baseOffset() < leastOffset || header.lastOffset() >= endOffset)) {
            return new Defect(
                    "offsets " + header.baseOffset() + ".." + header.lastOffset(),
                    "offsets in " + leastOffset + ".." + (endOffset - 1));
        }
        return defect;
    }

    private static @Nullable Defect recordsDefect(RecordBatch whole) {
        try {
            RecordCursor records = whole.records();
            while (records.next()) {
                if (records.headerCount() > 0) {
                    records.headers();
                }
            }
            return null;
        } catch (TailraceException e) {
            return new Defect("a batch whose CRC fits but whose records do not: " + e.getMessage(), "records");
        }
    }

    /** What speaks against the base offset of an intact batch that leaves a gap. */
    private @Nullable Defect contradiction(long at) {
        RecordBatch header = header(at);
        if (header == null || header.baseOffset() == nextOffset) {
            return null;
        }
        long baseOffset = header.baseOffset();
        long behind = header.nextOffset();
        long followerAt = at + header.sizeInBytes();
        RecordBatch follower = header(followerAt);
        long followerBase = follower == null ? UNKNOWN : follower.baseOffset();
        if (follower != null && followerBase < behind && check(followerAt, nextOffset) == null) {
            return new Defect(
                    "base offset " + baseOffset + " in front of a batch with base offset " + followerBase,
                    "less than that, at least " + nextOffset);
        }
        boolean confirmed = follower != null && followerBase >= behind && check(followerAt, behind) == null;
        return confirmed || !last
                ? null
                : new Defect(
                        "base offset " + baseOffset + ", which no batch behind it confirms",
                        nextOffset + ", as the last segment has no gaps");
    }

    private int crcOf(long at, int sizeInBytes) {
        crc.reset();
        long next = at + BatchLayout.ATTRIBUTES;
        long behind = at + sizeInBytes;
        while (next < behind) {
            int index = indexOf(next, 1);
            int length = (int) Math.min(behind - next, window.limit() - index);
            crc.update(window.array(), index, length);
            next += length;
        }
        return (int) crc.getValue();
    }

    /** The whole batch at a position where {@link #check} has found its CRC to fit. */
    private RecordBatch load(long at) {
        int size = sizeAt(at);
        if (size <= WINDOW_BYTES) {
            return RecordBatch.at(window, indexOf(at, size), path, at);
        }
        ByteBuffer bytes = ByteBuffer.allocate(size);
        read(bytes, at);
        return RecordBatch.at(bytes.flip(), 0, path, at);
    }

    private int sizeAt(long at) {
        return (int) RecordBatch.claimedSize(window, indexOf(at, BatchLayout.HEADER_BYTES));
    }

    /** The index in the window of the byte at a position, with {@code needed} bytes from there on; -1 behind the end. */
    private int indexOf(long at, int needed) {
        if (at > end - needed) {
            return -1;
        }
        if (at < windowStart || at + needed > windowStart + window.limit()) {
            window.clear().limit((int) Math.min(WINDOW_BYTES, end - at));
            read(window, at);
            window.flip();
            windowStart = at;
        }
        return (int) (at - windowStart);
    }

    private void read(ByteBuffer target, long at) {
        int wanted = target.remaining();
        int read = file.read(target, at);
        if (read < wanted) {
            throw new StorageException(
                    path, "ended at " + (at + read) + ", expected " + end + " bytes; it was cut meanwhile");
        }
    }
}
