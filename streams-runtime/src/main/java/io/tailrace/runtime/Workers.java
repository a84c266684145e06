package io.tailrace.runtime;

import io.tailrace.runtime.engine.StreamsEngine;
import io.tailrace.runtime.engine.TaskExchange;
import io.tailrace.runtime.metadata.TaskMetadata;
import io.tailrace.runtime.metadata.ThreadMetadata;
import io.tailrace.runtime.task.ActiveTask;
import io.tailrace.runtime.worker.Closing;
import io.tailrace.runtime.worker.Worker;
import io.tailrace.runtime.worker.WorkerThread;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The worker threads of one application and the tasks they share: threads come and go, and whenever one does, or tasks do, all
 * tasks are dealt anew. Any thread; guarded by this.
 */
final class Workers implements WorkerThread.Source {
    private final StreamsEngine engine;
    private final String applicationId;
    private final long pollMs;
    private final WorkerThread.Listener listener;
    private final Runnable onIdle;
    private final TaskExchange exchange = new TaskExchange();
    private final TreeMap<Integer, WorkerThread> running = new TreeMap<>(); // without those that were told to leave
    private final Map<Integer, Thread> threads = new TreeMap<>();

    /** @param onIdle called again and again by threads that have no tasks */
    Workers(StreamsEngine engine, String applicationId, long pollMs, WorkerThread.Listener listener, Runnable onIdle) {
        this.engine = engine;
        this.applicationId = applicationId;
        this.pollMs = pollMs;
        this.listener = listener;
        this.onIdle = onIdle;
    }

    /** A new thread, which the caller starts; the tasks are dealt anew with {@link #deal}. */
    synchronized Thread add() {
        int index = 0;
        while (threads.containsKey(index)) {
            index++;
        }
        WorkerThread worker = new WorkerThread(index, this, listener);
        Thread thread = new Thread(worker, name(index));
        running.put(index, worker);
        threads.put(index, thread);
        return thread;
    }

    private String name(int index) {
        return applicationId + "-StreamThread-" + (index + 1);
    }

    /** Tells the thread that was added last to leave; the rest gets its tasks. Empty when there is none. */
    synchronized Optional<Thread> remove() {
        Map.Entry<Integer, WorkerThread> last = running.pollLastEntry();
        if (last == null) {
            return Optional.empty();
        }
        last.getValue().leave();
        deal();
        return Optional.ofNullable(threads.get(last.getKey()));
    }

    /** Has every thread give its tasks back and take its share of all. */
    synchronized void deal() {
        engine.workerCount(running.size());
        exchange.deal(engine.plan().tasks(), running.keySet());
        running.values().forEach(WorkerThread::release);
    }

    @Override
    public @Nullable Worker open(int index, BooleanSupplier stopped) {
        TaskExchange.Share share = exchange.take(index, stopped, pollMs, onIdle);
        if (share == null) {
            return null;
        }
        Closing closing = new Closing().each(share.stale(), engine::closeTask);
        if (closing.hasFailed()) {
            closing.each(share.open(), engine::closeTask);
        }
        closing.rethrow();
        return engine.openWorker(index, share.plans(), share.open(), stopped);
    }

    @Override
    public boolean mayGiveBack() {
        return exchange.mayGiveBack();
    }

    @Override
    public void giveBack(int index, List<ActiveTask> tasks) {
        exchange.giveBack(index, tasks);
        wakeIfAllMayGiveBack();
    }

    void started(int index) {
        exchange.started(index);
        wakeIfAllMayGiveBack();
    }

    /** Those who were told to give back may have gone on until now. */
    private void wakeIfAllMayGiveBack() {
        if (!exchange.isSettled() && exchange.mayGiveBack()) {
            wakeup();
        }
    }

    /** The thread ends. */
    synchronized void stopped(int index) {
        running.remove(index);
        threads.remove(index);
    }

    /** Whether every task is processed by one of the threads. */
    boolean areSettled() {
        return exchange.isSettled();
    }

    /** The threads, and what each runs now. */
    synchronized Set<ThreadMetadata> metadata(Map<String, Set<TaskMetadata>> tasksByThread) {
        Set<ThreadMetadata> metadata = new HashSet<>();
        threads.forEach((index, thread) -> {
            String now = !thread.isAlive() ? "DEAD" : exchange.isRunning(index) ? "RUNNING" : "STARTING";
            metadata.add(new ThreadMetadata(
                    thread.getName(), now, tasksByThread.getOrDefault(thread.getName(), Set.of()), Set.of()));
        });
        return metadata;
    }

    synchronized void stop() {
        running.values().forEach(WorkerThread::stop);
        exchange.wakeup();
    }

    synchronized void wakeup() {
        running.values().forEach(WorkerThread::wakeup);
    }

    synchronized void commitWhenIdle() {
        running.values().forEach(WorkerThread::commitWhenIdle);
    }

    /** Closes the tasks that no thread has taken, when none runs any more. */
    void close() {
        new Closing().each(exchange.takeRest(), engine::closeTask).rethrow();
    }
}
