package io.tailrace.runtime.worker;

import io.tailrace.runtime.task.ActiveTask;
import java.util.Collection;

/**
 * Makes the work of tasks durable: outputs, changelogs, input offsets and stores. The guarantee of an application is decided
 * by which of these its workers use. Owner: the worker's thread.
 */
public interface CommitProtocol {
    /** Returns after everything that the tasks did so far is durable; false when there was nothing to commit. */
    boolean commit(Collection<ActiveTask> tasks);

    /** Nothing is left to process: shows to readers what they may see before the next commit. */
    void publish();
}
