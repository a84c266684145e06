package io.tailrace.processor.api;

/**
 * The door between {@link Record} and {@link FixedKeyRecord} for whoever runs a {@link FixedKeyProcessor}, and for tests
 * of one. Not for processors: a key that they change here ends in the wrong partition.
 */
public final class InternalFixedKeyRecordFactory {
    private InternalFixedKeyRecordFactory() {}

    /** The same record with its key fixed; it has its own headers. */
    public static <KIn, VIn> FixedKeyRecord<KIn, VIn> create(Record<KIn, VIn> record) {
        return new FixedKeyRecord<>(record.withTimestamp(record.timestamp()));
    }

    /** The record to forward for a fixed-key one; the two share their headers. */
    public static <K, V> Record<K, V> toRecord(FixedKeyRecord<K, V> record) {
        return record.unwrap();
    }
}
