package io.tailrace.runtime.worker;

import io.tailrace.runtime.task.ActiveTask;
import java.util.Collection;

/** Told by workers, on their threads, what others may want to know. Must be thread safe. */
public interface WorkerListener {
    /** The task is restored and about to process; its stores may be read through their read-only views. */
    void taskStarted(ActiveTask task);

    /** The task is about to close its stores. */
    void taskClosing(ActiveTask task);

    /**
     * A commit is done, that of the stores included; the offsets are {@link ActiveTask#committedOffsets}.
     *
     * @param tookNs how long it took; -1 when there was nothing to commit
     */
    void committed(Collection<ActiveTask> tasks, long tookNs);
}
