package io.tailrace.log.client;

import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A held partition that takes its turn when it may have records. While it has none it costs the consumer nothing: whoever appends
 * brings it back.
 *
 * <p><b>Threads:</b> {@link #run} any; the rest the consumer's.
 */
final class Turn implements Runnable {
    private final PartitionCursor cursor;
    private final Queue<Turn> arrivals;
    private final Signal signal;
    private final AtomicBoolean announced = new AtomicBoolean(true);

    /** Whether it stands in the consumer's line. */
    boolean inLine;

    /** Whether it was given up, and only still stands in a line. */
    boolean dropped;

    /** @param arrivals where it announces itself when it was away from the line; for any thread */
    Turn(PartitionCursor cursor, Queue<Turn> arrivals, Signal signal) {
        this.cursor = cursor;
        this.arrivals = arrivals;
        this.signal = signal;
    }

    PartitionCursor cursor() {
        return cursor;
    }

    /** Something was appended, or the topic is gone. */
    @Override
    public void run() {
        if (!announced.get() && announced.compareAndSet(false, true)) {
            arrivals.add(this);
            signal.raise();
        }
    }

    /**
     * Leaves the line until something is appended.
     *
     * @return false when something just was: it has to stay in the line
     */
    boolean rest() {
        announced.set(false); // first: what is appended from here on is announced
        return !cursor.hasNews() || !announced.compareAndSet(false, true);
    }
}
