package io.tailrace.log.partition;

import io.tailrace.common.TopicPartition;
import io.tailrace.common.errors.LogClosedException;
import io.tailrace.common.errors.StorageException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How far a partition is on the device, and what gets it there. Those who ask while the device is at work wait for it and then
 * share one more force. A failed force is final: what the device has then kept is unknown.
 *
 * <p><b>Threads:</b> any. Its lock is taken before the one of appends.
 */
final class ForcePoint {
    private final TopicPartition topicPartition;
    private final LiveSegments segments;
    private final ReentrantLock lock = new ReentrantLock(); // held while the device works
    private volatile long offset; // records before it are on the device; written under lock
    private volatile long stableOffset; // the last stable offset as of then; written before it
    private volatile @Nullable StorageException failure; // written once

    /** Where the partition ends for those who read everything, and for those who read committed data. */
    record Ends(long logEndOffset, long stableOffset) {}

    ForcePoint(TopicPartition topicPartition, LiveSegments segments, Ends onDevice) {
        this.topicPartition = topicPartition;
        this.segments = segments;
        this.stableOffset = onDevice.stableOffset();
        this.offset = onDevice.logEndOffset();
    }

    /** Records before it survive a power loss. */
    long offset() {
        return offset;
    }

    /** The last stable offset as of {@link #offset}. */
    long stableOffset() {
        return stableOffset;
    }

    /** Why no force will ever succeed again; null when none has failed. */
    @Nullable
    StorageException failure() {
        return failure;
    }

    /** @throws StorageException when an earlier force has failed */
    void check() {
        StorageException failed = failure;
        if (failed != null) {
            StorageException again = new StorageException(
                    failed.file(),
                    "an earlier force failed, so what is on the device of " + topicPartition + " behind offset "
                            + offset + " is unknown; close the log and open it again");
            again.initCause(failed);
            throw again;
        }
    }

    /**
     * Returns when the records before {@code endOffset} are on the device.
     *
     * @param ends asked right before the device is, under the lock; may throw when nothing may be forced any more
     * @return whether this call had to force
     */
    boolean reach(long endOffset, Supplier<Ends> ends) {
        if (endOffset <= offset) {
            return false;
        }
        lock.lock();
        try {
            if (endOffset <= offset) {
                return false;
            }
            Ends covered = ends.get();
            forceSegments();
            moveTo(covered);
        } finally {
            lock.unlock();
        }
        return true;
    }

    /** Forces what is not on the device yet; the caller is inside of {@link #whileIdle} and nothing is appended. */
    void reach(Ends ends) {
        forceSegments();
        moveTo(ends);
    }

    /** Everything before is on the device, or gone. */
    void moveTo(Ends ends) {
        stableOffset = ends.stableOffset();
        offset = ends.logEndOffset();
    }

    /** Runs while nobody forces. */
    void whileIdle(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }

    /** From the first segment that is not on the device; those behind it can only be younger. */
    private void forceSegments() {
        SegmentList current = segments.list();
        int first = current.size();
        while (first > 0 && !isForced(current.get(first - 1))) {
            first--;
        }
        for (int i = first; i < current.size(); i++) {
            force(current.get(i));
        }
    }

    // A new segment is empty, and says nothing about the one before it.
    private static boolean isForced(Segment segment) {
        return segment.isForced() && segment.end() > 0;
    }

    /** Forces one segment; does not move {@link #offset}. */
    void force(Segment segment) {
        try {
            segment.force();
        } catch (StorageException | LogClosedException e) {
            if (!segments.list().asList().contains(segment)) {
                return; // deleted meanwhile, by retention: it has nothing to be kept any more
            }
            throw failed(segment, e);
        }
    }

    private StorageException failed(Segment segment, RuntimeException cause) {
        StorageException failed = new StorageException(
                segment.path(),
                "a force failed, so what is on the device of " + topicPartition + " behind offset " + offset
                        + " is unknown; nothing more is appended or forced: close the log and open it again ("
                        + cause.getMessage() + ")");
        failed.initCause(cause);
        failure = failed;
        return failed;
    }
}
