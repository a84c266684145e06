package io.tailrace.stores.window;

import io.tailrace.state.TimeWindow;

/**
 * The shape of a window store. All times in milliseconds.
 *
 * @param retentionMs how long a window is kept, counted from its start in stream time
 * @param segmentIntervalMs how much time is dropped at once
 * @param retainDuplicates whether several values of the same key and start are all kept
 */
public record WindowSpec(long windowSizeMs, long retentionMs, long segmentIntervalMs, boolean retainDuplicates) {
    private static final long MIN_SEGMENT_INTERVAL_MS = 60_000;

    /** With the segment interval that follows from the retention: half of it, but at least a minute. */
    public static WindowSpec of(long windowSizeMs, long retentionMs, boolean retainDuplicates) {
        long segmentIntervalMs = Math.max(retentionMs / 2, MIN_SEGMENT_INTERVAL_MS);
        return new WindowSpec(windowSizeMs, retentionMs, segmentIntervalMs, retainDuplicates);
    }

    long segmentOf(long startMs) {
        return startMs / segmentIntervalMs;
    }

    /** The window that starts there; one that would end after the last possible time ends with it. */
    public TimeWindow windowAt(long startMs) {
        long endMs = startMs + windowSizeMs;
        return new TimeWindow(startMs, endMs < 0 ? Long.MAX_VALUE : endMs);
    }
}
