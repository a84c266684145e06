package io.tailrace.runtime.worker;

import io.tailrace.runtime.task.ActiveTask;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Runs a worker on a thread of its own, until it is stopped or fails for good. */
public final class WorkerThread implements Runnable {
    /** Gives the thread its tasks. Called on the thread. Must be thread safe: all workers of an application share it. */
    public interface Source {
        /** Waits for tasks and opens a worker with them; null when stopped meanwhile. */
        @Nullable
        Worker open(int index, BooleanSupplier stopped);

        /** Whether tasks would be dealt anew soon if they were given back now; asked when the thread was told to. */
        boolean mayGiveBack();

        /** Takes tasks back, open and committed; none after a failure, which has abandoned them. */
        void giveBack(int index, List<ActiveTask> tasks);
    }

    /** Told on the worker's thread. Must be thread safe: all workers of an application share it. */
    public interface Listener {
        /** The worker is open; also after it was replaced or has got other tasks. */
        void started(int index);

        /**
         * The worker failed and was given up.
         *
         * @return whether to open it again, from the last commit
         */
        boolean failed(int index, Throwable cause);

        /** The thread ends. */
        void stopped(int index);
    }

    private final int index;
    private final Source source;
    private final Listener listener;

    private volatile boolean stopping; // set by any thread
    private volatile boolean leaving; // set by any thread
    private volatile boolean releasing; // set by any thread, cleared by the worker's
    private volatile @Nullable Worker worker; // written by the worker's thread, read by any to wake it

    /** @param index from 0, for the listener */
    public WorkerThread(int index, Source source, Listener listener) {
        this.index = index;
        this.source = source;
        this.listener = listener;
    }

    /** Ends the loop after the turn that is on; the worker then commits and closes. Any thread. */
    public void stop() {
        stopping = true;
        wakeup();
    }

    /** Gives its tasks back as soon as it may, after the turn that is on, and takes others. Any thread. */
    public void release() {
        releasing = true;
        wakeup();
    }

    /** As {@link #release}, and ends instead. Any thread. */
    public void leave() {
        leaving = true;
        release();
    }

    /** Has it look at whether the application is paused. Any thread. */
    public void wakeup() {
        Worker running = worker;
        if (running != null) {
            running.wakeup();
        }
    }

    /** Asks for a commit as soon as there is nothing to process. Any thread. */
    public void commitWhenIdle() {
        Worker running = worker;
        if (running != null) {
            running.commitWhenIdle();
        }
    }

    @Override
    public void run() {
        try {
            boolean again = true;
            while (again) {
                again = runWorker();
            }
        } finally {
            listener.stopped(index);
        }
    }

    private boolean runWorker() {
        Worker opened = null;
        releasing = leaving; // before it takes tasks, so that a request that comes meanwhile leads to another round
        try {
            opened = source.open(index, () -> stopping || leaving);
            worker = opened;
            if (opened == null) {
                source.giveBack(index, List.of()); // it may have been stopped while it restored its share
                return false;
            }
            listener.started(index);
            while (!stopping && !(releasing && source.mayGiveBack())) {
                if (opened.runOnce() == 0) {
                    opened.awaitWork();
                }
            }
            if (!stopping) {
                List<ActiveTask> tasks = opened.release();
                opened = null;
                worker = null;
                source.giveBack(index, tasks);
                return !leaving;
            }
            Worker closing = opened;
            opened = null; // from here on it closes itself, whatever happens
            worker = null;
            closing.close();
            return false;
        } catch (Throwable e) { // also checked exceptions, which other languages throw without saying so
            worker = null;
            if (opened != null) {
                new Closing().run(opened::abandon).suppressedBy(e);
            }
            source.giveBack(index, List.of());
            return listener.failed(index, e) && !stopping && !leaving;
        }
    }
}
