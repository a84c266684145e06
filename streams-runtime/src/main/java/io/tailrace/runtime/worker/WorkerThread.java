package io.tailrace.runtime.worker;

import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Runs a worker on a thread of its own, until it is stopped or fails for good. */
public final class WorkerThread implements Runnable {
    /** Opens the worker, on the thread that will own it; null when stopped meanwhile. */
    public interface Opener {
        @Nullable
        Worker open(BooleanSupplier stopped);
    }

    /** Told on the worker's thread. Must be thread safe: all workers of an application share it. */
    public interface Listener {
        /** The worker is open; also after it was replaced. */
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
    private final Opener opener;
    private final Listener listener;

    private volatile boolean stopping; // set by any thread
    private volatile @Nullable Worker worker; // written by the worker's thread, read by any to wake it

    /** @param index from 0, for the listener */
    public WorkerThread(int index, Opener opener, Listener listener) {
        this.index = index;
        this.opener = opener;
        this.listener = listener;
    }

    /** Ends the loop after the turn that is on; the worker then commits and closes. Any thread. */
    public void stop() {
        stopping = true;
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
        try {
            opened = opener.open(() -> stopping);
            worker = opened;
            if (opened == null) {
                return false;
            }
            listener.started(index);
            while (!stopping) {
                if (opened.runOnce() == 0) {
                    opened.awaitWork();
                }
            }
            Worker closing = opened;
            opened = null; // from here on it closes itself, whatever happens
            worker = null;
            closing.close();
            return false;
        } catch (RuntimeException | Error e) {
            worker = null;
            if (opened != null) {
                new Closing().run(opened::abandon).suppressedBy(e);
            }
            return listener.failed(index, e) && !stopping;
        }
    }
}
