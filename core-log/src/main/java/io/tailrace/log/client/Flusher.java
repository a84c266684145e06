package io.tailrace.log.client;

import io.tailrace.common.Time;
import io.tailrace.common.errors.TailraceException;
import io.tailrace.log.api.Durability;
import io.tailrace.log.api.PartitionState;
import io.tailrace.log.partition.Partition;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forces partitions to the device, as the {@link Durability} of the log wants it.
 *
 * <ul>
 *   <li>{@link Durability#FSYNC}: acknowledgements wait for a force. All that came up while the device was at work are served by
 *       the next round together, one force for each partition.
 *   <li>{@link Durability.Mode#INTERVAL}: a partition is forced one interval after the first append since its last force.
 *   <li>{@link Durability#OS}: a full segment is forced in the background, so that recovery can begin behind it.
 * </ul>
 *
 * <p>One background thread, which is started by the first work and parked when there is none. A thread that has to wait anyway
 * ({@link #awaitDurable}) forces itself, or waits for the thread that is at it.
 *
 * <p><b>Threads:</b> any. <b>Owner:</b> {@link OpenLog}.
 */
final class Flusher implements AutoCloseable {

    /** Told when records survive a power loss. Called on the flusher's thread or the one that asked: be quick, do not throw. */
    interface Acknowledgement {
        /** @param failure why they may not; null when they do */
        void done(@Nullable RuntimeException failure);
    }

    /** An acknowledgement that waits. */
    private record Waiting(Partition partition, long endOffset, Acknowledgement acknowledgement) {}

    /** A partition that has to be forced in the background. */
    private record Due(Partition partition, AtomicBoolean noted, long dueNs) {}

    private static final Logger LOG = LoggerFactory.getLogger(Flusher.class);
    private static final long NOTHING_DUE = Long.MAX_VALUE;

    private final Durability durability;
    private final Time time;
    private final Runnable afterRound;
    private final long intervalNs;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private List<Waiting> waiting = new ArrayList<>(); // guarded by lock
    private final Deque<Due> due =
            new ArrayDeque<>(); // guarded by lock; in the order of their times, as the delay is the same
    private @Nullable Thread thread; // guarded by lock
    private boolean closed; // guarded by lock

    /** @param afterRound called on the flusher's thread after partitions were forced */
    Flusher(Durability durability, Time time, Runnable afterRound) {
        this.durability = durability;
        this.time = time;
        this.afterRound = afterRound;
        this.intervalNs = Deadline.toNs(durability.interval());
    }

    /** Has the partition, which was just opened, forced in the background from now on, as far as the policy wants that. */
    void watch(Partition partition) {
        AtomicBoolean noted = new AtomicBoolean();
        switch (durability.mode()) {
            case OS -> partition.onRoll(() -> note(partition, noted));
            case INTERVAL -> {
                partition.onAppend(() -> note(partition, noted));
                if (partition.forcedOffset() < partition.logEndOffset()) {
                    note(partition, noted); // what recovery has found
                }
            }
            case FSYNC -> {}
        }
    }

    private void note(Partition partition, AtomicBoolean noted) {
        if (noted.get() || !noted.compareAndSet(false, true)) {
            return;
        }
        long dueNs = time.nanoseconds() + intervalNs;
        lock.lock();
        try {
            due.add(new Due(partition, noted, dueNs));
            wake();
        } finally {
            lock.unlock();
        }
    }

    /** Whether nothing has to be waited for. */
    boolean isImmediate() {
        return !durability.isForced();
    }

    /**
     * Returns when the records before the offset are as durable as the policy promises for an acknowledgement.
     *
     * @throws io.tailrace.common.errors.StorageException when the device refuses
     */
    void awaitDurable(Partition partition, long endOffset) {
        if (durability.isForced()) {
            partition.force(endOffset);
        }
    }

    /** As {@link #awaitDurable}, without waiting. Acknowledgements of a partition are given in the order of the calls. */
    void whenDurable(Partition partition, long endOffset, Acknowledgement acknowledgement) {
        if (!durability.isForced()) {
            acknowledgement.done(null);
            return;
        }
        lock.lock();
        try {
            if (!closed) {
                waiting.add(new Waiting(partition, endOffset, acknowledgement));
                wake();
                return;
            }
        } finally {
            lock.unlock();
        }
        serve(partition, List.of(new Waiting(partition, endOffset, acknowledgement)));
    }

    // guarded by lock
    private void wake() {
        if (thread == null && !closed) {
            thread = new Thread(this::loop, "tailrace-flusher");
            thread.setDaemon(true);
            thread.start();
        } else {
            changed.signal();
        }
    }

    private void loop() {
        while (awaitWork()) {
            runRound();
        }
        runRound(); // what came up right before the end
    }

    /** False when closed. */
    private boolean awaitWork() {
        lock.lock();
        try {
            while (!closed && waiting.isEmpty()) {
                Due first = due.peek();
                long leftNs = first == null ? NOTHING_DUE : first.dueNs() - time.nanoseconds();
                if (leftNs <= 0) {
                    return true;
                }
                if (first == null) {
                    changed.awaitUninterruptibly();
                    continue;
                }
                try {
                    changed.awaitNanos(leftNs);
                } catch (InterruptedException e) {
                    // Only a stranger interrupts this thread, and it has nothing to stop for: acknowledgements wait.
                }
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    private void runRound() {
        Map<Partition, List<Waiting>> round = new LinkedHashMap<>();
        lock.lock();
        try {
            for (Waiting next : waiting) {
                round.computeIfAbsent(next.partition(), p -> new ArrayList<>()).add(next);
            }
            waiting = new ArrayList<>();
            long nowNs = time.nanoseconds();
            for (Due next = due.peek(); next != null && next.dueNs() - nowNs <= 0; next = due.peek()) {
                due.remove();
                next.noted().set(false); // before the force: what is appended meanwhile is noted again
                round.computeIfAbsent(next.partition(), p -> new ArrayList<>());
            }
        } finally {
            lock.unlock();
        }
        round.forEach(this::serve);
        try {
            afterRound.run();
        } catch (RuntimeException e) {
            LOG.warn("Recovery points are not stored, the next attempt follows: {}", e.getMessage());
        }
    }

    private void serve(Partition partition, List<Waiting> served) {
        RuntimeException failure = null;
        try {
            partition.force();
        } catch (RuntimeException e) {
            failure = e;
            if (served.isEmpty() && !(partition.state() instanceof PartitionState.Closed)) {
                LOG.error("{}", e.getMessage(), e);
            }
        } catch (Error e) { // whoever waits must hear of memory that ran out, too
            failure = new TailraceException("cannot force " + partition, e);
        }
        for (Waiting next : served) {
            next.acknowledgement().done(next.endOffset() <= partition.forcedOffset() ? null : failure);
        }
    }

    /** Serves those who wait, then stops the thread; later acknowledgements are served in the calling thread. */
    @Override
    public void close() {
        Thread running;
        lock.lock();
        try {
            closed = true;
            due.clear(); // closing the partitions forces them
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
