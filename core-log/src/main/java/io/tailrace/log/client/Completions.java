package io.tailrace.log.client;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Futures to be completed, in the order of appending, apart from the locks under which batches are appended: completing runs
 * user code. One thread completes at a time; others leave their work to it and go on.
 *
 * <p><b>Threads:</b> any.
 */
final class Completions {
    private final Queue<Runnable> queue = new ConcurrentLinkedQueue<>();
    private final ReentrantLock completing = new ReentrantLock();

    void add(Runnable completion) {
        queue.add(completion);
    }

    /** Sees to it that what was added gets done, here or by the thread that is at it. */
    void run() {
        while (!queue.isEmpty() && !completing.isHeldByCurrentThread() && completing.tryLock()) {
            try {
                runAll();
            } finally {
                completing.unlock();
            }
        }
    }

    /** As {@link #run}, and returns when all that was added before is done; inside a completion it does not wait. */
    void await() {
        if (completing.isHeldByCurrentThread()) {
            return;
        }
        completing.lock();
        try {
            runAll();
        } finally {
            completing.unlock();
        }
        run(); // what was added while this thread was just about to unlock
    }

    /** Whether the calling thread is inside a completion, so that it must not wait for others. */
    boolean isInside() {
        return completing.isHeldByCurrentThread();
    }

    private void runAll() {
        for (Runnable next = queue.poll(); next != null; next = queue.poll()) {
            next.run();
        }
    }
}
