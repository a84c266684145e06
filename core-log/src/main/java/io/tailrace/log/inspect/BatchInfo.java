package io.tailrace.log.inspect;

import io.tailrace.common.TimestampType;
import io.tailrace.log.record.BatchLayout;
import io.tailrace.log.record.RecordBatch;
import io.tailrace.log.record.compress.Codec;

/**
 * The header of a batch, as it is stored.
 *
 * @param file path in the storage
 * @param position of its first byte in the file
 * @param lastOffset of the offsets it takes; compaction may have taken the record away
 * @param count of records
 * @param codec for example {@code "gzip"}
 * @param crc as stored, which is right: a batch whose CRC is not is damage
 * @param producerId with epoch and sequence: -1 when the producer is not idempotent
 * @param control whether it ends a transaction, instead of holding records of a user
 */
public record BatchInfo(
        String file,
        long position,
        int sizeInBytes,
        long baseOffset,
        long lastOffset,
        int count,
        int leaderEpoch,
        int magic,
        String codec,
        int crc,
        long producerId,
        short producerEpoch,
        int baseSequence,
        boolean transactional,
        boolean control,
        TimestampType timestampType,
        long baseTimestamp,
        long maxTimestamp) {

    static BatchInfo of(RecordBatch batch) {
        Codec codec = batch.codec();
        return new BatchInfo(
                batch.file(),
                batch.filePosition(),
                batch.sizeInBytes(),
                batch.baseOffset(),
                batch.lastOffset(),
                batch.count(),
                batch.partitionLeaderEpoch(),
                BatchLayout.MAGIC_V2,
                codec.configName(),
                batch.crc(),
                batch.producerId(),
                batch.producerEpoch(),
                batch.baseSequence(),
                batch.isTransactional(),
                batch.isControl(),
                batch.timestampType(),
                batch.baseTimestamp(),
                batch.maxTimestamp());
    }
}
