package io.tailrace.log;

import io.tailrace.common.Time;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that a test moves by hand. */
public final class ManualTime implements Time {
    private final AtomicLong nowNs = new AtomicLong(1_000_000_000_000L);

    public void advance(Duration duration) {
        nowNs.addAndGet(duration.toNanos());
    }

    @Override
    public long milliseconds() {
        return nowNs.get() / 1_000_000;
    }

    @Override
    public long nanoseconds() {
        return nowNs.get();
    }
}
