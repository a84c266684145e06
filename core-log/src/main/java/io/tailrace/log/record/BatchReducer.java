package io.tailrace.log.record;

import io.tailrace.common.TimestampType;
import io.tailrace.log.record.compress.Codec;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Writes a batch again with some of its records left out: {@link #begin}, {@link #keep} for each record that stays, {@link
 * #finish}. Offsets, producer, flags and codec stay those of the source, so that a batch with fewer records than offsets
 * results, or one with none at all.
 *
 * <p>With a delete horizon (KIP-534) the base timestamp is the time from which tombstones and markers of the batch may go; the
 * timestamps of records are unchanged, they are stored as differences to it.
 *
 * <p><b>Owner:</b> one thread.
 */
public final class BatchReducer {
    /** The batch gets no other delete horizon than it has. */
    public static final long SAME_HORIZON = Long.MIN_VALUE;

    private static final int FIRST_CAPACITY = 64;
    private static final int FIRST_CAPACITY_BYTES = 4096;

    private byte[] tails = new byte[FIRST_CAPACITY_BYTES]; // of the records kept, one behind the other
    private int tailsEnd;
    private int[] tailEnds = new int[FIRST_CAPACITY];
    private int[] offsetDeltas = new int[FIRST_CAPACITY];
    private long[] timestamps = new long[FIRST_CAPACITY];
    private int kept;

    /** Forgets what was kept before. */
    public void begin() {
        tailsEnd = 0;
        kept = 0;
        if (tails.length > Codec.MAX_EXPANDED_BYTES / 4) {
            tails = new byte[FIRST_CAPACITY_BYTES]; // one huge batch must not hold its memory forever
        }
    }

    /** Keeps the record that the cursor stands on; it is copied. */
    public void keep(RecordCursor record) {
        if (kept == tailEnds.length) {
            tailEnds = Arrays.copyOf(tailEnds, 2 * kept);
            offsetDeltas = Arrays.copyOf(offsetDeltas, 2 * kept);
            timestamps = Arrays.copyOf(timestamps, 2 * kept);
        }
        ByteBuffer tail = record.tail();
        int length = tail.remaining();
        if (length > tails.length - tailsEnd) {
            tails = Arrays.copyOf(tails, Math.max(2 * tails.length, Math.addExact(tailsEnd, length)));
        }
        tail.get(tails, tailsEnd, length);
        tailsEnd += length;
        tailEnds[kept] = tailsEnd;
        offsetDeltas[kept] = record.offsetDelta();
        timestamps[kept] = record.timestamp();
        kept++;
    }

    /** Records kept since {@link #begin}. */
    public int kept() {
        return kept;
    }

    /**
     * Writes the batch.
     *
     * @param source that the records are from, verified
     * @param horizonMs the delete horizon to set, in milliseconds since 1970, or {@link #SAME_HORIZON}
     * @return the whole batch, from position 0 to the limit, with the source's offsets; the caller's
     */
    public ByteBuffer finish(RecordBatch source, long horizonMs) {
        if (kept == 0) {
            return EmptyBatch.of(source);
        }
        boolean horizonChanges = horizonMs != SAME_HORIZON;
        long baseTimestamp = horizonChanges ? horizonMs : source.baseTimestamp();
        byte[] records = encode(baseTimestamp);
        Codec codec = source.codec();
        byte[] bytes = new byte[BatchLayout.HEADER_BYTES + records.length];
        int end = codec == Codec.NONE
                ? -1
                : codec.compress(records, 0, records.length, bytes, BatchLayout.HEADER_BYTES, bytes.length - 1);
        Codec used = end < 0 ? Codec.NONE : codec;
        if (end < 0) {
            System.arraycopy(records, 0, bytes, BatchLayout.HEADER_BYTES, records.length);
            end = bytes.length;
        }
        int attributes = (source.attributes() & ~BatchLayout.COMPRESSION_MASK) | used.id();
        if (horizonChanges) {
            attributes |= BatchLayout.DELETE_HORIZON_FLAG;
        }
        ByteBuffer batch = ByteBuffer.wrap(bytes, 0, end);
        EmptyBatch.putHeader(batch, source, (short) attributes, baseTimestamp, maxTimestamp(source), kept);
        return EmptyBatch.seal(batch);
    }

    private long maxTimestamp(RecordBatch source) {
        if (source.timestampType() == TimestampType.LOG_APPEND_TIME) {
            return source.maxTimestamp();
        }
        long max = timestamps[0];
        for (int i = 1; i < kept; i++) {
            max = Math.max(max, timestamps[i]);
        }
        return max;
    }

    private byte[] encode(long baseTimestamp) {
        long capacity = tailsEnd + kept * (1L + Varint.MAX_LONG_BYTES + 2L * Varint.MAX_INT_BYTES);
        byte[] target = new byte[Math.toIntExact(capacity)];
        int at = 0;
        int tailStart = 0;
        for (int i = 0; i < kept; i++) {
            int tailBytes = tailEnds[i] - tailStart;
            long timestampDelta = timestamps[i] - baseTimestamp;
            int body = 1 + Varint.size(timestampDelta) + Varint.size(offsetDeltas[i]) + tailBytes;
            at = Varint.put(target, at, body);
            target[at++] = 0; // attributes of the record, unused
            at = Varint.put(target, at, timestampDelta);
            at = Varint.put(target, at, offsetDeltas[i]);
            System.arraycopy(tails, tailStart, target, at, tailBytes);
            at += tailBytes;
            tailStart = tailEnds[i];
        }
        return Arrays.copyOf(target, at);
    }
}
