package io.tailrace.state;

import io.tailrace.common.Bytes;

/** Makes window stores of serialized keys and values. All times in milliseconds. */
public interface WindowBytesStoreSupplier extends StoreSupplier<WindowStore<Bytes, byte[]>> {
    /** How much time expires at once, where the store drops windows in segments. */
    long segmentIntervalMs();

    long windowSize();

    /** Whether several values with the same key and window start are all kept. */
    boolean retainDuplicates();

    /** How long a window is kept, counted from its start in stream time; at least the window size. */
    long retentionPeriod();
}
