package io.tailrace.log.partition;

import io.tailrace.log.record.BatchLayout;
import io.tailrace.log.record.Defect;
import io.tailrace.log.record.RecordBatch;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the batch of a segment that holds an offset.
 *
 * <p>It goes to the nearest index entry and walks over batch headers. The walk believes what fits: each batch must begin with the
 * offset behind the last one. Where something does not fit, be it damage or a gap, {@link #findChecked} has a {@link
 * SegmentScanner} check every byte instead. So damage costs time, never a wrong record.
 *
 * <p><b>Threads:</b> any.
 */
final class OffsetSearch {
    static final int UNKNOWN = -1;
    private static final int WALK_WINDOW_BYTES = 4096;

    private final SegmentFile file;
    private final SegmentIndexHolder index;
    private final SegmentBatches batches;
    private final long baseOffset;
    private volatile Place lastRead = new Place(UNKNOWN, 0); // a hint: a consumer goes on where it stopped

    /** Where the batch that begins with an offset is. */
    private record Place(long offset, int position) {}

    OffsetSearch(SegmentFile file, SegmentIndexHolder index, SegmentBatches batches, long baseOffset) {
        this.file = file;
        this.index = index;
        this.batches = batches;
        this.baseOffset = baseOffset;
    }

    /** A reader will go on there. */
    void expect(long offset, int position) {
        lastRead = new Place(offset, position);
    }

    /**
     * The position of the batch that holds the offset, by headers; {@link #UNKNOWN} when something does not fit.
     *
     * @param limit of what may be read, in bytes
     */
    int find(long offset, int limit) {
        Place hint = lastRead;
        if (hint.offset() == offset && hint.position() < limit) {
            return hint.position();
        }
        int position = walk(offset, limit);
        // An entry that leads nowhere may be the fault of the index, which can be made again.
        return position == UNKNOWN && index.rebuild(limit) ? walk(offset, limit) : position;
    }

    private int walk(long offset, int limit) {
        OffsetIndex offsets = index.get(limit).offsets();
        int entry = offsets.floor(offset - baseOffset);
        int position = entry < 0 ? 0 : offsets.position(entry);
        long expectedBase = entry < 0 ? baseOffset : UNKNOWN;
        ByteBuffer window = ByteBuffer.allocate(Math.max(0, Math.min(WALK_WINDOW_BYTES, limit - position)));
        window.limit(0);
        int windowStart = position;
        while (position <= limit - BatchLayout.HEADER_BYTES) {
            if (position + BatchLayout.HEADER_BYTES > windowStart + window.limit()) {
                window.clear().limit(Math.min(window.capacity(), limit - position));
                if (file.get().read(window, position) < window.limit()) {
                    return UNKNOWN;
                }
                windowStart = position;
            }
            RecordBatch header = RecordBatch.at(window, position - windowStart, file.path(), position);
            boolean fits = header.headerDefect(limit - position) == null
                    && (expectedBase == UNKNOWN
                            ? header.lastOffset() == baseOffset + offsets.lastRelativeOffset(entry)
                            : header.baseOffset() == expectedBase);
            if (!fits) {
                return UNKNOWN;
            }
            if (header.lastOffset() >= offset) {
                return position;
            }
            expectedBase = header.nextOffset();
            position += header.sizeInBytes();
        }
        return UNKNOWN;
    }

    /**
     * The batch that holds the offset or follows the gap it is in, with every byte from the index entry before it checked.
     *
     * @throws io.tailrace.common.errors.CorruptRecordException when that batch is damaged or missing
     */
    StoredBatch findChecked(long offset, int limit, long nextSegmentOffset) {
        SegmentScanner scanner = scannerBefore(offset, limit, nextSegmentOffset);
        while (scanner.next()) {
            StoredBatch batch = scanner.batch();
            if (batch.lastOffset() >= offset) {
                if (batch.baseOffset() <= offset || scanner.damage() == null) {
                    return batch;
                }
                throw unreadable(scanner.damage(), offset, batch.position(), batch.baseOffset());
            }
        }
        throw unreadable(scanner.damage(), offset, limit, nextSegmentOffset);
    }

    private RuntimeException unreadable(@Nullable Damage damage, long offset, int end, long nextOffset) {
        if (damage == null) {
            return new Defect("the end of the segment", "records " + offset + ".." + (nextOffset - 1))
                    .at(file.path(), end, nextOffset);
        }
        String way = "; records " + damage.firstOffset() + ".." + (nextOffset - 1) + " cannot be read, seek to "
                + nextOffset + " to go on behind them";
        return new Defect(damage.defect().found(), damage.defect().expected() + way)
                .at(file.path(), damage.position(), nextOffset);
    }

    /** Over the batches from an offset on; a few before it may come first. */
    SegmentScanner scannerBefore(long offset, int limit, long nextSegmentOffset) {
        OffsetIndex offsets = index.get(limit).offsets();
        for (int entry = offsets.floor(offset - baseOffset); entry >= 0; entry--) {
            int position = offsets.position(entry);
            RecordBatch header = position < limit ? batches.header(position, limit) : null;
            if (header != null && header.lastOffset() == baseOffset + offsets.lastRelativeOffset(entry)) {
                return scannerAt(position, limit, header.baseOffset(), nextSegmentOffset);
            }
        }
        return scannerAt(0, limit, baseOffset, nextSegmentOffset);
    }

    /** Over the batches from a position on, the first of which has that base offset. */
    SegmentScanner scannerAt(int position, int limit, long firstOffset, long nextSegmentOffset) {
        return new SegmentScanner(file.get(), file.path(), position, limit, firstOffset, nextSegmentOffset);
    }
}
