package io.tailrace.runtime;

import io.micrometer.core.instrument.MeterRegistry;
import io.tailrace.common.Time;
import io.tailrace.common.config.ConfigException;
import io.tailrace.errors.StreamsException;
import io.tailrace.errors.StreamsNotStartedException;
import io.tailrace.errors.StreamsStoppedException;
import io.tailrace.errors.handler.StreamsUncaughtExceptionHandler;
import io.tailrace.log.EmbeddedLog;
import io.tailrace.log.api.EventLog;
import io.tailrace.processor.StateRestoreListener;
import io.tailrace.processor.StreamPartitioner;
import io.tailrace.query.StateQueryRequest;
import io.tailrace.query.StateQueryResult;
import io.tailrace.runtime.config.StreamsConfig;
import io.tailrace.runtime.engine.StateDirectory;
import io.tailrace.runtime.metadata.KeyQueryMetadata;
import io.tailrace.runtime.metadata.LagInfo;
import io.tailrace.runtime.metadata.StreamsMetadata;
import io.tailrace.runtime.metadata.ThreadMetadata;
import io.tailrace.runtime.query.StoreQueryParameters;
import io.tailrace.serde.Serializer;
import io.tailrace.topology.Topology;
import io.tailrace.topology.TopologyGraph;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Runs a topology on an event log in this JVM, with worker threads of its own: what {@code KafkaStreams} is in Kafka Streams.
 *
 * <pre>{@code
 * try (StreamsApp app = new StreamsApp(topology, config)) {
 *     app.start();
 *     app.awaitIdle(Duration.ofMinutes(1)); // everything that is in the log is processed and committed
 * }
 * }</pre>
 *
 * <p>States and their transitions are those of Kafka Streams:
 *
 * <pre>
 *   CREATED → REBALANCING ⇄ RUNNING        restoring stores ⇄ processing
 *      │           │           │
 *      ↓           ↓           ↓
 *   PENDING_SHUTDOWN → NOT_RUNNING          close()
 *                  PENDING_ERROR → ERROR    a failure that no handler answered with REPLACE_THREAD
 * </pre>
 *
 * <p><b>Threads:</b> any. <b>Owner:</b> whoever made it closes it, exactly like the log it was given; a log that it opened
 * itself it also closes.
 */
public final class StreamsApp implements AutoCloseable {
    /** Where an application is in its life. */
    public enum State {
        CREATED,
        REBALANCING,
        RUNNING,
        PENDING_SHUTDOWN,
        NOT_RUNNING,
        PENDING_ERROR,
        ERROR;

        public boolean hasNotStarted() {
            return this == CREATED;
        }

        public boolean isRunningOrRebalancing() {
            return this == RUNNING || this == REBALANCING;
        }

        public boolean isShuttingDown() {
            return this == PENDING_SHUTDOWN || this == PENDING_ERROR;
        }

        public boolean hasCompletedShutdown() {
            return this == NOT_RUNNING || this == ERROR;
        }

        public boolean hasStartedOrFinishedShuttingDown() {
            return isShuttingDown() || hasCompletedShutdown();
        }

        public boolean isValidTransition(State newState) {
            return switch (this) {
                case CREATED -> newState == REBALANCING || newState == PENDING_SHUTDOWN;
                case REBALANCING -> newState == RUNNING || newState == PENDING_SHUTDOWN || newState == PENDING_ERROR;
                case RUNNING -> newState == REBALANCING || newState == PENDING_SHUTDOWN || newState == PENDING_ERROR;
                case PENDING_SHUTDOWN -> newState == NOT_RUNNING;
                case PENDING_ERROR -> newState == ERROR;
                case NOT_RUNNING, ERROR -> false;
            };
        }
    }

    /** Told about every change of state, on the thread that causes it; must not wait for the application. */
    @FunctionalInterface
    public interface StateListener {
        void onChange(State newState, State oldState);
    }

