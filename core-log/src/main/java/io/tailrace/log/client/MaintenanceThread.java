package io.tailrace.log.client;

import io.tailrace.common.Time;
import io.tailrace.common.errors.LogClosedException;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a pass of maintenance again and again, with a pause in between. The thread begins when there is something to look
 * after, and is parked between passes.
 *
 * <p><b>Threads:</b> any.
 */
final class MaintenanceThread implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MaintenanceThread.class);

    private final Time time;
    private final long intervalNs;
    private final Runnable pass;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition closing = lock.newCondition();
    private volatile boolean started; // written under lock
    private volatile boolean closed; // written under lock
    private @Nullable Thread thread; // guarded by lock

    /** @param interval between passes; zero for no thread */
    MaintenanceThread(Time time, Duration interval, Runnable pass) {
        this.time = time;
        this.intervalNs = interval.toNanos();
        this.pass = pass;
    }

    /** Does nothing but the first time. */
    void start() {
        if (started || intervalNs == 0) {
            return;
        }
        lock.lock();
        try {
            if (!started && !closed) {
                started = true;
                Thread created = new Thread(this::loop, "tailrace-maintenance");
                created.setDaemon(true);
                created.start();
                thread = created;
            }
        } finally {
            lock.unlock();
        }
    }

    private void loop() {
        try {
            while (true) {
                pause(intervalNs);
                try {
                    pass.run();
                } catch (LogClosedException e) {
                    throw e;
                } catch (RuntimeException | Error e) {
                    LOG.error("A pass of maintenance failed, the next one tries again", e);
                }
            }
        } catch (LogClosedException e) {
            LOG.debug("Maintenance ends with the log");
        }
    }

    /**
     * Returns when so much time of the clock has passed.
     *
     * @param nanoseconds 0 for none
     * @throws LogClosedException when the log is being closed
     */
    void pause(long nanoseconds) {
        if (!closed && nanoseconds == 0) {
            return;
        }
        long untilNs = time.nanoseconds() + nanoseconds;
        lock.lock();
        try {
            long leftNs = nanoseconds;
            while (!closed && leftNs > 0) {
                try {
                    closing.awaitNanos(leftNs);
                } catch (InterruptedException e) {
                    // Only a stranger interrupts this thread; closing is what ends it.
                    LOG.debug("Interrupted, and goes on");
                }
                leftNs = untilNs - time.nanoseconds();
            }
            if (closed) {
                throw new LogClosedException("log");
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends the thread; waits for the end of what it does. */
    @Override
    public void close() {
        Thread running;
        lock.lock();
        try {
            closed = true;
            closing.signalAll();
            running = thread;
        } finally {
            lock.unlock();
        }
        if (running != null && running != Thread.currentThread()) {
            Uninterruptibly.join(running);
        }
    }
}
