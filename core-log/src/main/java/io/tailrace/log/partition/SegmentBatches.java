package io.tailrace.log.partition;

import io.tailrace.log.record.BatchLayout;
import io.tailrace.log.record.Defect;
import io.tailrace.log.record.RecordBatch;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The batches of a segment by their position in its file.
 *
 * <p><b>Threads:</b> any.
 */
final class SegmentBatches {
    private static final int UNKNOWN = -1;

    private final SegmentFile file;

    SegmentBatches(SegmentFile file) {
        this.file = file;
    }

    /** The header of a batch that a scanner has found. */
    RecordBatch header(StoredBatch stored) {
        return headerAt(stored.position());
    }

    /** A batch that a scanner has found. */
    RecordBatch whole(StoredBatch stored) {
        return RecordBatch.at(load(stored.position(), stored.sizeInBytes()), 0, file.path(), stored.position());
    }

    /** The header that is there, whatever it says. */
    RecordBatch headerAt(int position) {
        return RecordBatch.at(load(position, BatchLayout.HEADER_BYTES), 0, file.path(), position);
    }

    /**
     * The header at a position; null when there cannot be one.
     *
     * @param limit of what may be read, in bytes
     */
    @Nullable
    RecordBatch header(int position, int limit) {
        if (position > limit - BatchLayout.HEADER_BYTES) {
            return null;
        }
        RecordBatch header = headerAt(position);
        return header.headerDefect(limit - position) == null ? header : null;
    }

    /**
     * Batches from a position on, all intact and without a gap; null when the first is not, or does not hold the offset.
     *
     * @param limit of what may be read, in bytes
     * @param endOffset batches that begin there or behind are left out, even if there is no other
     */
    @Nullable
    FetchedBatches fetch(int position, long offset, int maxBytes, int limit, long endOffset) {
        int available = limit - position;
        if (available < BatchLayout.HEADER_BYTES) {
            return null;
        }
        ByteBuffer bytes = load(position, Math.min(available, Math.max(maxBytes, BatchLayout.HEADER_BYTES)));
        long firstSize = RecordBatch.claimedSize(bytes, 0);
        if (firstSize < BatchLayout.HEADER_BYTES || firstSize > available) {
            return null;
        }
        if (firstSize > bytes.limit()) {
            bytes = load(position, (int) firstSize);
        }
        int at = 0;
        long nextOffset = UNKNOWN;
        while (at <= bytes.limit() - BatchLayout.HEADER_BYTES) {
            RecordBatch batch = RecordBatch.at(bytes, at, file.path(), position + (long) at);
            boolean follows = at == 0
                    ? batch.baseOffset() <= offset && batch.lastOffset() >= offset
                    : batch.baseOffset() == nextOffset;
            if (!follows || !batch.isValid()) {
                break; // damaged, or cut by maxBytes: the read that begins with it will tell
            }
            if (batch.baseOffset() >= endOffset) {
                if (at == 0) { // the offset lies in a gap before it
                    return FetchedBatches.none(offset);
                }
                break; // its bytes are published, but it is not to be seen yet
            }
            nextOffset = batch.nextOffset();
            at += batch.sizeInBytes();
        }
        return at == 0 ? null : new FetchedBatches(bytes.limit(at), file.path(), position, nextOffset);
    }

    private ByteBuffer load(int position, int length) {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        int read = file.get().read(bytes, position);
        if (read < length) {
            throw new Defect(
                            "the end of the file at " + (position + (long) read), (position + (long) length) + " bytes")
                    .at(file.path(), position);
        }
        return bytes.flip();
    }
}
