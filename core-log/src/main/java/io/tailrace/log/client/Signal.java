package io.tailrace.log.client;

import io.tailrace.common.Time;
import io.tailrace.common.errors.InterruptException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Lets one thread sleep until another one has news. A raise that comes before the wait is not lost: the waiter clears the
 * signal first, then looks for what it waits for, then waits.
 *
 * <p><b>Threads:</b> {@link #raise} any, and cheap when the signal is up already; the others the one that waits.
 */
final class Signal {
    private final AtomicBoolean raised = new AtomicBoolean();
    private volatile @Nullable Thread waiter;

    void raise() {
        if (!raised.get() && raised.compareAndSet(false, true)) {
            LockSupport.unpark(waiter);
        }
    }

    void clear() {
        raised.set(false);
    }

    /**
     * Returns when the signal is up or the time has come.
     *
     * @param deadlineNs as {@link Time#nanoseconds()} of {@code time}
     * @throws InterruptException when the thread is interrupted
     */
    void awaitUntil(long deadlineNs, Time time) {
        waiter = Thread.currentThread();
        try {
            while (!raised.get()) {
                long leftNs = deadlineNs - time.nanoseconds();
                if (leftNs <= 0) {
                    return;
                }
                LockSupport.parkNanos(this, leftNs);
                if (Thread.interrupted()) {
                    throw new InterruptException(new InterruptedException());
                }
            }
        } finally {
            waiter = null;
        }
    }
}
