package io.tailrace.runtime;

import io.tailrace.common.Time;
import io.tailrace.common.errors.TimeoutException;
import io.tailrace.errors.StreamsException;
import io.tailrace.errors.handler.StreamsUncaughtExceptionHandler;
import io.tailrace.errors.handler.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import io.tailrace.log.api.EventLog;
import io.tailrace.processor.StateRestoreListener;
import io.tailrace.runtime.StreamsApp.State;
import io.tailrace.runtime.config.StreamsConfig;
import io.tailrace.runtime.engine.EngineListeners;
import io.tailrace.runtime.engine.StreamsEngine;
import io.tailrace.runtime.global.GlobalStores;
import io.tailrace.runtime.global.GlobalStoresThread;
import io.tailrace.runtime.metadata.TaskMetadata;
import io.tailrace.runtime.metadata.ThreadMetadata;
import io.tailrace.runtime.metrics.AppCounts;
import io.tailrace.runtime.metrics.AppMeters;
import io.tailrace.runtime.metrics.SummaryLine;
import io.tailrace.runtime.worker.Closing;
import io.tailrace.runtime.worker.WorkerThread;
import io.tailrace.topology.TopologyGraph;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads of one application, from its start to its end. The last thread that ends closes the engine and says how it
 * ended. Any thread; everything that is not final is guarded by this.
 */
