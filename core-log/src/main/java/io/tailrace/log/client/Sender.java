package io.tailrace.log.client;

import io.tailrace.common.Time;
import java.util.PriorityQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one background thread of a log: appends batches whose time has come, and lets go of members that stay away too long. It is
 * started by the first thing that has to wait and is parked while none does.
 *
 * <p><b>Threads:</b> any.
 */
final class Sender implements AutoCloseable {

    /** Something to be looked at when its time has come. */
    interface Task {
        /**
         * Called on the sender thread; must not throw.
         *
         * @return nanoseconds of the clock at which to call again, or {@link #DONE}
         */
        long run(long nowNs);
    }

    /** A task that is not to be called again until it is scheduled again. */
    static final long DONE = Long.MIN_VALUE;

    /** Times are compared by difference: the origin of the clock is arbitrary. */
    private record Entry(Task task, long dueNs) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            return Long.signum(dueNs - other.dueNs);
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(Sender.class);

    private final Time time;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final PriorityQueue<Entry> queue = new PriorityQueue<>(); // guarded by lock
    private @Nullable Thread thread; // guarded by lock
    private boolean closed; // guarded by lock

    Sender(Time time) {
        this.time = time;
    }

    /** Has the task called at {@code dueNs} or soon after; does nothing after {@link #close}. */
    void schedule(Task task, long dueNs) {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            Entry entry = new Entry(task, dueNs);
            Entry first = queue.peek();
            queue.add(entry);
            if (thread == null) {
                thread = new Thread(this::loop, "tailrace-sender");
                thread.setDaemon(true);
                thread.start();
            } else if (first == null || entry.compareTo(first) < 0) {
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Forgets the task; it may be running right now. */
    void cancel(Task task) {
        lock.lock();
        try {
            queue.removeIf(entry -> entry.task() == task);
        } finally {
            lock.unlock();
        }
    }

    private void loop() {
        for (Entry due = nextDue(); due != null; due = nextDue()) {
            try {
                long again = due.task().run(time.nanoseconds());
                if (again != DONE) {
                    schedule(due.task(), again);
                }
            } catch (RuntimeException | Error e) {
                // Tasks report failures themselves, so this is a defect; it must not stop the batches of others.
                LOG.error("{} failed in the sender thread", due.task(), e);
            }
        }
    }

    /** Waits for the next task whose time has come; null when closed. */
    private @Nullable Entry nextDue() {
        lock.lock();
        try {
            while (!closed) {
                Entry first = queue.peek();
                if (first == null) {
                    changed.awaitUninterruptibly();
                    continue;
                }
                long leftNs = first.dueNs() - time.nanoseconds();
                if (leftNs <= 0) {
                    return queue.poll();
                }
                try {
                    changed.awaitNanos(leftNs);
                } catch (InterruptedException e) {
                    // Only a stranger interrupts this thread, a callback of a future for example. It has nothing to
                    // stop
                    // for: batches wait for it.
                }
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    /** Stops the thread; what is still scheduled is dropped. Waits until the task that runs now has returned. */
    @Override
    public void close() {
        Thread running;
        lock.lock();
        try {
            closed = true;
            queue.clear();
            changed.signal();
            running = thread;
        } finally {
            lock.unlock();
        }
        if (running != null && running != Thread.currentThread()) {
            Uninterruptibly.join(running);
        }
    }
}
