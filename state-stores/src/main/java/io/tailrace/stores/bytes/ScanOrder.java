package io.tailrace.stores.bytes;

import io.tailrace.common.Bytes;

/** The direction in which a scan passes over the keys, which are ordered as unsigned bytes. */
public enum ScanOrder {
    ASCENDING,
    DESCENDING;

    /** Negative when {@code a} comes before {@code b} in this direction. */
    int compare(Bytes a, Bytes b) {
        return this == ASCENDING ? a.compareTo(b) : b.compareTo(a);
    }
}
