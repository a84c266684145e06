package io.tailrace.stores.segment;

/**
 * How long entries are kept, counted from their time in stream time. All times in milliseconds.
 *
 * @param segmentIntervalMs how much time is dropped at once
 */
public record Retention(long retentionMs, long segmentIntervalMs) {
    private static final long MIN_SEGMENT_INTERVAL_MS = 60_000;

    /** With the segment interval that follows from the retention: half of it, but at least a minute. */
    public static Retention of(long retentionMs) {
        return new Retention(retentionMs, Math.max(retentionMs / 2, MIN_SEGMENT_INTERVAL_MS));
    }

    public long segmentOf(long timeMs) {
        return timeMs / segmentIntervalMs;
    }

    /** The earliest time that has not expired at that stream time. */
    public long earliestMs(long streamTimeMs) {
        return Math.max(0, streamTimeMs - retentionMs + 1);
    }
}
