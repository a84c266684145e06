package io.tailrace.kstream;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A single window that begins at a given time, by default the epoch, and never ends. Earlier records are in no window. */
public final class UnlimitedWindows extends Windows<UnlimitedWindow> {
    private static final UnlimitedWindows FROM_EPOCH = new UnlimitedWindows(0);

    /** Epoch milliseconds. */
    public final long startMs;

    private UnlimitedWindows(long startMs) {
        this.startMs = startMs;
    }

    public static UnlimitedWindows of() {
        return FROM_EPOCH;
    }

    /** @throws IllegalArgumentException when the start is before the epoch or too far after it */
    public UnlimitedWindows startOn(Instant start) {
        Objects.requireNonNull(start, "start must not be null");
        long ms;
        try {
            ms = start.toEpochMilli();
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("start " + start + " does not fit into 64-bit epoch milliseconds", e);
        }
        if (ms < 0) {
            throw new IllegalArgumentException("start " + start + " is before the epoch: windows start at 0 or later");
        }
        return new UnlimitedWindows(ms);
    }

    @Override
    public Map<Long, UnlimitedWindow> windowsFor(long timestamp) {
        return timestamp < startMs ? Map.of() : Map.of(startMs, new UnlimitedWindow(startMs));
    }

    @Override
    public long size() {
        return Long.MAX_VALUE;
    }

    /** Nothing is late for a window without an end. */
    @Override
    public long gracePeriodMs() {
        return NO_GRACE_PERIOD;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof UnlimitedWindows that && startMs == that.startMs;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(startMs);
    }

    @Override
    public String toString() {
        return "UnlimitedWindows{startMs=" + startMs + "}";
    }
}
