package io.tailrace.testkit;

import io.tailrace.common.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that stands still until it is moved. Any thread. */
public final class ManualTime implements Time {
    private final long startMs;
    private final AtomicLong elapsedNs = new AtomicLong();

    public ManualTime(Instant start) {
        this.startMs = start.toEpochMilli();
    }

    /** @throws IllegalArgumentException when {@code by} is negative: this clock only goes forward */
    public void advance(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException("advance the clock by " + by + ", expected zero or more");
        }
        elapsedNs.addAndGet(by.toNanos());
    }

    @Override
    public long milliseconds() {
        return startMs + elapsedNs.get() / 1_000_000;
    }

    @Override
    public long nanoseconds() {
        return elapsedNs.get();
    }

    @Override
    public String toString() {
        return "ManualTime(" + Instant.ofEpochMilli(milliseconds()) + ")";
    }
}
