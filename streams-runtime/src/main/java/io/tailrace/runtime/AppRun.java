package io.tailrace.runtime;

import io.tailrace.common.Time;
import io.tailrace.common.errors.TimeoutException;
import io.tailrace.errors.StreamsException;
import io.tailrace.errors.handler.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import io.tailrace.log.api.EventLog;
import io.tailrace.runtime.StreamsApp.State;
import io.tailrace.runtime.config.StreamsConfig;
import io.tailrace.runtime.engine.EngineListeners;
import io.tailrace.runtime.engine.StreamsEngine;
import io.tailrace.runtime.global.GlobalStores;
import io.tailrace.runtime.global.GlobalStoresThread;
import io.tailrace.runtime.metadata.ThreadMetadata;
import io.tailrace.runtime.worker.Closing;
import io.tailrace.runtime.worker.WorkerThread;
import io.tailrace.topology.TopologyGraph;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One application from its start to its end: moves its state along with what its threads do. The last thread that ends closes
 * the engine and says how it ended. Any thread.
 */
final class AppRun implements WorkerThread.Listener, GlobalStoresThread.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(StreamsApp.class);

    private final StreamsConfig config;
    private final EventLog log;
    private final Time time;
    private final AppState state;
    private final Runnable onEnd;
    private final AppReport report;
    private final AppFailure failure;
    private final AppThreads threads;

    private volatile @Nullable StreamsEngine engine; // set once by start
    private volatile boolean paused; // also read by workers
    private long commits; // guarded by this, which is notified of each, and of the end
    private boolean ended; // guarded by this

    /** @param onEnd called once, when no thread of the application runs any more */
    AppRun(StreamsConfig config, EventLog log, Time time, AppState state, AppHooks hooks, Runnable onEnd) {
        this.config = config;
        this.log = log;
        this.time = time;
        this.state = state;
        this.onEnd = onEnd;
        this.report = new AppReport(config, hooks, time);
        this.failure = new AppFailure(config.applicationId(), hooks.uncaughtHandler());
        this.threads = new AppThreads(config.applicationId());
    }

    /** Throws what keeps the application from starting, after its state has become {@link State#ERROR}. */
    void start(TopologyGraph graph, boolean startsPaused) {
        paused = startsPaused;
        try {
            report.begin();
            StreamsEngine opened = StreamsEngine.open(
                    graph, config, log, time, new EngineListeners(report.counts(), this::onCommit, () -> paused));
            engine = opened;
            report.show(opened.view());
            Optional<GlobalStores> globalStores = opened.loadGlobalStores(threads::isStopping);
            // Where topics may appear later, threads wait for them.
            int count = opened.readsPatterns() ? config.workers() : opened.workerCount();
            Workers crew =
                    new Workers(opened, config.applicationId(), config.poll().toMillis(), this, this::readNewTopics);
            threads.begin(crew, count, globalStores, this);
            settle();
        } catch (RuntimeException | Error e) {
            failure.keep(e);
            state.moveTo(State.PENDING_ERROR);
            end();
            throw e;
        }
    }

    StreamsEngine engine() {
        StreamsEngine opened = engine;
        if (opened == null) {
            throw new IllegalStateException("application " + config.applicationId() + " is still starting");
        }
        return opened;
    }

    /** The worker threads, and what each runs now. */
    Set<ThreadMetadata> threads() {
        return threads.metadata(engine().metadata().tasksByThread());
    }

    /** Nothing more is read until {@link #resume}; what was processed is still committed. */
    void pause() {
        paused = true;
    }

    void resume() {
        paused = false;
        threads.wakeup();
    }

    /** Adds a worker if the application runs; the name of its thread. */
    Optional<String> addWorker() {
        if (!state.get().isRunningOrRebalancing()) {
            return Optional.empty();
        }
        state.moveTo(State.REBALANCING);
        return threads.addWorker();
    }

    /**
     * Removes a worker if the application runs and has one; the name of its thread.
     *
     * @throws TimeoutException when its turn takes longer than {@code timeout}; it ends later
     */
    Optional<String> removeWorker(Duration timeout) {
        if (!state.get().isRunningOrRebalancing()) {
            return Optional.empty();
        }
        Thread removed = threads.removeWorker().orElse(null);
        if (removed == null) {
            return Optional.empty();
        }
        state.moveTo(State.REBALANCING);
        settle(); // it may have had no tasks, or given them back already
        if (!threads.contains(Thread.currentThread()) && !new Waiting(timeout).join(removed)) {
            throw new TimeoutException("thread " + removed.getName() + " of application " + config.applicationId()
                    + " did not end within " + timeout + "; it will when its turn is over");
        }
        return Optional.of(removed.getName());
    }

    /** The application runs as soon as every task does. */
    private void settle() {
        if (threads.areSettled() && state.get() == State.REBALANCING) {
            state.moveTo(State.RUNNING);
        }
    }

    private void readNewTopics() {
        StreamsEngine opened = engine;
        if (opened == null || threads.isStopping()) {
            return;
        }
        try {
            if (opened.readNewTopics()) {
                state.moveTo(State.REBALANCING);
                threads.deal();
                settle();
            }
        } catch (RuntimeException e) {
            LOG.error("Application {} cannot read the topics that match a pattern now", config.applicationId(), e);
            giveUp(e);
        }
    }

    @Override
    public void started(int index) {
        threads.workerStarted(index);
        settle();
        tellWaiting(); // whoever waits for idleness may look again
    }

    @Override
    public boolean failed(int index, Throwable cause) {
        StreamThreadExceptionResponse response = failure.ask(cause);
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

    @Override
    public void stopped(int index) {
        threads.workerStopped(index);
        settle();
        threadEnded();
    }

    @Override
    public void globalStoresStopped(@Nullable Throwable cause) {
        if (cause != null) {
            LOG.error("The global stores of application {} failed; it is shut down", config.applicationId(), cause);
            failure.ask(cause); // for its eyes only: without global stores the workers cannot go on
            giveUp(cause);
        }
        threadEnded();
    }

    private void threadEnded() {
        if (threads.ended()) {
            end();
        }
    }

    private void giveUp(Throwable cause) {
        failure.keep(cause);
        stop(State.PENDING_ERROR);
    }

    /** Tells all threads to end, if that is a valid move now. */
    void stop(State next) {
        if (!state.moveTo(next)) {
            return; // closed, closing or failed already
        }
        boolean nobodyRuns = threads.stop(); // before they began, start() ends what it has begun itself
        synchronized (this) {
            notifyAll();
        }
        if (nobodyRuns) {
            end();
        }
    }

    /** The last step: no thread uses the engine any more. */
    private void end() {
        Closing closing = new Closing().run(threads::closeRest);
        StreamsEngine opened = engine;
        if (opened != null) {
            closing.run(opened::close);
        }
        closing.run(report::close).run(onEnd);
        Throwable cause = failure.first();
        if (cause != null) {
            closing.suppressedBy(cause);
        }
        state.moveTo(state.get() == State.PENDING_SHUTDOWN ? State.NOT_RUNNING : State.ERROR);
        synchronized (this) {
            ended = true;
            notifyAll();
        }
        if (cause == null) {
            closing.rethrow();
        }
    }

    /** Waits for the end; at once false when called by a thread of the application itself, which cannot wait for itself. */
    boolean awaitEnd(Duration timeout) {
        Waiting waiting = new Waiting(timeout);
        boolean waits = !threads.contains(Thread.currentThread());
        synchronized (this) {
            while (waits && !ended && waiting.goesOn()) {
                waiting.on(this);
            }
            if (!waits || !ended) {
                return ended;
            }
        }
        threads.all().forEach(waiting::join); // they have nothing left to do
        return true;
    }

    private void onCommit() {
        readNewTopics();
        report.onCommit();
        tellWaiting();
    }

    private synchronized void tellWaiting() {
        commits++;
        notifyAll();
    }

    /**
     * Waits until everything is processed and committed; false when that takes longer.
     *
     * @throws StreamsException when the application failed
     */
    boolean awaitIdle(Duration timeout) {
        Waiting waiting = new Waiting(timeout);
        readNewTopics();
        while (true) {
            long seen;
            synchronized (this) {
                requireAlive();
                seen = commits;
                threads.commitWhenIdle();
            }
            if (state.get() == State.RUNNING && engine().isIdle()) {
                return true;
            }
            synchronized (this) {
                while (commits == seen && !threads.isStopping() && !ended && waiting.goesOn()) {
                    waiting.on(this);
                }
            }
            if (!waiting.goesOn()) {
                return false;
            }
        }
    }

    private void requireAlive() {
        failure.rethrow();
        if (threads.isStopping() || ended) {
            throw new IllegalStateException("application " + config.applicationId() + " is " + state.get());
        }
    }
}
