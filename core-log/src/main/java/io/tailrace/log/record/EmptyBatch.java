package io.tailrace.log.record;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Batches without records, which readers pass over. Two kinds: what is left of a batch whose records are all gone, and that is
 * needed for what its header says of its producer; and one that stands for offsets whose records are gone for good, so that
 * a log has no gap and a damaged base offset is noticed.
 */
public final class EmptyBatch {
    private static final long NO_TIMESTAMP = -1;

    private EmptyBatch() {}

    /**
     * A batch that stands for offsets whose records are gone; it belongs to no producer.
     *
     * @param fromOffset the first, from 0
     * @param toOffset behind the last; at most 2<sup>31</sup> behind the first
     * @return the whole batch, from position 0 to the limit; the caller's
     */
    public static ByteBuffer covering(long fromOffset, long toOffset) {
        long count = toOffset - fromOffset;
        if (fromOffset < 0 || count < 1 || count > 1L << 31) {
            throw new IllegalArgumentException("offsets " + fromOffset + " to before " + toOffset
                    + ", expected 1 to 2147483648 offsets from 0 on");
        }
        ByteBuffer batch = ByteBuffer.allocate(BatchLayout.HEADER_BYTES);
        batch.putLong(BatchLayout.BASE_OFFSET, fromOffset);
        batch.putInt(BatchLayout.LAST_OFFSET_DELTA, (int) (count - 1));
        batch.putLong(BatchLayout.BASE_TIMESTAMP, NO_TIMESTAMP);
        batch.putLong(BatchLayout.MAX_TIMESTAMP, NO_TIMESTAMP);
        batch.putLong(BatchLayout.PRODUCER_ID, BatchLayout.NO_PRODUCER);
        batch.putShort(BatchLayout.PRODUCER_EPOCH, (short) BatchLayout.NO_PRODUCER);
        batch.putInt(BatchLayout.BASE_SEQUENCE, BatchLayout.NO_SEQUENCE);
        return seal(batch);
    }

    /** The header of a batch alone. */
    static ByteBuffer of(RecordBatch source) {
        ByteBuffer batch = ByteBuffer.allocate(BatchLayout.HEADER_BYTES);
        int attributes = source.attributes() & ~BatchLayout.COMPRESSION_MASK; // there is nothing to expand
        putHeader(batch, source, (short) attributes, source.baseTimestamp(), source.maxTimestamp(), 0);
        return seal(batch);
    }

    static void putHeader(
            ByteBuffer batch,
            RecordBatch source,
            short attributes,
            long baseTimestamp,
            long maxTimestamp,
            int recordCount) {
        batch.putLong(BatchLayout.BASE_OFFSET, source.baseOffset());
        batch.putInt(BatchLayout.LEADER_EPOCH, source.partitionLeaderEpoch());
        batch.putShort(BatchLayout.ATTRIBUTES, attributes);
        batch.putInt(BatchLayout.LAST_OFFSET_DELTA, source.lastOffsetDelta());
        batch.putLong(BatchLayout.BASE_TIMESTAMP, baseTimestamp);
        batch.putLong(BatchLayout.MAX_TIMESTAMP, maxTimestamp);
        batch.putLong(BatchLayout.PRODUCER_ID, source.producerId());
        batch.putShort(BatchLayout.PRODUCER_EPOCH, source.producerEpoch());
        batch.putInt(BatchLayout.BASE_SEQUENCE, source.baseSequence());
        batch.putInt(BatchLayout.RECORD_COUNT, recordCount);
    }

    /** Fills in what depends on the size and the content. */
    static ByteBuffer seal(ByteBuffer batch) {
        batch.putInt(BatchLayout.LENGTH, batch.limit() - BatchLayout.LENGTH_EXCLUDES_BYTES);
        batch.put(BatchLayout.MAGIC, BatchLayout.MAGIC_V2);
        CRC32C crc = new CRC32C();
        crc.update(batch.duplicate().position(BatchLayout.ATTRIBUTES));
        return batch.putInt(BatchLayout.CRC, (int) crc.getValue());
    }
}
