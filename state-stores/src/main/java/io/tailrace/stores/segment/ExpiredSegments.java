package io.tailrace.stores.segment;

import io.tailrace.stores.bytes.ByteStore;

/** Removes segments as a whole once all of their time has expired. Owner: the task's thread. */
public final class ExpiredSegments {
    private final Retention retention;
    private long firstSegment; // segments before it are removed

    public ExpiredSegments(Retention retention) {
        this.retention = retention;
    }

    /** Forgets what has been removed, for a store that is opened again. */
    public void reset() {
        firstSegment = 0;
    }

    public void remove(ByteStore store, long streamTimeMs) {
        long live = retention.segmentOf(retention.earliestMs(streamTimeMs));
        if (live > firstSegment) {
            store.deleteRange(TimedKey.segment(firstSegment), TimedKey.segment(live));
            firstSegment = live;
        }
    }
}
