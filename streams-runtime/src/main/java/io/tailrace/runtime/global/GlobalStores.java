package io.tailrace.runtime.global;

import io.tailrace.common.TopicPartition;
import io.tailrace.log.api.Consumer;
import io.tailrace.log.api.ConsumerConfig;
import io.tailrace.log.api.EventLog;
import io.tailrace.log.api.IsolationLevel;
import io.tailrace.log.api.OffsetAndMetadata;
import io.tailrace.log.api.OffsetResetPolicy;
import io.tailrace.log.api.Producer;
import io.tailrace.log.api.ProducerConfig;
import io.tailrace.processor.StateStore;
import io.tailrace.runtime.config.StreamsConfig;
import io.tailrace.runtime.plan.TaskPlan;
import io.tailrace.runtime.restore.ChangelogBounds;
import io.tailrace.runtime.task.ActiveTask;
import io.tailrace.runtime.task.ExceptionHandlers;
import io.tailrace.runtime.task.LastLetters;
import io.tailrace.runtime.task.TaskServices;
import io.tailrace.runtime.task.TurnClock;
import io.tailrace.runtime.worker.Closing;
import io.tailrace.runtime.worker.TaskInputs;
import io.tailrace.runtime.worker.TopicPartitionCounts;
import io.tailrace.runtime.worker.WorkerListener;
import io.tailrace.runtime.worker.WorkerServices;
import io.tailrace.serde.ByteArrayDeserializer;
import io.tailrace.serde.ByteArraySerializer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;

/**
 * Fills the global stores of an application from their topics and keeps them up to date.
 *
 * <p>A topic is read through the store's own processor, also on restore, so that the store holds what the processor makes of
 * the records. The offset that was reached is committed with the store itself; no group offset is. <b>Owner:</b> one thread,
 * but for {@link #wakeup} and {@link #faces}.
 */
public final class GlobalStores {
    private static final int RECORDS_PER_TURN = 1_000;

    private final List<ActiveTask> tasks;
    private final TaskInputs inputs;
    private final Producer<byte[], byte[]> producer;
    private final TurnClock clock;
    private final Duration poll;
    private final WorkerListener listener;
    private final long commitIntervalNs;
    private long lastCommitNs;

    private GlobalStores(
            List<ActiveTask> tasks,
            TaskInputs inputs,
            Producer<byte[], byte[]> producer,
            TurnClock clock,
            WorkerServices services) {
        this.tasks = tasks;
        this.inputs = inputs;
        this.producer = producer;
        this.clock = clock;
        this.poll = services.config().poll();
        this.listener = services.listener();
        this.commitIntervalNs = services.config().commitInterval().toNanos();
    }

