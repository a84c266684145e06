package io.tailrace.log.client;

import io.tailrace.common.Time;
import io.tailrace.common.errors.InterruptException;
import io.tailrace.common.errors.TimeoutException;
import io.tailrace.log.partition.Partition;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What one producer has taken and not acknowledged yet: records in batches that still fill, and batches in the log that wait
 * for the device. Bounds their bytes: whoever sends more waits.
 *
 * <p>The bound is kept within a few KiB for each partition and the records that several threads send in the same moment: it is
 * looked at before a record is added, and counted in steps.
 *
 * <p><b>Threads:</b> any. Its lock comes last.
 */
final class Unacknowledged {

    /** A batch in the log. */
    private static final class Batch {
        boolean done; // guarded by lock
        boolean left; // guarded by lock: it and all before it are done
    }

    private final Runnable acknowledged;
    private final Flusher flusher;
    private final Time time;
    private final long limitBytes;
    private final long maxBlockNs;
    private final AtomicLong bytes = new AtomicLong();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Batch> batches = new ArrayDeque<>(); // guarded by lock; in the order of appending

    /** @param acknowledged called when acknowledgements were given by another thread than the one that appended */
    Unacknowledged(Flusher flusher, Time time, long limitBytes, long maxBlockNs, Runnable acknowledged) {
        this.acknowledged = acknowledged;
        this.flusher = flusher;
        this.time = time;
        this.limitBytes = limitBytes;
        this.maxBlockNs = maxBlockNs;
    }

    /** Records were added to a batch. */
    void buffered(int newBytes) {
        bytes.addAndGet(newBytes);
    }

    /** A batch was given up, or acknowledged. */
    void released(int oldBytes) {
        long before = bytes.getAndAdd(-oldBytes);
        if (before >= limitBytes) {
            signal();
        }
    }

    /** A batch is in the log: has it acknowledged when it is as durable as the log promises, here or by another thread. */
    void appended(Partition partition, long endOffset, int batchBytes, Flusher.Acknowledgement acknowledgement) {
        if (flusher.isImmediate()) {
            acknowledgement.done(null);
            released(batchBytes);
            return;
        }
        Batch batch = new Batch();
        lock.lock();
        try {
            batches.add(batch);
        } finally {
            lock.unlock();
        }
        flusher.whenDurable(partition, endOffset, failure -> {
            acknowledgement.done(failure);
            bytes.addAndGet(-batchBytes);
            done(batch);
            acknowledged.run();
        });
    }

    private void done(Batch batch) {
        lock.lock();
        try {
            batch.done = true;
            for (Batch first = batches.peek(); first != null && first.done; first = batches.peek()) {
                batches.remove().left = true;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void signal() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether another record may be added. */
    boolean hasRoom() {
        return bytes.get() < limitBytes;
    }

    /**
     * Waits until another record may be added.
     *
     * @throws TimeoutException when that takes too long
     */
    void awaitRoom() {
        long deadlineNs = time.nanoseconds() + maxBlockNs;
        lock.lock();
        try {
            while (!hasRoom()) {
                long leftNs = deadlineNs - time.nanoseconds();
                if (leftNs <= 0) {
                    throw new TimeoutException("the producer's buffer is full: " + bytes.get() + " of " + limitBytes
                            + " bytes are not acknowledged, and none were for maxBlock = " + maxBlockNs / 1_000_000
                            + " ms; the device is slower than the caller: raise bufferBytes or maxBlock, or send less");
                }
                changed.awaitNanos(leftNs);
            }
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until what was appended before is acknowledged, well or not.
     *
     * @return false when the time came first
     */
    boolean await(long deadlineNs) {
        lock.lock();
        try {
            Batch last = batches.peekLast();
            while (last != null && !last.left) {
                long leftNs = deadlineNs - time.nanoseconds();
                if (leftNs <= 0) {
                    return false;
                }
                changed.awaitNanos(leftNs);
            }
            return true;
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } finally {
            lock.unlock();
        }
    }
}
