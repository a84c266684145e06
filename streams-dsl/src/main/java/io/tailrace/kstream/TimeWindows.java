package io.tailrace.kstream;

import io.tailrace.state.TimeWindow;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Windows of one size, the start within them, the end not, at every multiple of the advance since the epoch. With an
 * advance as long as the size, the default, they lie end to end (tumbling); with a shorter one they overlap (hopping).
 */
public final class TimeWindows extends Windows<TimeWindow> {
    /** Milliseconds from start to end. */
    public final long sizeMs;

    /** Milliseconds from one start to the next. */
    public final long advanceMs;

    private final long graceMs;

    private TimeWindows(long sizeMs, long advanceMs, long graceMs) {
        this.sizeMs = sizeMs;
        this.advanceMs = advanceMs;
        this.graceMs = graceMs;
    }

    /** @throws IllegalArgumentException when the size is less than a millisecond */
    public static TimeWindows ofSizeWithNoGrace(Duration size) {
        return ofSizeAndGrace(size, Duration.ZERO);
    }

    /**
     * @param afterWindowEnd how long after its end a window still takes late records
     * @throws IllegalArgumentException when the size is less than a millisecond or the grace period negative
     */
    public static TimeWindows ofSizeAndGrace(Duration size, Duration afterWindowEnd) {
        long sizeMs = Millis.of("size", size);
        long graceMs = Millis.of("afterWindowEnd", afterWindowEnd);
        if (sizeMs < 1) {
            throw new IllegalArgumentException("size " + size + ": a window lasts at least one millisecond");
        }
        if (graceMs < 0) {
            throw new IllegalArgumentException("afterWindowEnd " + afterWindowEnd + ": a grace period is not negative");
        }
        return new TimeWindows(sizeMs, sizeMs, graceMs);
    }

    /**
     * The same windows, one at every {@code advance}.
     *
     * @throws IllegalArgumentException when the advance is less than a millisecond or more than the size
     */
    public TimeWindows advanceBy(Duration advance) {
        long newAdvanceMs = Millis.of("advance", advance);
        if (newAdvanceMs < 1 || newAdvanceMs > sizeMs) {
            throw new IllegalArgumentException(
                    "advance " + advance + ": expected 1 ms to the window size, " + sizeMs + " ms");
        }
        return new TimeWindows(sizeMs, newAdvanceMs, graceMs);
    }

    @Override
    public Map<Long, TimeWindow> windowsFor(long timestamp) {
        if (advanceMs == sizeMs) { // the usual case, without the cost of a map that can grow
            long start = timestamp - timestamp % advanceMs;
            return Map.of(start, new TimeWindow(start, start + sizeMs));
        }
        Map<Long, TimeWindow> windows = new LinkedHashMap<>();
        long first = Math.max(0, timestamp - sizeMs + advanceMs) / advanceMs * advanceMs;
        for (long start = first; start <= timestamp; start += advanceMs) {
            windows.put(start, new TimeWindow(start, start + sizeMs));
        }
        return windows;
    }

    @Override
    public long size() {
        return sizeMs;
    }

    @Override
    public long gracePeriodMs() {
        return graceMs;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TimeWindows that
                && sizeMs == that.sizeMs
                && advanceMs == that.advanceMs
                && graceMs == that.graceMs;
    }

    @Override
    public int hashCode() {
        return Objects.hash(sizeMs, advanceMs, graceMs);
    }

    @Override
    public String toString() {
        return "TimeWindows{sizeMs=" + sizeMs + ", advanceMs=" + advanceMs + ", graceMs=" + graceMs + "}";
    }
}
