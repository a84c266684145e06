package io.tailrace.runtime;

import io.tailrace.common.Time;
import io.tailrace.common.errors.InterruptException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A wait on a monitor with a limit, for which the machine's clock counts. One thread. */
final class Waiting {
    private final long startNs = Time.SYSTEM.nanoseconds();
    private final long limitNs;

    Waiting(Duration limit) {
        this.limitNs = TimeUnit.NANOSECONDS.convert(limit); // saturates
    }

    boolean goesOn() {
        return Time.SYSTEM.nanoseconds() - startNs < limitNs;
    }

    /** Waits until notified or the limit is reached; the caller holds the monitor and checks its condition in a loop. */
    @SuppressWarnings("WaitNotInLoop") // the loop is the caller's
    void on(Object monitor) {
        try {
            monitor.wait(leftMs());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    /** Waits for the end of a thread; false when the limit is reached first. */
    boolean join(Thread thread) {
        try {
            thread.join(leftMs());
            return !thread.isAlive();
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private long leftMs() {
        return Math.max(1, TimeUnit.NANOSECONDS.toMillis(limitNs - (Time.SYSTEM.nanoseconds() - startNs)));
    }
}
