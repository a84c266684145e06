package io.tailrace.runtime.engine;

import io.tailrace.common.Time;
import io.tailrace.common.TopicPartition;
import io.tailrace.log.api.EventLog;
import io.tailrace.log.api.IsolationLevel;
import io.tailrace.processor.StateStore;
import io.tailrace.runtime.config.StreamsConfig;
import io.tailrace.runtime.global.GlobalStores;
import io.tailrace.runtime.manifest.TopologyRecord;
import io.tailrace.runtime.metrics.AppCounts;
import io.tailrace.runtime.metrics.AppView;
import io.tailrace.runtime.plan.PhysicalPlan;
import io.tailrace.runtime.plan.TaskPlan;
import io.tailrace.runtime.query.StoreQueries;
import io.tailrace.runtime.query.StoreRegistry;
import io.tailrace.runtime.restore.RestorePool;
import io.tailrace.runtime.restore.RestoreProgress;
import io.tailrace.runtime.task.ActiveTask;
import io.tailrace.runtime.worker.Closing;
import io.tailrace.runtime.worker.OpenTransactions;
import io.tailrace.runtime.worker.Worker;
import io.tailrace.runtime.worker.WorkerListener;
import io.tailrace.runtime.worker.WorkerOpener;
import io.tailrace.runtime.worker.WorkerServices;
import io.tailrace.topology.StoreSpec;
import io.tailrace.topology.TopologyGraph;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An application laid out on a log, ready for its workers.
 *
 * <p><b>Life:</b> {@link #open} checks everything and creates internal topics; {@link #loadGlobalStores}; then each worker is
 * opened on the thread that will drive it, with {@link #openWorker}; after all workers and the global stores were closed,
 * {@link #close}. <b>Threads:</b> any, but for what workers and global stores say themselves.
 */
public final class StreamsEngine implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StreamsEngine.class);

    private final StreamsConfig config;
    private final EventLog log;
    private final Time time;
    private final TopologyGraph topology;
    private final BooleanSupplier paused;
    private final StateDirectory stateDirectory;
    private final StoreRegistry stores;
    private final StoreQueries queries;
    private final RestoreProgress restoreListener;
    private final RestorePool restores;
    private final EngineMetadata metadata;
    private final AppCounts counts;
    private final Runnable onCommit;
    private volatile Layout layout; // replaced when topics appear that a pattern matches
    private volatile int workers; // how many share the tasks, and the budgets

    /** Offsets, next to read, up to which everything is committed, stores included; written by workers, read by any thread. */
    private final Map<TopicPartition, Long> committed = new ConcurrentHashMap<>();

    private volatile @Nullable GlobalStores globalStores; // set once by loadGlobalStores, before workers are opened

    private StreamsEngine(
            TopologyGraph topology,
            StreamsConfig config,
            EventLog log,
            Time time,
            Layout layout,
            StateDirectory stateDirectory,
            EngineListeners listeners) {
        this.topology = topology;
        this.config = config;
        this.log = log;
        this.time = time;
        this.layout = layout;
        this.workers = Math.min(config.workers(), layout.plan().tasks().size());
        this.stateDirectory = stateDirectory;
        this.stores = new StoreRegistry(layout.storeInstances());
        this.queries = new StoreQueries(stores, globalStores(layout.plan()), time);
        this.restoreListener = new RestoreProgress(listeners.counts());
        this.restores = new RestorePool(
                log,
                restoreListener,
                config.applicationId() + "-Restore",
                Runtime.getRuntime().availableProcessors());
        this.metadata =
                new EngineMetadata(this::plan, log.admin(), config.applicationServer(), restoreListener, committed);
        this.counts = listeners.counts();
        this.onCommit = listeners.onCommit();
        this.paused = listeners.paused();
    }

    /**
     * @param time of punctuators, commit intervals and everything else
     * @throws io.tailrace.errors.MissingSourceTopicException when external topics are not in the log
     * @throws io.tailrace.errors.TopologyException when the topology cannot be laid out on them
     * @throws io.tailrace.errors.LockException when an application of that id runs already
     */
    public static StreamsEngine open(
            TopologyGraph topology, StreamsConfig config, EventLog log, Time time, EngineListeners listeners) {
        if (!config.withoutEffect().isEmpty()) {
            LOG.info(
                    "Application {}: configs that have no effect without a broker: {}",
                    config.applicationId(),
                    config.withoutEffect());
        }
        TopologyGraph graph = config.processorWrapper().map(topology::wrappedBy).orElse(topology);
        StateDirectory directory = StateDirectory.hold(config, log);
        try {
            OpenTransactions.abortAll(log.admin(), config.applicationId());
            Layout layout = Layout.of(graph, config, log);
            PhysicalPlan plan = layout.plan();
            TopologyRecord.logId(log)
                    .ifPresent(id -> directory.claim(
                            config.applicationId(), id, log.directory().isEmpty()));
            StreamsEngine engine = new StreamsEngine(graph, config, log, time, layout, directory, listeners);
            LOG.info(
                    "Application {}: {} tasks for {} workers, {} global stores, state in {}",
                    config.applicationId(),
                    plan.tasks().size(),
                    engine.workerCount(),
                    plan.globalTasks().size(),
                    directory);
            return engine;
        } catch (RuntimeException e) {
            new Closing().run(directory::close).suppressedBy(e);
            throw e;
        }
    }

    private static Set<String> globalStores(PhysicalPlan plan) {
        return plan.globalTasks().stream()
                .flatMap(task -> task.stores().stream())
                .map(StoreSpec::name)
                .collect(Collectors.toSet());
    }

    private WorkerServices services(Map<String, StateStore> globalFaces) {
        return new WorkerServices(
                log,
                time,
                config,
                layout.plan().names(),
                layout.offsetResets(),
                stateDirectory::of,
                paused,
                globalFaces,
                uncommittedMaxBytes(),
                restoreListener,
                restores,
                new Registration(),
                Math.max(1, workerCount()));
    }

    /** A worker's share. */
    private long uncommittedMaxBytes() {
        OptionalLong all = config.uncommittedMaxBytes();
        return all.isEmpty() ? Long.MAX_VALUE : all.getAsLong() / Math.max(1, workerCount());
    }

    public PhysicalPlan plan() {
        return layout.plan();
    }

    /** How many workers the tasks are spread over; to begin with as many as are configured, but not more than tasks. */
    public int workerCount() {
        return workers;
    }

    /** Says over how many workers the tasks are spread from now on; workers that are opened from now on share the budgets so. */
    public void workerCount(int count) {
        workers = count;
    }

    /** Whether topics that appear later may be read. */
    public boolean readsPatterns() {
        return topology.readsPatterns();
    }

    /**
     * Looks whether topics appeared, or disappeared, that concern a pattern; the tasks are then spread over as many workers as
     * are configured.
     *
     * @return whether there is another plan now: then the workers are to be opened anew
     * @throws io.tailrace.errors.TopologyException when the topology cannot be laid out on the topics that there are now
     */
    public synchronized boolean readNewTopics() {
        if (!readsPatterns() || layout.topics().equals(log.admin().listTopics())) {
            return false;
        }
        Layout next = Layout.of(topology, config, log);
        boolean changed = !next.plan().tasks().equals(layout.plan().tasks());
        layout = next;
        stores.expect(next.storeInstances());
        workers = Math.min(config.workers(), next.plan().tasks().size());
        if (changed) {
            LOG.info(
                    "Application {}: the topics that are read by pattern have changed, {} tasks now",
                    config.applicationId(),
                    next.plan().tasks().size());
        }
        return changed;
    }

    /** What meters may ask. */
    public AppView view() {
        return new EngineView(this, log.admin());
    }

    /** Every partition that is read, of global stores too. */
    List<TopicPartition> inputs() {
        return layout.inputs();
    }

    /** The offset, next to read, up to which everything of an input partition is committed; null before the first commit. */
    @Nullable
    Long committed(TopicPartition input) {
        return committed.get(input);
    }

    /** The stores that can be read by other threads. */
    public StoreRegistry stores() {
        return stores;
    }

    /** Puts queries to these stores. */
    public StoreQueries queries() {
        return queries;
    }

    /** What can be said about keys, tasks and stores. */
    public EngineMetadata metadata() {
        return metadata;
    }

    /**
     * Fills the global stores with what their topics hold now; to be called before any worker is opened. The caller then
     * drives them, and closes them after the workers.
     *
     * @param stopped ends a long load
     * @return empty when the topology has none
     */
    public Optional<GlobalStores> loadGlobalStores(BooleanSupplier stopped) {
        List<TaskPlan> globalTasks = layout.plan().globalTasks();
        if (globalTasks.isEmpty()) {
            return Optional.empty();
        }
        GlobalStores loaded = GlobalStores.open(globalTasks, services(Map.of()), stopped);
        globalStores = loaded;
        return Optional.of(loaded);
    }

    /**
     * Opens a worker with its share of the tasks, dealt out evenly among {@link #workerCount}, their stores restored; may be called
     * again after that worker has failed. The caller's thread owns it.
     *
     * @param index from 0
     * @param stopped ends a long restore
     * @return null when stopped
     */
    public @Nullable Worker openWorker(int index, BooleanSupplier stopped) {
        return openWorker(index, layout.plan().assign(workers).get(index), List.of(), stopped);
    }

    /**
     * As above, with these tasks.
     *
     * @param released those of them that are open already; abandoned when this fails
     */
    public @Nullable Worker openWorker(
            int index, List<TaskPlan> plans, List<ActiveTask> released, BooleanSupplier stopped) {
        GlobalStores global = globalStores;
        WorkerServices services = services(global == null ? Map.of() : global.faces());
        try {
            Worker worker = new WorkerOpener(services, index, stopped).open(plans, released);
            if (worker != null) {
                released.forEach(task -> metadata.started(task.plan())); // on another thread than before
            }
            return worker;
        } catch (RuntimeException | Error e) {
            new Closing().each(released, this::abandonTask).suppressedBy(e);
            throw e;
        }
    }

    private void abandonTask(ActiveTask task) {
        new Registration().taskClosing(task);
        task.abandon();
    }

    /** Closes a task that no worker has. */
    public void closeTask(ActiveTask task) {
        new Registration().taskClosing(task);
        task.close();
    }

    /**
     * Whether everything is processed and committed: every input partition, repartition topics included, is committed to its
     * log end, and global stores are filled to theirs.
     *
     * <p>The committed offsets are read before the log ends. A commit makes outputs readable before its offsets are noted here;
     * so where all ends read later still equal the offsets, no record was being processed, and none will come out of one. Records
     * of open transactions of others are not there yet.
     */
    public boolean isIdle() {
        Map<TopicPartition, Long> reached = Map.copyOf(committed);
        return log.admin().endOffsets(layout.inputs(), IsolationLevel.READ_COMMITTED).entrySet().stream()
                .allMatch(end -> end.getValue().equals(reached.get(end.getKey())));
    }

    /** Ends the threads for restores and releases the state directory. A second call does nothing. */
    @Override
    public void close() {
        restores.close();
        stateDirectory.close();
    }

    /** Keeps the registry of open stores up to date and passes on that commits happened. */
    private final class Registration implements WorkerListener {
        @Override
        public void taskStarted(ActiveTask task) {
            committed.putAll(task.committedOffsets());
            metadata.started(task.plan());
            stores.add(task.plan().global() ? 0 : task.id().partition(), task.stores());
        }

        @Override
        public void taskClosing(ActiveTask task) {
            metadata.closing(task.plan());
            stores.remove(task.plan().global() ? 0 : task.id().partition(), task.stores());
        }

        @Override
        public void committed(Collection<ActiveTask> tasks, long tookNs) {
            counts.committed(tasks, tookNs, time.milliseconds());
            tasks.forEach(task -> committed.putAll(task.committedOffsets()));
            onCommit.run();
        }
    }
}