final class AppRun implements WorkerThread.Listener, GlobalStoresThread.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(StreamsApp.class);

    private final StreamsConfig config;
    private final EventLog log;
    private final AppState state;
    private final StreamsUncaughtExceptionHandler uncaughtHandler;
    private final Runnable onEnd;

    private @Nullable StreamsEngine engine;
    private @Nullable Workers workers;
    private @Nullable SummaryLine summary;
    private final @Nullable AppMeters meters;
    private final List<Thread> threads = new ArrayList<>(); // all that ever ran
    private @Nullable GlobalStoresThread globalThread;
    private int alive;
    private long commits;
    private volatile boolean stopping; // also read by restores
    private volatile boolean paused; // also read by workers
    private @Nullable Throwable failure;
    private boolean ended;

    AppRun(
            StreamsConfig config,
            EventLog log,
            AppState state,
            StreamsUncaughtExceptionHandler uncaughtHandler,
            @Nullable AppMeters meters,
            Runnable onEnd) {
        this.config = config;
        this.log = log;
        this.state = state;
        this.uncaughtHandler = uncaughtHandler;
        this.meters = meters;
        this.onEnd = onEnd;
    }

    /** Throws what keeps the application from starting, after its state has become {@link State#ERROR}. */
    void start(TopologyGraph graph, Time time, StateRestoreListener restoreListener, boolean startsPaused) {
        paused = startsPaused;
        try {
            AppMeters registered = meters;
            AppCounts counts =
                    new AppCounts(restoreListener, registered == null ? AppCounts.Listener.NONE : registered);
            if (registered != null) {
                registered.bind(counts);
            }
            StreamsEngine opened = StreamsEngine.open(
                    graph, config, log, time, new EngineListeners(counts, this::onCommit, () -> paused));
            synchronized (this) {
                engine = opened;
                summary = new SummaryLine(LOG::info, config.applicationId(), time, config.logSummaryInterval(), counts);
            }
            if (registered != null) {
                registered.show(opened.view());
            }
            Optional<GlobalStores> globalStores = opened.loadGlobalStores(() -> stopping);
            begin(opened, globalStores);
            settle();
        } catch (RuntimeException | Error e) {
            synchronized (this) {
                failure = e;
            }
            state.moveTo(State.PENDING_ERROR);
            end();
            throw e;
        }
    }

    private synchronized void begin(StreamsEngine opened, Optional<GlobalStores> globalStores) {
        Workers crew = new Workers(opened, config.applicationId(), config.poll().toMillis(), this, this::readNewTopics);
        workers = crew;
        // Where topics may appear later, threads wait for them.
        int count = opened.readsPatterns() ? config.workers() : opened.workerCount();
        for (int index = 0; index < count; index++) {
            threads.add(crew.add());
        }
        crew.deal();
        globalStores.ifPresent(stores -> {
            GlobalStoresThread keeper = new GlobalStoresThread(stores, this);
            globalThread = keeper;
            threads.add(new Thread(keeper, config.applicationId() + "-GlobalStreamThread"));
        });
        alive = threads.size();
        if (stopping) { // closed by another thread meanwhile
            crew.stop();
            stopGlobalThread();
        }
        threads.forEach(Thread::start);
    }

    /** Adds a worker if the application runs; the name of its thread. */
    Optional<String> addWorker() {
        if (!state.get().isRunningOrRebalancing()) {
            return Optional.empty();
        }
        state.moveTo(State.REBALANCING);
        synchronized (this) {
            Workers crew = workers;
            if (crew == null || stopping) {
                return Optional.empty();
            }
            Thread added = crew.add();
            threads.add(added);
            alive++;
            crew.deal();
            added.start();
            return Optional.of(added.getName());
        }
    }

    /**
     * Removes a worker if the application runs and has one; the name of its thread.
     *
     * @throws io.tailrace.common.errors.TimeoutException when its turn takes longer than {@code timeout}; it ends later
     */
    Optional<String> removeWorker(Duration timeout) {
        Thread removed;
        synchronized (this) {
            Workers crew = workers;
            if (crew == null || stopping || !state.get().isRunningOrRebalancing()) {
                return Optional.empty();
            }
            removed = crew.remove().orElse(null);
        }
        if (removed == null) {
            return Optional.empty();
        }
        state.moveTo(State.REBALANCING);
        settle(); // it may have had no tasks, or given them back already
        boolean ownThread = isOwnThread(Thread.currentThread()); // which must not wait for itself or for its peers
        if (!ownThread && !new Waiting(timeout).join(removed)) {
            throw new TimeoutException("thread " + removed.getName() + " of application " + config.applicationId()
                    + " did not end within " + timeout + "; it will when its turn is over");
        }
        return Optional.of(removed.getName());
    }

    private synchronized boolean isOwnThread(Thread thread) {
        return threads.contains(thread);
    }

    /** The application runs as soon as every task does. */
    private void settle() {
        Workers crew = crew();
        if (crew != null && crew.areSettled() && state.get() == State.REBALANCING) {
            state.moveTo(State.RUNNING);
        }
    }

    private synchronized @Nullable Workers crew() {
        return workers;
    }

    /** Nothing more is read until {@link #resume}; what was processed is still committed. */
    void pause() {
        paused = true;
    }

    void resume() {
        paused = false;
        Workers crew = crew();
        if (crew != null) {
            crew.wakeup();
        }
    }

    private void readNewTopics() {
        StreamsEngine opened = openedEngine();
        Workers crew = crew();
        if (opened == null || crew == null || stopping) {
            return;
        }
        try {
            if (opened.readNewTopics()) {
                state.moveTo(State.REBALANCING);
                crew.deal();
                settle();
            }
        } catch (RuntimeException e) {
            LOG.error("Application {} cannot read the topics that match a pattern now", config.applicationId(), e);
            giveUp(e);
        }
    }

    private synchronized @Nullable StreamsEngine openedEngine() {
        return engine;
    }

    synchronized StreamsEngine engine() {
        StreamsEngine opened = engine;
        if (opened == null) {
            throw new IllegalStateException("application " + config.applicationId() + " is still starting");
        }
        return opened;
    }

    /** The worker threads, and what each runs now. */
    Set<ThreadMetadata> threads() {
        Map<String, Set<TaskMetadata>> tasks = engine().metadata().tasksByThread();
        Workers crew = crew();
        return crew == null ? Set.of() : crew.metadata(tasks);
    }

    @Override
    public void started(int index) {
        Workers crew = crew();
        if (crew != null) {
            crew.started(index);
        }
        settle();
        tellWaiting(); // whoever waits for idleness may look again
    }

    @Override
    public boolean failed(int index, Throwable cause) {
        StreamThreadExceptionResponse response = answer(cause);
        LOG.error(
                "Worker {} of application {} failed, the answer is {}",
                index + 1,
                config.applicationId(),
                response,
                cause);
        if (response == StreamThreadExceptionResponse.REPLACE_THREAD) {
            state.moveTo(State.REBALANCING);
            return true;
        }
        giveUp(cause);
        return false;
    }

    private StreamThreadExceptionResponse answer(Throwable cause) {
        try {
            return uncaughtHandler.handle(cause);
        } catch (RuntimeException e) {
            LOG.error("The uncaught exception handler of application {} failed itself", config.applicationId(), e);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
    }

    private void giveUp(Throwable cause) {
        synchronized (this) {
            if (failure == null) {
                failure = cause;
            }
        }
        stop(State.PENDING_ERROR);
    }

    @Override
    public void stopped(int index) {
        Workers crew = crew();
        if (crew != null) {
            crew.stopped(index);
        }
        settle();
        threadEnded();
    }

    @Override
    public void globalStoresStopped(@Nullable Throwable cause) {
        if (cause != null) {
            LOG.error("The global stores of application {} failed; it is shut down", config.applicationId(), cause);
            answer(cause); // for its eyes only: without global stores the workers cannot go on
            giveUp(cause);
        }
        threadEnded();
    }

    private void threadEnded() {
        boolean last;
        synchronized (this) {
            alive--;
            last = alive == 0 && stopping;
            if (!last && workersEnded()) {
                stopGlobalThread();
            }
        }
        if (last) {
            end();
        }
    }

    /** Workers read global stores to their last commit, so these are closed after them. Guarded by this. */
    private boolean workersEnded() {
        return stopping && globalThread != null && alive == 1;
    }

    private void stopGlobalThread() {
        GlobalStoresThread keeper = globalThread;
        if (keeper != null) {
            keeper.stop();
        }
    }

    /** Tells all threads to end, if that is a valid move now. */
    void stop(State next) {
        if (!state.moveTo(next)) {
            return; // closed, closing or failed already
        }
        boolean nobodyRuns;
        synchronized (this) {
            stopping = true;
            if (workers != null) {
                workers.stop();
            }
            if (workersEnded()) {
                stopGlobalThread();
            }
            nobodyRuns = alive == 0 && workers != null; // before that, start() ends what it began
            notifyAll();
        }
        if (nobodyRuns) {
            end();
        }
    }

    /** The last step: no thread uses the engine any more. */
    private void end() {
        StreamsEngine opened;
        synchronized (this) {
            opened = engine;
        }
        Closing closing = new Closing();
        Workers crew = crew();
        if (crew != null) {
            closing.run(crew::close);
        }
        if (opened != null) {
            closing.run(opened::close);
        }
        if (meters != null) {
            closing.run(meters::close);
        }
        closing.run(onEnd);
        Throwable cause = failure();
        if (cause != null) {
            closing.suppressedBy(cause);
        }
        if (state.get() == State.PENDING_SHUTDOWN) {
            state.moveTo(State.NOT_RUNNING);
        } else {
            state.moveTo(State.ERROR);
        }
        synchronized (this) {
            ended = true;
            notifyAll();
        }
        if (cause == null) {
            closing.rethrow();
        }
    }

    private synchronized @Nullable Throwable failure() {
        return failure;
    }

    /** Waits for the end; at once false when called by a thread of the application itself, which cannot wait for itself. */
    boolean awaitEnd(Duration timeout) {
        Waiting waiting = new Waiting(timeout);
        List<Thread> toEnd;
        synchronized (this) {
            if (threads.contains(Thread.currentThread())) {
                return ended;
            }
            while (!ended && waiting.goesOn()) {
                waiting.on(this);
            }
            if (!ended) {
                return false;
            }
            toEnd = List.copyOf(threads);
        }
        toEnd.forEach(waiting::join); // they have nothing left to do
        return true;
    }

    private void onCommit() {
        readNewTopics();
        SummaryLine line = summary();
        if (line != null) {
            line.writeIfDue();
        }
        tellWaiting();
    }

    private synchronized @Nullable SummaryLine summary() {
        return summary;
    }

    private synchronized void tellWaiting() {
        commits++;
        notifyAll();
    }

    boolean awaitIdle(Duration timeout) {
        Waiting waiting = new Waiting(timeout);
        readNewTopics();
        while (true) {
            long seen;
            synchronized (this) {
                requireAlive();
                seen = commits;
                if (workers != null) {
                    workers.commitWhenIdle();
                }
            }
            if (state.get() == State.RUNNING && engine().isIdle()) {
                return true;
            }
            synchronized (this) {
                while (commits == seen && !stopping && !ended && waiting.goesOn()) {
                    waiting.on(this);
                }
            }
            if (!waiting.goesOn()) {
                return false;
            }
        }
    }

    private void requireAlive() {
        Throwable cause = failure;
        if (cause != null) {
            throw new StreamsException(
                    "application " + config.applicationId() + " failed: " + cause.getMessage(), cause);
        }
        if (stopping || ended) {
            throw new IllegalStateException("application " + config.applicationId() + " is " + state.get());
        }
    }
}
