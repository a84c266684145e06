package io.tailrace.runtime;

import io.tailrace.runtime.global.GlobalStores;
import io.tailrace.runtime.global.GlobalStoresThread;
import io.tailrace.runtime.metadata.TaskMetadata;
import io.tailrace.runtime.metadata.ThreadMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The threads of one application: the workers, and the one that fills global stores. Told to stop, that one ends last, because
 * workers read global stores to their last commit. Before {@link #begin} there are none. Any thread; guarded by this.
 */
final class AppThreads {
    private final String applicationId;
    private final List<Thread> all = new ArrayList<>(); // that ever ran
    private volatile @Nullable Workers workers; // set once by begin
    private @Nullable GlobalStoresThread globalThread;
    private int alive;
    private volatile boolean stopping; // also read by restores

    AppThreads(String applicationId) {
        this.applicationId = applicationId;
    }

    /** Starts that many workers, which share the tasks, and the thread of the global stores if there are any. */
    synchronized void begin(
            Workers crew, int count, Optional<GlobalStores> globalStores, GlobalStoresThread.Listener listener) {
        for (int index = 0; index < count; index++) {
            all.add(crew.add());
        }
        crew.deal();
        globalStores.ifPresent(stores -> {
            GlobalStoresThread keeper = new GlobalStoresThread(stores, listener);
            globalThread = keeper;
            all.add(new Thread(keeper, applicationId + "-GlobalStreamThread"));
        });
        alive = all.size();
        if (stopping) { // closed by another thread meanwhile
            crew.stop();
            stopGlobalThread();
        }
        workers = crew;
        all.forEach(Thread::start);
    }

    /** The name of the new thread; empty when there are no threads yet, or no more. */
    synchronized Optional<String> addWorker() {
        Workers crew = workers;
        if (crew == null || stopping) {
            return Optional.empty();
        }
        Thread added = crew.add();
        all.add(added);
        alive++;
        crew.deal();
        added.start();
        return Optional.of(added.getName());
    }

    /** The worker that was told to leave; empty when there is none. */
    synchronized Optional<Thread> removeWorker() {
        Workers crew = workers;
        return crew == null || stopping ? Optional.empty() : crew.remove();
    }

    /** Has the workers give their tasks back and take others. */
    void deal() {
        Workers crew = workers;
        if (crew != null) {
            crew.deal();
        }
    }

    /** Whether every task is processed by a worker. */
    boolean areSettled() {
        Workers crew = workers;
        return crew != null && crew.areSettled();
    }

    void wakeup() {
        Workers crew = workers;
        if (crew != null) {
            crew.wakeup();
        }
    }

    void commitWhenIdle() {
        Workers crew = workers;
        if (crew != null) {
            crew.commitWhenIdle();
        }
    }

    /** The worker threads, and what each runs now. */
    Set<ThreadMetadata> metadata(Map<String, Set<TaskMetadata>> tasksByThread) {
        Workers crew = workers;
        return crew == null ? Set.of() : crew.metadata(tasksByThread);
    }

    /** Whether a thread is one of the application, which must not wait for itself or for its peers. */
    synchronized boolean contains(Thread thread) {
        return all.contains(thread);
    }

    /** All that ever ran. */
    synchronized List<Thread> all() {
        return List.copyOf(all);
    }

    void workerStarted(int index) {
        Workers crew = workers;
        if (crew != null) {
            crew.started(index);
        }
    }

    void workerStopped(int index) {
        Workers crew = workers;
        if (crew != null) {
            crew.stopped(index);
        }
    }

    /**
     * A thread is at its end.
     *
     * @return whether it is the last one of an application that stops
     */
    synchronized boolean ended() {
        alive--;
        stopGlobalThreadIfAlone();
        return alive == 0 && stopping;
    }

    /**
     * Tells all threads to end.
     *
     * @return whether they began, and none is left that could be the last to end
     */
    synchronized boolean stop() {
        stopping = true;
        Workers crew = workers;
        if (crew != null) {
            crew.stop();
        }
        stopGlobalThreadIfAlone();
        return alive == 0 && crew != null;
    }

    boolean isStopping() {
        return stopping;
    }

    private void stopGlobalThreadIfAlone() {
        if (stopping && alive == 1) {
            stopGlobalThread();
        }
    }

    private void stopGlobalThread() {
        GlobalStoresThread keeper = globalThread;
        if (keeper != null) {
            keeper.stop();
        }
    }

    /** Closes the tasks that no thread has taken, when none runs any more. */
    void closeRest() {
        Workers crew = workers;
        if (crew != null) {
            crew.close();
        }
    }
}
