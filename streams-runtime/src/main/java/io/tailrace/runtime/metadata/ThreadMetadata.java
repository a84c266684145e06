package io.tailrace.runtime.metadata;

import java.util.Set;

/**
 * One worker thread.
 *
 * @param threadState {@code STARTING} while it opens and restores its tasks, {@code RUNNING}, or {@code DEAD}
 * @param standbyTasks always empty in one process
 */
public record ThreadMetadata(
        String threadName, String threadState, Set<TaskMetadata> activeTasks, Set<TaskMetadata> standbyTasks) {
    public ThreadMetadata {
        activeTasks = Set.copyOf(activeTasks);
        standbyTasks = Set.copyOf(standbyTasks);
    }
}
