package io.tailrace.log.inspect;

import io.tailrace.log.record.BatchLayout;
import io.tailrace.log.record.RecordBatch;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * A batch without records that takes the place of lost ones, as Kafka's compaction leaves: offsets go on without a gap, so a
 * gap stays what it is everywhere else, a sign of damage.
 */
final class EmptyBatch {
    private static final long NO_TIMESTAMP = -1;

    private EmptyBatch() {}

    /** @param endOffset behind the last offset that it takes; at most 2^31 behind the first */
    static RecordBatch of(long firstOffset, long endOffset) {
        ByteBuffer batch = ByteBuffer.allocate(BatchLayout.HEADER_BYTES);
        batch.putLong(BatchLayout.BASE_OFFSET, firstOffset);
        batch.putInt(BatchLayout.LENGTH, BatchLayout.HEADER_BYTES - BatchLayout.LENGTH_EXCLUDES_BYTES);
        batch.put(BatchLayout.MAGIC, BatchLayout.MAGIC_V2);
        batch.putInt(BatchLayout.LAST_OFFSET_DELTA, Math.toIntExact(endOffset - firstOffset - 1));
        batch.putLong(BatchLayout.BASE_TIMESTAMP, NO_TIMESTAMP);
        batch.putLong(BatchLayout.MAX_TIMESTAMP, NO_TIMESTAMP);
        batch.putLong(BatchLayout.PRODUCER_ID, -1);
        batch.putShort(BatchLayout.PRODUCER_EPOCH, (short) -1);
        batch.putInt(BatchLayout.BASE_SEQUENCE, -1);
        CRC32C crc = new CRC32C();
        crc.update(batch.array(), BatchLayout.ATTRIBUTES, BatchLayout.HEADER_BYTES - BatchLayout.ATTRIBUTES);
        batch.putInt(BatchLayout.CRC, (int) crc.getValue());
        return RecordBatch.at(batch, 0, "the place of lost records", 0);
    }
}
