package io.tailrace.runtime.metrics;

import io.tailrace.common.TopicPartition;
import io.tailrace.processor.StateRestoreListener;
import io.tailrace.processor.TaskId;
import io.tailrace.runtime.task.ActiveTask;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToLongFunction;

/** The counts of one application, from its start to its end. Written once per commit and restored batch. Any thread. */
public final class AppCounts implements StateRestoreListener {
    /** Told of what is counted, on the thread that counts. */
    public interface Listener {
        /** Nobody. */
        Listener NONE = new Listener() {
            @Override
            public void taskSeen(TaskId task) {}

            @Override
            public void committed(long tookNs) {}
        };

        /** Once per task. */
        void taskSeen(TaskId task);

        /** A commit that had something to commit. */
        void committed(long tookNs);
    }

    private final StateRestoreListener restoreListener;
    private final Listener listener;
    private final Map<TaskId, TaskCounts> tasks = new ConcurrentSkipListMap<>();
    private final LongAdder commits = new LongAdder();
    private final LongAdder commitNs = new LongAdder();
    private final LongAdder restored = new LongAdder();
    private final AtomicInteger restoring = new AtomicInteger();

    /** @param restoreListener also told of restores */
    public AppCounts(StateRestoreListener restoreListener, Listener listener) {
        this.restoreListener = restoreListener;
        this.listener = listener;
    }

    /**
     * A worker has committed.
     *
     * @param tookNs -1 when there was nothing to commit
     */
    public void committed(Collection<ActiveTask> committed, long tookNs, long nowMs) {
        for (ActiveTask task : committed) {
            TaskCounts counts = tasks.get(task.id());
            if (counts == null) {
                counts = new TaskCounts();
                tasks.put(task.id(), counts); // only the worker that has the task comes here with its id
                listener.taskSeen(task.id());
            }
            counts.update(task, nowMs);
        }
        if (tookNs >= 0) {
            commits.increment();
            commitNs.add(tookNs);
            listener.committed(tookNs);
        }
    }

    TaskCounts of(TaskId task) {
        return tasks.getOrDefault(task, new TaskCounts());
    }

    private long sum(ToLongFunction<TaskCounts> count) {
        return tasks.values().stream().mapToLong(count).sum();
    }

    long processed() {
        return sum(TaskCounts::processed);
    }

    long dropped() {
        return sum(TaskCounts::dropped);
    }

    long late() {
        return sum(TaskCounts::late);
    }

    long commits() {
        return commits.sum();
    }

    long commitNs() {
        return commitNs.sum();
    }

    long restored() {
        return restored.sum();
    }

    /** How many stores are being restored now. */
    int restoring() {
        return restoring.get();
    }

    @Override
    public void onRestoreStart(TopicPartition partition, String store, long startingOffset, long endingOffset) {
        restoring.incrementAndGet();
        restoreListener.onRestoreStart(partition, store, startingOffset, endingOffset);
    }

    @Override
    public void onBatchRestored(TopicPartition partition, String store, long batchEndOffset, long numRestored) {
        restored.add(numRestored);
        restoreListener.onBatchRestored(partition, store, batchEndOffset, numRestored);
    }

    @Override
    public void onRestoreEnd(TopicPartition partition, String store, long totalRestored) {
        restoring.decrementAndGet();
        restoreListener.onRestoreEnd(partition, store, totalRestored);
    }
}
