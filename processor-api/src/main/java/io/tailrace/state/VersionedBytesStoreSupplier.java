package io.tailrace.state;

/** Makes versioned stores of serialized keys and values. */
public interface VersionedBytesStoreSupplier extends KeyValueBytesStoreSupplier {
    /** How far back a version can be read, and a write may lie, in milliseconds of stream time. */
    long historyRetentionMs();
}
