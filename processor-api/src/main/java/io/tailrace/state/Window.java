package io.tailrace.state;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A span of event time; subtypes say whether its end belongs to it. Immutable. */
public abstract class Window {
    protected final long startMs;
    protected final long endMs;

    /** @throws IllegalArgumentException when the start is negative or after the end */
    protected Window(long startMs, long endMs) {
        if (startMs < 0 || endMs < startMs) {
            throw new IllegalArgumentException(
                    "window [" + startMs + ", " + endMs + "] ms: expected 0 <= start <= end");
        }
        this.startMs = startMs;
        this.endMs = endMs;
    }

    /** Epoch milliseconds. */
    public long start() {
        return startMs;
    }

    /** Epoch milliseconds. */
    public long end() {
        return endMs;
    }

    public Instant startTime() {
        return Instant.ofEpochMilli(startMs);
    }

    public Instant endTime() {
        return Instant.ofEpochMilli(endMs);
    }

    /**
     * Whether the two share a point in time.
     *
     * @throws IllegalArgumentException when {@code other} is a window of another type
     */
    public abstract boolean overlap(Window other);

    @SuppressWarnings("EqualsGetClass") // windows of two types differ, and user code may add types
    @Override
    public boolean equals(@Nullable Object other) {
        return other != null
                && getClass() == other.getClass()
                && startMs == ((Window) other).startMs
                && endMs == ((Window) other).endMs;
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(startMs) + Long.hashCode(endMs);
    }

    @Override
    public String toString() {
        return "Window{startMs=" + startMs + ", endMs=" + endMs + "}";
    }
}