    /**
     * Opens the stores and loads everything that their topics hold now.
     *
     * @param stopped ends a long load
     */
    public static GlobalStores open(List<TaskPlan> plans, WorkerServices services, BooleanSupplier stopped) {
        EventLog log = services.log();
        StreamsConfig config = services.config();
        TurnClock clock = new TurnClock(services.time());
        Producer<byte[], byte[]> producer =
                log.newProducer(ProducerConfig.DEFAULT, new ByteArraySerializer(), new ByteArraySerializer());
        Consumer<byte[], byte[]> consumer = log.newConsumer(
                ConsumerConfig.DEFAULT
                        .withAutoOffsetReset(OffsetResetPolicy.EARLIEST)
                        .withIsolationLevel(IsolationLevel.READ_COMMITTED)
                        .withMaxPollRecords(RECORDS_PER_TURN),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        TaskInputs inputs = new TaskInputs(
                consumer,
                config.bufferedRecordsPerPartition(),
                (reader, partition) -> reader.seekToBeginning(List.of(partition)));
        TaskServices taskServices = new TaskServices(
                config,
                services.names(),
                clock,
                producer,
                ExceptionHandlers.ofGlobalStores(config),
                LastLetters.to(log),
                services.directories(),
                new TopicPartitionCounts(log.admin()),
                Map.of(),
                null);
        List<ActiveTask> tasks = new ArrayList<>();
        GlobalStores stores = new GlobalStores(tasks, inputs, producer, clock, services);
        try {
            List<TopicPartition> all =
                    plans.stream().flatMap(plan -> plan.inputs().stream()).toList();
            ChangelogBounds bounds = ChangelogBounds.of(log.admin(), all);
            plans.forEach(plan -> tasks.add(ActiveTask.open(plan, taskServices, inputs, bounds)));
            stores.load(bounds, services, stopped);
            return stores;
        } catch (RuntimeException | Error e) {
            stores.abandoning().suppressedBy(e);
            throw e;
        }
    }

    private void load(ChangelogBounds bounds, WorkerServices services, BooleanSupplier stopped) {
        Map<TopicPartition, Long> starts = new LinkedHashMap<>();
        for (ActiveTask task : tasks) {
            StateStore store = store(task);
            for (TopicPartition input : task.plan().inputs()) {
                Long committed = store.committedOffset(input);
                long start = committed == null ? bounds.start(input) : committed;
                starts.put(input, start);
                services.restoreListener().onRestoreStart(input, store.name(), start, bounds.end(input));
            }
        }
        inputs.assign(tasks, starts);
        for (ActiveTask task : tasks) {
            task.start(Map.of(), Map.of(), StreamsConfig.MAX_TASK_IDLE_MS_DISABLED);
        }
        while (!isLoaded(bounds) && !stopped.getAsBoolean()) {
            runOnce();
        }
        commit();
        for (ActiveTask task : tasks) {
            for (TopicPartition input : task.plan().inputs()) {
                long restored = bounds.end(input) - Objects.requireNonNull(starts.get(input));
                services.restoreListener().onRestoreEnd(input, store(task).name(), restored);
            }
            listener.taskStarted(task);
        }
    }

    private boolean isLoaded(ChangelogBounds bounds) {
        return tasks.stream().allMatch(task -> task.plan().inputs().stream()
                .allMatch(input -> inputs.position(input) >= bounds.end(input) && task.buffered(input) == 0));
    }

    private static StateStore store(ActiveTask task) {
        return task.stores().values().iterator().next(); // a global task has exactly one
    }

    /** One turn: reads, applies, and commits when it is due. Never waits; returns units of work done. */
    public int runOnce() {
        clock.tick();
        int work = inputs.poll(Duration.ZERO);
        for (ActiveTask task : tasks) {
            work += task.process(RECORDS_PER_TURN);
            work += task.punctuate();
        }
        if (clock.nanoseconds() - lastCommitNs >= commitIntervalNs) {
            commit();
        }
        return work;
    }

    /** Waits for input, but not past the next commit. */
    public void awaitWork() {
        long untilCommitMs = (commitIntervalNs - (clock.nanoseconds() - lastCommitNs)) / 1_000_000;
        long waitMs = Math.min(poll.toMillis(), Math.max(1, untilCommitMs));
        inputs.poll(Duration.ofMillis(waitMs));
    }

    /** Makes what was applied visible to readers and durable; false when there was nothing. */
    public boolean commit() {
        boolean any = false;
        for (ActiveTask task : tasks) {
            if (task.isDirty()) {
                any = true;
                task.beforeCommit();
                producer.flush();
                Map<TopicPartition, OffsetAndMetadata> offsets = task.offsetsToCommit();
                Map<TopicPartition, Long> filledTo = new LinkedHashMap<>(task.committedOffsets());
                offsets.forEach((input, offset) -> filledTo.put(input, offset.offset()));
                task.committed(offsets, filledTo);
            }
        }
        lastCommitNs = clock.nanoseconds();
        listener.committed(tasks, -1);
        return any;
    }

    /** Read-only faces of the stores, by name, for processors. Any thread may read them. */
    public Map<String, StateStore> faces() {
        Map<String, StateStore> faces = new LinkedHashMap<>();
        tasks.forEach(task -> task.stores().forEach((name, store) -> faces.put(name, ReadOnlyFaces.of(store))));
        return faces;
    }

    public List<ActiveTask> tasks() {
        return List.copyOf(tasks);
    }

    /** Ends {@link #awaitWork}. Any thread. */
    public void wakeup() {
        inputs.wakeup();
    }

    /** Commits and closes everything; what can be closed is, whatever fails. */
    public void close() {
        new Closing()
                .run(this::commit)
                .each(tasks, listener::taskClosing)
                .each(tasks, ActiveTask::close)
                .run(inputs::close)
                .run(producer::close)
                .rethrow();
    }

    /** Gives up without commit. */
    public void abandon() {
        abandoning().rethrow();
    }

    private Closing abandoning() {
        return new Closing()
                .each(tasks, listener::taskClosing)
                .each(tasks, ActiveTask::abandon)
                .run(inputs::close)
                .run(producer::close);
    }
}
