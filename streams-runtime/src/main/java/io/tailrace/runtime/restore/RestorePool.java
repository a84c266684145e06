package io.tailrace.runtime.restore;

import io.tailrace.log.api.EventLog;
import io.tailrace.processor.StateRestoreListener;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * Restores many stores at the same time, on threads that all workers of an application share: one changelog partition per
 * thread, the longest first. Little work is done by the caller alone. Any thread.
 *
 * <p>A store is filled on another thread than its owner's, which waits meanwhile.
 */
public final class RestorePool implements AutoCloseable {
    private static final long RECORDS_FOR_ONE_THREAD = 10_000; // so many take less than to start another one
    private static final long IDLE_SECONDS = 1;

    private final EventLog log;
    private final StateRestoreListener listener;
    private final ThreadPoolExecutor threads;

    /**
     * @param threadName what the names of the threads begin with
     * @param threadCount at most, from 1; they end when they are idle
     */
    public RestorePool(EventLog log, StateRestoreListener listener, String threadName, int threadCount) {
        this.log = log;
        this.listener = listener;
        AtomicInteger number = new AtomicInteger();
        this.threads = new ThreadPoolExecutor(
                threadCount,
                threadCount,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                work -> new Thread(work, threadName + "-" + number.incrementAndGet()));
        this.threads.allowCoreThreadTimeOut(true);
    }

    /**
     * Returns when all is restored, or when it was stopped. After a failure of one, the others are stopped before it is thrown.
     *
     * @param stopped ends the restore before it is complete; asked by several threads
     * @return whether every target was restored completely, which only being stopped prevents
     */
    public boolean restore(Collection<RestoreTarget> targets, BooleanSupplier stopped) {
        List<RestoreTarget> behind = new ArrayList<>();
        long records = 0;
        for (RestoreTarget target : targets) {
            if (target.from() < target.to()) {
                behind.add(target);
                records += target.to() - target.from();
                listener.onRestoreStart(target.changelog(), target.store(), target.from(), target.to());
            }
        }
        if (behind.isEmpty()) {
            return true;
        }
        if (behind.size() == 1 || threads.getCorePoolSize() == 1 || records <= RECORDS_FOR_ONE_THREAD) {
            return new ChangelogRestorer(log, listener, stopped).restore(behind);
        }
        behind.sort(Comparator.comparingLong((RestoreTarget target) -> target.from() - target.to()));
        return restoreInParallel(behind, stopped);
    }

    private boolean restoreInParallel(List<RestoreTarget> targets, BooleanSupplier stopped) {
        AtomicBoolean failed = new AtomicBoolean();
        BooleanSupplier ended = () -> failed.get() || stopped.getAsBoolean();
        List<Future<Boolean>> jobs = new ArrayList<>();
        for (RestoreTarget target : targets) {
            jobs.add(threads.submit(() -> {
                try {
                    return new ChangelogRestorer(log, listener, ended).restore(List.of(target));
                } catch (RuntimeException | Error e) {
                    failed.set(true);
                    throw e;
                }
            }));
        }
        return awaitAll(jobs);
    }

    /** Waits for all, whatever happens: the owner must not go on while somebody else writes to its stores. */
    private static boolean awaitAll(List<Future<Boolean>> jobs) {
        boolean complete = true;
        boolean interrupted = false;
        Throwable failure = null;
        for (Future<Boolean> job : jobs) {
            boolean waiting = true;
            while (waiting) {
                try {
                    complete &= job.get();
                    waiting = false;
                } catch (InterruptedException e) {
                    interrupted = true; // whoever wants the end says so by "stopped"
                } catch (ExecutionException e) {
                    waiting = false;
                    if (failure == null) {
                        failure = e.getCause();
                    } else if (failure != e.getCause()) {
                        failure.addSuppressed(e.getCause());
                    }
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        return complete;
    }

    /** To be called when no restore is on. Waits for the threads to end. */
    @Override
    public void close() {
        threads.shutdown();
        boolean interrupted = Thread.interrupted();
        boolean ended = false;
        while (!ended) {
            try {
                ended = threads.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                interrupted = true; // they have nothing left to do, so this does not take long
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
