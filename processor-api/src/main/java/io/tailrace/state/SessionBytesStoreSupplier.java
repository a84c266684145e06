package io.tailrace.state;

import io.tailrace.common.Bytes;

/** Makes session stores of serialized keys and aggregates. All times in milliseconds. */
public interface SessionBytesStoreSupplier extends StoreSupplier<SessionStore<Bytes, byte[]>> {
    /** How much time expires at once, where the store drops sessions in segments. */
    long segmentIntervalMs();

    /** How long a session is kept, counted from its end in stream time. */
    long retentionPeriod();
}
