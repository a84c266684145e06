package io.tailrace.log.clean;

import io.tailrace.common.Time;

/**
 * Bounds the bytes per second that maintenance reads and writes, so that it leaves the disk to others.
 *
 * <p><b>Owner:</b> one thread.
 */
public final class Throttle {

    /** How to wait. */
    @FunctionalInterface
    public interface Pause {
        /**
         * Returns after some time, or throws to end the work that is waiting.
         *
         * @param nanoseconds from 1; or 0 for no time at all, just to ask whether the work should end
         */
        void await(long nanoseconds);
    }

    /** As the limit: there is none. */
    public static final long UNLIMITED = Long.MAX_VALUE;

    private static final long NS_PER_SECOND = 1_000_000_000L;
    private static final long SHORTEST_PAUSE_NS = 1_000_000;

    private final Time time;
    private final Pause pause;
    private final long bytesPerSecond;
    private long paidUntilNs;

    /** @param bytesPerSecond from 1; {@link #UNLIMITED} for no limit */
    public Throttle(Time time, Pause pause, long bytesPerSecond) {
        this.time = time;
        this.pause = pause;
        this.bytesPerSecond = bytesPerSecond;
        this.paidUntilNs = time.nanoseconds();
    }

    /** Some bytes were read or written: waits until that many are allowed. */
    void used(long bytes) {
        long waitNs = 0;
        if (bytesPerSecond != UNLIMITED) {
            long nowNs = time.nanoseconds();
            if (paidUntilNs - nowNs < 0) {
                paidUntilNs = nowNs; // what was not used before is lost
            }
            paidUntilNs += (long) ((double) bytes / bytesPerSecond * NS_PER_SECOND);
            waitNs = paidUntilNs - nowNs;
        }
        pause.await(waitNs < SHORTEST_PAUSE_NS ? 0 : waitNs);
    }
}
