package io.tailrace.stores.window;

import io.tailrace.state.TimeWindow;
import io.tailrace.stores.segment.Retention;

/**
 * The shape of a window store. All times in milliseconds.
 *
 * @param retentionMs how long a window is kept, counted from its start in stream time
 * @param segmentIntervalMs how much time is dropped at once
 * @param retainDuplicates whether several values of the same key and start are all kept
 */
public record WindowSpec(long windowSizeMs, long retentionMs, long segmentIntervalMs, boolean retainDuplicates) {
    /** With the segment interval that follows from the retention. */
    public static WindowSpec of(long windowSizeMs, long retentionMs, boolean retainDuplicates) {
        return new WindowSpec(
                windowSizeMs, retentionMs, Retention.of(retentionMs).segmentIntervalMs(), retainDuplicates);
    }

    Retention retention() {
        return new Retention(retentionMs, segmentIntervalMs);
    }

    /** The window that starts there; one that would end after the last possible time ends with it. */
    public TimeWindow windowAt(long startMs) {
        long endMs = startMs + windowSizeMs;
        return new TimeWindow(startMs, endMs < 0 ? Long.MAX_VALUE : endMs);
    }
}