    private static final Duration FOREVER = Duration.ofMillis(Long.MAX_VALUE);

    private final TopologyGraph graph;
    private final StreamsConfig config;
    private final EventLog log;
    private final boolean ownsLog;
    private final Time time;
    private final AppState state;
    private volatile boolean paused; // for a start that is still to come
    private volatile @Nullable AppRun run; // set once by start()
    private AppHooks hooks = AppHooks.NONE; // set before start() only, which hands it on

    /** As {@link #StreamsApp(Topology, StreamsConfig)}, with the configuration as properties. */
    public StreamsApp(Topology topology, Properties props) {
        this(topology, StreamsConfig.from(props));
    }

    /**
     * On a log of its own in {@code log.dir}, which is opened now.
     *
     * @throws ConfigException without {@code log.dir}
     * @throws io.tailrace.common.errors.LogLockedException when that log is open elsewhere
     */
    public StreamsApp(Topology topology, StreamsConfig config) {
        this(topology, config, openLog(config), true, Time.SYSTEM);
    }

    /** On the log of the caller, who closes it after this application. */
    public StreamsApp(Topology topology, StreamsConfig config, EventLog log) {
        this(topology, config, log, false, Time.SYSTEM);
    }

    /** As {@link #StreamsApp(Topology, StreamsConfig, EventLog)}, with a clock of the caller. */
    public StreamsApp(Topology topology, StreamsConfig config, EventLog log, Time time) {
        this(topology, config, log, false, time);
    }

    private StreamsApp(Topology topology, StreamsConfig config, EventLog log, boolean ownsLog, Time time) {
        this.graph = topology.graph();
        this.config = config;
        this.log = log;
        this.ownsLog = ownsLog;
        this.time = time;
        this.state = new AppState(config.applicationId());
    }

    private static EventLog openLog(StreamsConfig config) {
        return EmbeddedLog.open(
                config.logDir()
                        .orElseThrow(
                                () -> new ConfigException(
                                        "config '" + StreamsConfig.LOG_DIR_CONFIG
                                                + "' is not set: name the directory of the application's log, or give the application an EventLog")));
    }

    /** The log on which the application runs: to create topics, write and read. */
    public EventLog log() {
        return log;
    }

    public State state() {
        return state.get();
    }

    /**
     * Checks the topology against the log, creates internal topics, loads global stores and starts the workers, which restore
     * their stores and then process. Returns before the stores are restored.
     *
     * @throws IllegalStateException when it was started before
     * @throws io.tailrace.errors.MissingSourceTopicException when external topics are not in the log
     * @throws io.tailrace.errors.TopologyException when the topology cannot be laid out on the topics
     * @throws io.tailrace.errors.LockException when an application of that id runs already
     */
    public void start() {
        if (!state.moveTo(State.REBALANCING)) {
            throw new IllegalStateException("application " + config.applicationId() + " is " + state.get()
                    + ", and only a CREATED one can be started: make a new one");
        }
        AppRun starting = new AppRun(config, log, time, state, hooks, this::finish);
        run = starting;
        starting.start(graph, paused);
    }

    /** Called once, when no thread of the application runs any more. */
    private void finish() {
        if (ownsLog) {
            log.close();
        }
    }

