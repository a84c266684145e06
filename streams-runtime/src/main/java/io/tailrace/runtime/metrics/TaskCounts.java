package io.tailrace.runtime.metrics;

import io.tailrace.runtime.task.ActiveTask;

/**
 * What one task has counted, over all its lives in the application: also after it failed and was opened again. Written by the
 * worker that has the task, with each commit; read by any thread.
 */
final class TaskCounts {
    private long processedBefore; // in lives that are over; guarded by this, like all that are not volatile
    private long droppedBefore;
    private long lateBefore;
    private long hitsBefore;
    private long missesBefore;
    private int life; // identity of the task object that is counted now

    private volatile long processed;
    private volatile long dropped;
    private volatile long late;
    private volatile long cacheHits;
    private volatile long cacheMisses;
    private volatile long latencyMs;

    /** @return how many records were processed since the last update */
    synchronized long update(ActiveTask task, long nowMs) {
        int current = System.identityHashCode(task);
        if (current != life) {
            life = current;
            processedBefore = processed;
            droppedBefore = dropped;
            lateBefore = late;
            hitsBefore = cacheHits;
            missesBefore = cacheMisses;
        }
        long before = processed;
        processed = processedBefore + task.processedRecords();
        dropped = droppedBefore + task.droppedRecords();
        late = lateBefore + task.lateRecords();
        cacheHits = hitsBefore + task.cacheHits();
        cacheMisses = missesBefore + task.cacheMisses();
        if (processed > before && task.lastEventTimeMs() >= 0) {
            latencyMs = Math.max(0, nowMs - task.lastEventTimeMs());
        }
        return processed - before;
    }

    long processed() {
        return processed;
    }

    long dropped() {
        return dropped;
    }

    long late() {
        return late;
    }

    long cacheHits() {
        return cacheHits;
    }

    long cacheMisses() {
        return cacheMisses;
    }

    /** From the event time of the last record of a commit to that commit, in milliseconds. */
    long latencyMs() {
        return latencyMs;
    }
}
