package io.tailrace.log.api;

/** Where a consumer starts when it has no valid position. */
public enum OffsetResetPolicy {
    /** At the first record that is still there. */
    EARLIEST,
    /** Behind the last record: only what comes from now on. */
    LATEST,
    /** Nowhere: fail, and let the caller seek. */
    NONE
}