    /**
     * Closes without limit of time: everything processed so far is committed. A second call does nothing. A thread that was
     * interrupted before, which often is why it closes, waits all the same and is interrupted afterwards.
     */
    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        try {
            close(FOREVER);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Finishes the turns that are on, commits, and closes stores and threads.
     *
     * @param timeout how long to wait for that; it goes on afterwards
     * @return whether everything is closed
     * @throws IllegalArgumentException when {@code timeout} is negative
     */
    public boolean close(Duration timeout) {
        if (timeout.isNegative()) {
            throw new IllegalArgumentException("close timeout " + timeout + ", expected zero or more");
        }
        AppRun running = run;
        if (running == null) {
            if (state.moveTo(State.PENDING_SHUTDOWN)) {
                finish();
                state.moveTo(State.NOT_RUNNING);
            }
            return state.get().hasCompletedShutdown();
        }
        running.stop(State.PENDING_SHUTDOWN);
        return running.awaitEnd(timeout);
    }

    /** As {@link #close(Duration)}, with options; without a timeout among them it waits as long as it takes. */
    public boolean close(CloseOptions options) {
        return close(options.timeout().orElse(FOREVER));
    }

    /**
     * Stops processing: no record is read and no punctuator called, until {@link #resume}. What was processed before is committed.
     * Global stores are still filled. A second call does nothing. May be called before the start, too.
     */
    public void pause() {
        paused = true;
        AppRun running = run;
        if (running != null) {
            running.pause();
        }
    }

    /** Goes on after {@link #pause}. */
    public void resume() {
        paused = false;
        AppRun running = run;
        if (running != null) {
            running.resume();
        }
    }

    public boolean isPaused() {
        return paused;
    }

    /**
     * Adds a worker thread, which gets its share of the tasks: all of them are dealt anew after a commit, with their stores open as
     * they are.
     *
     * @return the name of the thread; empty when the application does not run
     */
    public Optional<String> addStreamThread() {
        AppRun running = run;
        return running == null ? Optional.empty() : running.addWorker();
    }

    /**
     * Removes a worker thread, whose tasks go to the others, and waits for its end, unless a thread of the application itself calls
     * this. Without threads nothing is processed until one is added.
     *
     * @return the name of the thread; empty when the application does not run or has none
     */
    public Optional<String> removeStreamThread() {
        return removeStreamThread(FOREVER);
    }

    /**
     * As {@link #removeStreamThread()}, waiting no longer than {@code timeout}.
     *
     * @throws io.tailrace.common.errors.TimeoutException when the thread has not ended by then; it ends later
     */
    public Optional<String> removeStreamThread(Duration timeout) {
        if (timeout.isNegative()) {
            throw new IllegalArgumentException("timeout " + timeout + ", expected zero or more");
        }
        AppRun running = run;
        return running == null ? Optional.empty() : running.removeWorker(timeout);
    }

    /** @throws IllegalStateException after the start */
    public void setStateListener(@Nullable StateListener listener) {
        state.setListener(listener);
    }

    /**
     * Decides what follows when a worker fails; without one the application is shut down. {@code REPLACE_THREAD} opens the
     * worker's tasks again, from their last commit.
     *
     * @throws IllegalStateException after the start
     */
    public void setUncaughtExceptionHandler(StreamsUncaughtExceptionHandler handler) {
        state.requireCreated();
        hooks = hooks.withUncaughtHandler(handler);
    }

    /** @throws IllegalStateException after the start */
    public void setGlobalStateRestoreListener(@Nullable StateRestoreListener listener) {
        state.requireCreated();
        hooks = hooks.withRestoreListener(listener);
    }

    /**
     * Where the application registers its meters when it is started, and takes them out at its end. Without one nothing is measured
     * but plain counts, once per commit. docs/operations.md lists the meters.
     *
     * @throws IllegalStateException after the start
     */
    public void setMeterRegistry(@Nullable MeterRegistry registry) {
        state.requireCreated();
        hooks = hooks.withMeterRegistry(registry);
    }

    /**
     * A face of a store for reading, from any thread, across all tasks; it stays valid as long as the application runs.
     *
     * @throws StreamsNotStartedException before the start
     * @throws StreamsStoppedException after the end
     * @throws io.tailrace.errors.UnknownStateStoreException when the topology has no such store
     * @throws io.tailrace.errors.InvalidStateStoreException when it is being restored, or is of another kind
     */
    public <T> T store(StoreQueryParameters<T> storeQueryParameters) {
        return running().engine().stores().read(storeQueryParameters);
    }

    /**
     * Puts a query to the partitions of a store that the request names. Answers come from committed state; each partition's
     * is of one commit. Any thread.
     *
     * @throws StreamsNotStartedException before the start
     * @throws StreamsStoppedException after the end
     * @throws io.tailrace.errors.UnknownStateStoreException when the topology has no such store
     */
    public <R> StateQueryResult<R> query(StateQueryRequest<R> request) {
        return running().engine().queries().ask(request);
    }

    /**
     * Which partition of a store has a key, if records are spread by the hash of their serialized key.
     *
     * @throws io.tailrace.errors.UnknownStateStoreException when the topology has no such store
     */
    public <K> KeyQueryMetadata queryMetadataForKey(String storeName, K key, Serializer<K> keySerializer) {
        return running().engine().metadata().ofKey(storeName, key, keySerializer);
    }

    /**
     * Which partition of a store has a key, if records are spread by that partitioner, which is given a null value.
     *
     * @throws IllegalArgumentException when it does not choose exactly one partition
     * @throws io.tailrace.errors.UnknownStateStoreException when the topology has no such store
     */
    public <K> KeyQueryMetadata queryMetadataForKey(
            String storeName, K key, StreamPartitioner<? super K, ?> partitioner) {
        return running().engine().metadata().ofKey(storeName, key, partitioner);
    }

    /** The clients of this application: it is the only one. */
    public Collection<StreamsMetadata> metadataForAllStreamsClients() {
        return List.of(running().engine().metadata().client());
    }

    /** The clients that have a store: this one, or none when the topology has no such store. */
    public Collection<StreamsMetadata> streamsMetadataForStore(String storeName) {
        return metadataForAllStreamsClients().stream()
                .filter(client -> client.stateStoreNames().contains(storeName))
                .toList();
    }

    /** The worker threads, and the tasks that each runs now. */
    public Set<ThreadMetadata> metadataForLocalThreads() {
        return running().threads();
    }

    /** How far each store is behind its changelog, by store and partition: 0 unless it is being restored. */
    public Map<String, Map<Integer, LagInfo>> allLocalStorePartitionLags() {
        return running().engine().metadata().lags();
    }

    private AppRun running() {
        State now = state.get();
        AppRun running = run;
        if (now.hasNotStarted() || running == null) {
            throw new StreamsNotStartedException(
                    "application " + config.applicationId() + " was not started yet: call start()");
        }
        if (!now.isRunningOrRebalancing()) {
            throw new StreamsStoppedException(
                    "application " + config.applicationId() + " is " + now + ": it cannot be asked any more");
        }
        return running;
    }

    /**
     * Waits until everything that is in the log is processed and committed: all input partitions, repartition topics included,
     * and the global stores. What arrives meanwhile counts, too.
     *
     * @return false when that took longer than {@code timeout}
     * @throws StreamsException when the application failed, with the failure as cause
     * @throws IllegalStateException when it is not running
     */
    public boolean awaitIdle(Duration timeout) {
        AppRun running = run;
        if (running == null) {
            throw new IllegalStateException(
                    "application " + config.applicationId() + " was not started yet: call start()");
        }
        return running.awaitIdle(timeout);
    }

    /** Whether everything that is in the log is processed and committed now; false also when the application does not run. */
    public boolean caughtUp() {
        AppRun running = run;
        return running != null
                && state.get().isRunningOrRebalancing()
                && running.engine().isIdle();
    }

    /**
     * Deletes the local state of the application; it is restored from changelogs at the next start.
     *
     * @throws IllegalStateException while it is running
     */
    public void cleanUp() {
        State now = state.get();
        if (!now.hasNotStarted() && !now.hasCompletedShutdown()) {
            throw new IllegalStateException("application " + config.applicationId() + " is " + now
                    + ": its state can be deleted before the start and after the end only");
        }
        StateDirectory.delete(config, log);
    }
}
