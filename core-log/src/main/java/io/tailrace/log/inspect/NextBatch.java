package io.tailrace.log.inspect;

import io.tailrace.log.record.BatchLayout;
import io.tailrace.log.record.RecordBatch;
import io.tailrace.log.record.compress.Codec;
import org.jspecify.annotations.Nullable;

/**
 * Finds the first intact batch behind a damaged one: where the damaged one says it ends, where its records say they end, then
 * at every byte.
 *
 * <p>Inside of a batch there may be another one, as the <i>value</i> of a record (a mirrored log). So nothing is looked for
 * inside of a damaged batch that ends with the file, and a batch that lies where the damaged one should be is believed only
 * with an offset that as many bytes as lie before it can bring forth, or if another intact batch or the end of the file
 * follows it.
 */
final class NextBatch {
    private static final long NOWHERE = -1;
    private static final long PAST_END = Long.MAX_VALUE;
    private static final long MOST_COMPRESSED_RECORDS = Codec.MAX_EXPANDED_BYTES / BatchLayout.MIN_RECORD_BYTES;

    private final BatchScan scan;
    private final long damaged;
    private final long leastOffset;
    private final long end;

    NextBatch(BatchScan scan, long damaged, long leastOffset) {
        this.scan = scan;
        this.damaged = damaged;
        this.leastOffset = leastOffset;
        this.end = scan.end();
    }

    /** The position of the batch; the end of the file when there is none. */
    long find() {
        RecordBatch header = scan.header(damaged);
        if (header == null) {
            return end;
        }
        long claimedEnd = damaged + header.sizeInBytes();
        boolean compressed = header.compression() != 0;
        int count = header.count();
        long recordsEnd = compressed || count <= 0 ? NOWHERE : endOfRecords(count);
        if (claimedEnd >= end && recordsEnd >= end && (claimedEnd == recordsEnd || recordsEnd == PAST_END)) {
            return end; // the last batch, torn or damaged
        }
        if (isIntact(claimedEnd)) {
            return claimedEnd;
        }
        if (isIntact(recordsEnd)) {
            return recordsEnd;
        }
        if (claimedEnd == end && !compressed) {
            return end;
        }
        for (long at = damaged + 1; at <= end - BatchLayout.HEADER_BYTES; at++) {
            // The magic first: it rules nearly every byte out, and all of a region of zeros.
            if (scan.byteAt(at + BatchLayout.MAGIC) == BatchLayout.MAGIC_V2
                    && isIntact(at)
                    && (at >= claimedEnd || fits(at, compressed))) {
                return at;
            }
        }
        return end;
    }

    private boolean isIntact(long at) {
        return at > damaged && at < end && scan.check(at, leastOffset) == null;
    }

    private boolean fits(long at, boolean compressed) {
        @Nullable RecordBatch candidate = scan.header(at);
        if (candidate == null) {
            return false;
        }
        if (candidate.baseOffset() <= mostOffset(at, compressed)) {
            return true;
        }
        long follower = at + candidate.sizeInBytes();
        return follower == end || scan.check(follower, candidate.nextOffset()) == null;
    }

    /** The largest offset behind as many records as there can be in front of a position. */
    private long mostOffset(long at, boolean compressed) {
        long bytes = at - damaged;
        return leastOffset
                + (compressed
                        ? (bytes / BatchLayout.HEADER_BYTES + 1) * MOST_COMPRESSED_RECORDS
                        : bytes / BatchLayout.MIN_RECORD_BYTES);
    }

    /** Follows the lengths of the records; {@link #PAST_END} when they lead out of the file. */
    private long endOfRecords(int count) {
        long at = damaged + BatchLayout.HEADER_BYTES;
        for (int i = 0; i < count; i++) {
            int length = 0;
            int shift = 0;
            byte next;
            do {
                if (at >= end) {
                    return PAST_END;
                }
                next = scan.byteAt(at++);
                length |= (next & 0x7f) << shift;
                shift += 7;
            } while (next < 0 && shift < Integer.SIZE);
            length >>>= 1; // zig-zag; a negative one would be odd and leads out of the file or to no batch
            if (length < BatchLayout.MIN_RECORD_BYTES - 1) {
                return NOWHERE;
            }
            if (length > end - at) {
                return PAST_END;
            }
            at += length;
        }
        return at;
    }
}
