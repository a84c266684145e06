package io.tailrace.runtime.worker;

import io.tailrace.runtime.task.ActiveTask;

/** Told by workers, on their threads, what others may want to know. Must be thread safe. */
public interface WorkerListener {
    /** The task is restored and about to process; its stores may be read through their read-only views. */
    void taskStarted(ActiveTask task);

    /** The task is about to close its stores. */
    void taskClosing(ActiveTask task);

    /** A commit of a worker is done. */
    void committed();
}
