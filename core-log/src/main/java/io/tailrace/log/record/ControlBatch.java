package io.tailrace.log.record;

import io.tailrace.common.header.RecordHeaders;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The batch that ends a transaction in a partition: one record, which belongs to no user and takes an offset as any other.
 *
 * <pre>
 *   key:    int16 version 0 | int16 type: 0 abort, 1 commit
 *   value:  int16 version 0 | int32 coordinator epoch
 * </pre>
 *
 * <p>Other types belong to Kafka's own metadata log; a reader skips them.
 *
 * @see <a href="https://kafka.apache.org/documentation/#controlbatch">Kafka's control batches</a>
 */
public final class ControlBatch {
    private static final short VERSION = 0;
    private static final short ABORT = 0;
    private static final short COMMIT = 1;
    private static final int KEY_BYTES = 2 * Short.BYTES;
    private static final int VALUE_BYTES = Short.BYTES + Integer.BYTES;

    private ControlBatch() {}

    /**
     * Makes a batch that ends the open transaction of a producer.
     *
     * @param producerEpoch the marker's own: with KIP-890, one more than that of the transaction's records
     * @param timestampMs of the marker, in milliseconds since 1970
     * @return the whole batch, from position 0 to the limit, with base offset 0; the caller's
     */
    public static ByteBuffer endTransaction(
            long producerId, short producerEpoch, EndTransactionMarker marker, long timestampMs) {
        byte[] key = ByteBuffer.allocate(KEY_BYTES)
                .putShort(VERSION)
                .putShort(marker.commit() ? COMMIT : ABORT)
                .array();
        byte[] value = ByteBuffer.allocate(VALUE_BYTES)
                .putShort(VERSION)
                .putInt(marker.coordinatorEpoch())
                .array();
        BatchWriter writer = new BatchWriter(BatchLayout.HEADER_BYTES);
        writer.tryAppend(timestampMs, key, value, new RecordHeaders());
        return writer.finishControl(
                new ProducerStamp(producerId, producerEpoch, BatchLayout.NO_SEQUENCE, /* transactional */ true));
    }

    /**
     * What a control batch says.
     *
     * @param batch verified
     * @return null when it does not end a transaction: it is of another type, or compaction has taken its record away
     * @throws io.tailrace.common.errors.CorruptRecordException when the record is not one of a control batch
     * @throws IllegalArgumentException when the batch is no control batch
     */
    public static @Nullable EndTransactionMarker marker(RecordBatch batch) {
        if (!batch.isControl()) {
            throw new IllegalArgumentException(batch + " holds records of a user, expected a control batch");
        }
        RecordCursor record = batch.records();
        if (!record.next()) {
            return null;
        }
        short type = read(batch, record.key(), KEY_BYTES, "control record key").getShort(Short.BYTES);
        if (type != ABORT && type != COMMIT) {
            return null;
        }
        int coordinatorEpoch =
                read(batch, record.value(), VALUE_BYTES, "control record value").getInt(Short.BYTES);
        return new EndTransactionMarker(type == COMMIT, coordinatorEpoch);
    }

    // A later version may only add fields behind these, so it can be read as well.
    private static ByteBuffer read(RecordBatch batch, byte @Nullable [] bytes, int least, String what) {
        if (bytes == null || bytes.length < least) {
            throw new Defect(what + " of " + (bytes == null ? "null" : bytes.length + " bytes"), least + " or more")
                    .at(batch.file(), batch.filePosition());
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        short version = buffer.getShort(0);
        if (version < VERSION) {
            throw new Defect(what + " of version " + version, VERSION + " or more")
                    .at(batch.file(), batch.filePosition());
        }
        return buffer;
    }
}
