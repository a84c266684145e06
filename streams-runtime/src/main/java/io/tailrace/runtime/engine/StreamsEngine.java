package io.tailrace.runtime.engine;

import io.tailrace.common.Time;
import io.tailrace.common.TopicPartition;
import io.tailrace.common.config.ConfigException;
import io.tailrace.log.api.EventLog;
import io.tailrace.log.api.IsolationLevel;
import io.tailrace.processor.AutoOffsetReset;
import io.tailrace.processor.StateStore;
import io.tailrace.runtime.config.StreamsConfig;
import io.tailrace.runtime.global.GlobalStores;
import io.tailrace.runtime.manifest.TopologyRecord;
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
import io.tailrace.topology.SourceSpec;
import io.tailrace.topology.StoreSpec;
import io.tailrace.topology.TopologyGraph;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    private final PhysicalPlan plan;
    private final List<List<TaskPlan>> assignment;
    private final StateDirectory stateDirectory;
    private final StoreRegistry stores;
    private final StoreQueries queries;
    private final RestoreProgress restoreListener;
    private final RestorePool restores;
    private final EngineMetadata metadata;
    private final Function<String, AutoOffsetReset> offsetResets;
    private final Runnable onCommit;
    private final List<TopicPartition> inputs;

    /** Offsets, next to read, up to which everything is committed, stores included; written by workers, read by any thread. */
    private final Map<TopicPartition, Long> committed = new ConcurrentHashMap<>();

    private volatile @Nullable GlobalStores globalStores; // set once by loadGlobalStores, before workers are opened

    private StreamsEngine(
            StreamsConfig config,
            EventLog log,
            Time time,
            PhysicalPlan plan,
            StateDirectory stateDirectory,
            EngineListeners listeners) {
        this.config = config;
        this.log = log;
        this.time = time;
        this.plan = plan;
        int cores = Runtime.getRuntime().availableProcessors();
        this.assignment = plan.assign(config.numStreamThreads().orElse(cores));
        this.stateDirectory = stateDirectory;
        this.stores = new StoreRegistry(instances(plan));
        this.queries = new StoreQueries(stores, globalStores(plan), time);
        this.restoreListener = new RestoreProgress(listeners.restore());
        this.restores = new RestorePool(log, restoreListener, config.applicationId() + "-Restore", cores);
        this.metadata = new EngineMetadata(plan, log.admin(), config.applicationServer(), restoreListener, committed);
        this.onCommit = listeners.onCommit();
        this.offsetResets = offsetResets(plan, config);
        this.inputs = Stream.concat(
                        plan.inputs().stream(), plan.globalTasks().stream().flatMap(task -> task.inputs().stream()))
                .distinct()
                .toList();
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
            PhysicalPlan plan = InternalTopics.plan(graph, config.applicationId(), topicConfigs(config), log.admin());
            TopologyRecord.check(plan, config.applicationId(), config.acceptsTopologyChanges(), log);
            InternalTopics.create(plan, log.admin());
            StreamsEngine engine = new StreamsEngine(config, log, time, plan, directory, listeners);
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

    private static Map<String, String> topicConfigs(StreamsConfig config) {
        Map<String, String> configs = new LinkedHashMap<>();
        config.originalsWithPrefix(StreamsConfig.TOPIC_PREFIX).forEach((name, value) -> {
            if (value == null) {
                throw new ConfigException(
                        StreamsConfig.TOPIC_PREFIX + name, null, "expected the value of a topic config");
            }
            configs.put(name, value.toString());
        });
        return configs;
    }

    private static Map<String, Integer> instances(PhysicalPlan plan) {
        Map<String, Integer> instances = new HashMap<>();
        plan.tasks().forEach(task -> task.stores().forEach(store -> instances.merge(store.name(), 1, Integer::sum)));
        plan.globalTasks().forEach(task -> task.stores().forEach(store -> instances.put(store.name(), 1)));
        return instances;
    }

    private static Set<String> globalStores(PhysicalPlan plan) {
        return plan.globalTasks().stream()
                .flatMap(task -> task.stores().stream())
                .map(StoreSpec::name)
                .collect(Collectors.toSet());
    }

    /** Repartition topics are always read from their beginning: whatever is in there is work that was begun. */
    private static Function<String, AutoOffsetReset> offsetResets(PhysicalPlan plan, StreamsConfig config) {
        TopologyGraph graph = plan.graph();
        Map<String, AutoOffsetReset> resets = new HashMap<>();
        for (SourceSpec source : graph.sources()) {
            AutoOffsetReset own = source.offsetReset();
            for (String topic : source.topics()) {
                resets.put(topic, own == null ? config.autoOffsetReset() : own);
            }
        }
        graph.repartitionTopics()
                .forEach(topic -> resets.put(plan.names().inLog(topic.name()), AutoOffsetReset.earliest()));
        AutoOffsetReset fallback = config.autoOffsetReset();
        return topic -> resets.getOrDefault(topic, fallback);
    }

    private WorkerServices services(Map<String, StateStore> globalFaces) {
        return new WorkerServices(
                log,
                time,
                config,
                plan.names(),
                offsetResets,
                stateDirectory::of,
                globalFaces,
                uncommittedMaxBytes(),
                restoreListener,
                restores,
                new Registration());
    }

    /** A worker's share. */
    private long uncommittedMaxBytes() {
        OptionalLong all = config.uncommittedMaxBytes();
        return all.isEmpty() ? Long.MAX_VALUE : all.getAsLong() / Math.max(1, workerCount());
    }

    public PhysicalPlan plan() {
        return plan;
    }

    /** How many workers the tasks are spread over. */
    public int workerCount() {
        return assignment.size();
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
        if (plan.globalTasks().isEmpty()) {
            return Optional.empty();
        }
        GlobalStores loaded = GlobalStores.open(plan.globalTasks(), services(Map.of()), stopped);
        globalStores = loaded;
        return Optional.of(loaded);
    }

    /**
     * Opens a worker with its share of the tasks, their stores restored; may be called again after that worker has failed.
     * The caller's thread owns it.
     *
     * @param index from 0
     * @param stopped ends a long restore
     * @return null when stopped
     */
    public @Nullable Worker openWorker(int index, BooleanSupplier stopped) {
        GlobalStores global = globalStores;
        WorkerServices services = services(global == null ? Map.of() : global.faces());
        return new WorkerOpener(services, index, stopped).open(assignment.get(index));
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
        return log.admin().endOffsets(inputs, IsolationLevel.READ_COMMITTED).entrySet().stream()
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
        public void committed(Collection<ActiveTask> tasks) {
            tasks.forEach(task -> committed.putAll(task.committedOffsets()));
            onCommit.run();
        }
    }
}
