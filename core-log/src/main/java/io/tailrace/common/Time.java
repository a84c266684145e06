package io.tailrace.common;

/**
 * The clock. Everything in Tailrace that needs the time is given one of these, so that a test can move time by hand.
 * Implementations are safe for any thread.
 */
public interface Time {
    /** The clock of this machine. */
    Time SYSTEM = new SystemTime();

    /** Wall-clock time, milliseconds since 1970-01-01T00:00Z; may jump. */
    long milliseconds();

    /** Monotonic time, nanoseconds since an arbitrary origin: only differences mean something. */
    long nanoseconds();
}
