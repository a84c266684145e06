package io.tailrace.processor;

import io.tailrace.common.ConsumerRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes whole changelog records, so that a store keeps their timestamps and headers. The single-record method is never
 * called.
 */
public interface RecordRestoreCallback extends StateRestoreCallback {
    /** @param records consecutive records of one changelog partition, oldest first; null values delete */
    void restoreRecords(List<ConsumerRecord<byte[], byte[]>> records);

    /** @throws UnsupportedOperationException always, unless overridden: key and value alone lack the timestamp */
    @Override
    default void restore(byte[] key, byte @Nullable [] value) {
        throw new UnsupportedOperationException("this store restores whole records: call restoreRecords");
    }
}
