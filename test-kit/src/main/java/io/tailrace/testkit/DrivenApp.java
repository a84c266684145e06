package io.tailrace.testkit;

import io.tailrace.common.Time;
import io.tailrace.log.api.EventLog;
import io.tailrace.processor.StateStore;
import io.tailrace.processor.TaskId;
import io.tailrace.runtime.config.StreamsConfig;
import io.tailrace.runtime.engine.EngineListeners;
import io.tailrace.runtime.engine.StateDirectory;
import io.tailrace.runtime.engine.StreamsEngine;
import io.tailrace.runtime.global.GlobalStores;
import io.tailrace.runtime.plan.TaskPlan;
import io.tailrace.runtime.query.StoreRegistry;
import io.tailrace.runtime.task.ActiveTask;
import io.tailrace.runtime.worker.Closing;
import io.tailrace.runtime.worker.Worker;
import io.tailrace.topology.TopologyGraph;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** An application whose workers take turns in the calling thread. Can be opened again after it was closed. One thread. */
final class DrivenApp {
    private final TopologyGraph graph;
    private final StreamsConfig config;
    private final EventLog log;
    private final Time time;
    private final List<Worker> workers = new ArrayList<>();
    private @Nullable GlobalStores globalStores;
    private @Nullable StreamsEngine engine;
    private @Nullable Throwable failure;

    DrivenApp(TopologyGraph graph, StreamsConfig config, EventLog log, Time time) {
        this.graph = graph;
        this.config = config;
        this.log = log;
        this.time = time;
    }

    void open() {
        failure = null;
        StreamsEngine opened = StreamsEngine.open(graph, config, log, time, EngineListeners.none());
        engine = opened;
        try {
            globalStores = opened.loadGlobalStores(() -> false).orElse(null);
            for (int index = 0; index < opened.workerCount(); index++) {
                Worker worker = opened.openWorker(index, () -> false);
                if (worker != null) {
                    workers.add(worker);
                }
            }
        } catch (RuntimeException | Error e) {
            new Closing().run(this::abandon).suppressedBy(e);
            throw e;
        }
    }

    /** Reads the topics that match a pattern by now; tasks that read the same as before stay open. */
    void readNewTopics() {
        StreamsEngine running = requireRunning();
        if (!running.readNewTopics()) {
            return;
        }
        Map<TaskId, ActiveTask> released = new LinkedHashMap<>();
        workers.forEach(worker -> worker.release().forEach(task -> released.put(task.id(), task)));
        workers.clear();
        List<List<TaskPlan>> shares = running.plan().assign(running.workerCount());
        for (int index = 0; index < shares.size(); index++) {
            List<ActiveTask> same = new ArrayList<>();
            for (TaskPlan plan : shares.get(index)) {
                ActiveTask task = released.remove(plan.id());
                if (task != null && task.plan().equals(plan)) {
                    same.add(task);
                } else if (task != null) {
                    running.closeTask(task);
                }
            }
            Worker worker = running.openWorker(index, shares.get(index), same, () -> false);
            if (worker != null) {
                workers.add(worker);
            }
        }
    }

    /** Takes turns until no worker has anything to do; what a worker throws ends the application. */
    void runUntilIdle(boolean commit) {
        requireRunning();
        try {
            boolean more = true;
            while (more) {
                int work = globalStores == null ? 0 : globalStores.runOnce();
                for (Worker worker : workers) {
                    work += worker.runOnce();
                }
                more = work > 0 || (commit && commitAll());
            }
        } catch (RuntimeException | Error e) {
            new Closing().run(this::abandon).suppressedBy(e);
            failure = e;
            throw e;
        }
    }

    void commit() {
        requireRunning();
        commitAll();
    }

    private boolean commitAll() {
        boolean any = globalStores != null && globalStores.commit();
        for (Worker worker : workers) {
            any |= worker.commit();
        }
        return any;
    }

    void close() {
        end(new Closing().each(workers, Worker::close), true);
    }

    /** Deletes the local state; the application must be closed. */
    void deleteState() {
        StateDirectory.delete(config, log);
    }

    /** Gives up without commit. */
    void abandon() {
        end(new Closing().each(workers, Worker::abandon), false);
    }

    private void end(Closing closing, boolean clean) {
        workers.clear();
        GlobalStores global = globalStores;
        globalStores = null;
        if (global != null) {
            closing.run(clean ? global::close : global::abandon);
        }
        StreamsEngine opened = engine;
        engine = null;
        if (opened != null) {
            closing.run(opened::close);
        }
        closing.rethrow();
    }

    private StreamsEngine requireRunning() {
        StreamsEngine opened = engine;
        if (opened == null) {
            throw new IllegalStateException(
                    "the application does not run any more, because it failed: " + failure
                            + "; restart() opens it again",
                    failure);
        }
        return opened;
    }

    Set<String> storeNames() {
        return new TreeSet<>(requireRunning().stores().names());
    }

    /** The store itself when there is one instance, else a read-only face over all; null when there is none. */
    @Nullable
    StateStore store(String name) {
        StoreRegistry stores = requireRunning().stores();
        if (!stores.names().contains(name)) {
            return null;
        }
        Map<Integer, StateStore> open = stores.open(name);
        StateStore first = open.values().iterator().next();
        return open.size() == 1 ? first : new SpreadStore(name, first, stores).face();
    }
}
