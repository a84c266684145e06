package io.tailrace.state;

/** A window that includes its start and excludes its end: {@code [start, end)}. Never empty. */
public final class TimeWindow extends Window {
    /** @throws IllegalArgumentException when the start is negative or not before the end */
    public TimeWindow(long startMs, long endMs) {
        super(startMs, endMs);
        if (startMs == endMs) {
            throw new IllegalArgumentException("time window [" + startMs + ", " + endMs + ") ms is empty");
        }
    }

    /** Whether an event at this time, in epoch milliseconds, lies in the window. */
    public boolean contains(long timestampMs) {
        return startMs <= timestampMs && timestampMs < endMs;
    }

    @Override
    public boolean overlap(Window other) {
        if (!(other instanceof TimeWindow that)) {
            throw new IllegalArgumentException("cannot compare a TimeWindow with a "
                    + other.getClass().getSimpleName() + ": both must be of one type");
        }
        return startMs < that.endMs && that.startMs < endMs;
    }
}
