package io.tailrace.runtime.worker;

import io.tailrace.common.Time;
import io.tailrace.log.api.Producer;
import io.tailrace.runtime.task.ActiveTask;
import io.tailrace.runtime.task.TurnClock;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Drives its tasks: {@code poll → process → punctuate → commit}, one turn after the other.
 *
 * <p><b>Owner:</b> the thread that opened it calls everything here, but for {@link #wakeup} and {@link #commitWhenIdle}, which
 * any thread may call. After an exception the worker can only be closed or abandoned.
 */
public final class Worker {
    private static final int RECORDS_PER_TURN =
            500; // per task: some milliseconds at most between two looks at the clock, and at the uncommitted bytes

    private final Thread owner = Thread.currentThread();
    private final List<ActiveTask> tasks;
    private final TaskInputs inputs;
    private final Producer<byte[], byte[]> producer;
    private final CommitProtocol commits;
    private final TurnClock clock;
    private final Time time; // read once or twice per commit
    private final WorkerListener listener;
    private final BooleanSupplier paused;
    private final Duration pollTimeout;
    private final long commitIntervalNs;
    private final long uncommittedMaxBytes;

    private long lastCommitNs;
    private boolean unflushed;
    private volatile boolean commitWhenIdle; // set by any thread, cleared by the owner

    Worker(
            List<ActiveTask> tasks,
            TaskInputs inputs,
            Producer<byte[], byte[]> producer,
            CommitProtocol commits,
            TurnClock clock,
            WorkerServices services) {
        this.tasks = List.copyOf(tasks);
        this.inputs = inputs;
        this.producer = producer;
        this.commits = commits;
        this.clock = clock;
        this.time = services.time();
        this.listener = services.listener();
        this.paused = services.paused();
        this.pollTimeout = services.config().poll();
        this.commitIntervalNs = services.config().commitInterval().toNanos();
        this.uncommittedMaxBytes = services.uncommittedMaxBytes();
        this.lastCommitNs = clock.nanoseconds();
    }

    /**
     * One turn. Never waits.
     *
     * @return units of work done; 0 when there was nothing to do
     */
    public int runOnce() {
        assert owner == Thread.currentThread() : "worker of " + owner + " used by " + Thread.currentThread();
        clock.tick();
        if (paused.getAsBoolean()) {
            return pause();
        }
        int work = inputs.poll(Duration.ZERO);
        boolean commitRequested = false;
        long uncommittedBytes = 0;
        for (ActiveTask task : tasks) {
            work += task.process(RECORDS_PER_TURN);
            work += task.punctuate();
            commitRequested |= task.isCommitRequested();
            uncommittedBytes += task.uncommittedBytes();
        }
        if (commitRequested
                || uncommittedBytes > uncommittedMaxBytes
                || clock.nanoseconds() - lastCommitNs >= commitIntervalNs
                || (work == 0 && commitWhenIdle)) {
            commit();
        } else if (work > 0) {
            unflushed = true;
        } else if (unflushed) {
            unflushed = false;
            commits.publish();
            work = 1;
        }
        return work;
    }

    /** A turn in which nothing is read and no punctuator is called; what was done before is still committed. */
    private int pause() {
        if (commitWhenIdle || clock.nanoseconds() - lastCommitNs >= commitIntervalNs) {
            commit();
        }
        return 0;
    }

    /** Waits for input, but not past the next punctuation, commit or whatever else is due. */
    public void awaitWork() {
        long nowMs = clock.milliseconds();
        long waitMs = pollTimeout.toMillis();
        if (paused.getAsBoolean()) {
            inputs.awaitWakeup(Duration.ofMillis(waitMs));
            return;
        }
        for (ActiveTask task : tasks) {
            waitMs = Math.min(waitMs, task.nextDeadlineMs() - nowMs);
        }
        long untilCommitMs = (commitIntervalNs - (clock.nanoseconds() - lastCommitNs)) / 1_000_000;
        waitMs = Math.min(waitMs, Math.max(1, untilCommitMs));
        if (waitMs > 0 && !commitWhenIdle) {
            inputs.poll(Duration.ofMillis(waitMs));
        }
    }

    /** Commits now what the tasks did; false when there was nothing. */
    public boolean commit() {
        commitWhenIdle = false; // before, so that a request that comes meanwhile leads to another commit
        long startNs = time.nanoseconds();
        boolean committed = commits.commit(tasks);
        unflushed = false;
        lastCommitNs = clock.nanoseconds();
        listener.committed(tasks, committed ? time.nanoseconds() - startNs : -1);
        return committed;
    }

    /** Asks for a commit as soon as there is nothing to process, instead of after the commit interval. Any thread. */
    public void commitWhenIdle() {
        commitWhenIdle = true;
        inputs.wakeup();
    }

    /** Ends {@link #awaitWork}, or makes the next one return at once. Any thread. */
    public void wakeup() {
        inputs.wakeup();
    }

    public List<ActiveTask> tasks() {
        return tasks;
    }

    /** Commits, then closes everything; what can be closed is, whatever fails. */
    public void close() {
        new Closing()
                .run(this::commit)
                .each(tasks, listener::taskClosing)
                .each(tasks, ActiveTask::close)
                .run(inputs::close)
                .run(producer::close)
                .rethrow();
    }

    /** Commits and lets go of the tasks, which stay open for another worker; the rest is closed. */
    public List<ActiveTask> release() {
        commit();
        tasks.forEach(ActiveTask::detach);
        new Closing().run(inputs::close).run(producer::close).rethrow();
        return tasks;
    }

    /** Gives up without commit: after a failure, or to simulate one. The processors are not told. */
    public void abandon() {
        new Closing()
                .each(tasks, listener::taskClosing)
                .each(tasks, ActiveTask::abandon)
                .run(inputs::close)
                .run(producer::close)
                .rethrow();
    }
}
