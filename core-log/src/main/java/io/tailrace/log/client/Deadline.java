package io.tailrace.log.client;

import io.tailrace.common.Time;
import java.time.Duration;

/** Turns durations of users, which may be "forever", into points of monotonic time. */
final class Deadline {
    /** Some 73 years; far enough from overflow that points in time can still be compared by difference. */
    private static final long FOREVER_NS = Long.MAX_VALUE / 4;

    private Deadline() {}

    /** In nanoseconds of the clock. */
    static long after(Duration duration, Time time) {
        return time.nanoseconds() + toNs(duration);
    }

    static long toNs(Duration duration) {
        return duration.compareTo(Duration.ofNanos(FOREVER_NS)) >= 0 ? FOREVER_NS : duration.toNanos();
    }
}
