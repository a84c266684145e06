package io.tailrace.runtime.worker;

import io.tailrace.common.TopicPartition;
import io.tailrace.log.api.Consumer;
import io.tailrace.log.api.ConsumerConfig;
import io.tailrace.log.api.EventLog;
import io.tailrace.log.api.IsolationLevel;
import io.tailrace.log.api.OffsetAndMetadata;
import io.tailrace.log.api.OffsetResetPolicy;
import io.tailrace.log.api.Producer;
import io.tailrace.processor.TaskId;
import io.tailrace.runtime.config.StreamsConfig;
import io.tailrace.runtime.plan.TaskPlan;
import io.tailrace.runtime.restore.ChangelogBounds;
import io.tailrace.runtime.restore.RestoreTarget;
import io.tailrace.runtime.task.ActiveTask;
import io.tailrace.runtime.task.ExceptionHandlers;
import io.tailrace.runtime.task.LastLetters;
import io.tailrace.runtime.task.TaskServices;
import io.tailrace.runtime.task.TurnClock;
import io.tailrace.serde.ByteArrayDeserializer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Brings a worker to life: its consumer and producer, its tasks with their stores restored, every input partition at its
 * start. Apart from {@link Worker} because none of this is needed once the loop runs. One thread, the worker's.
 */
public final class WorkerOpener {
    private static final int RECORDS_PER_POLL = 1_000;

    private final WorkerServices services;
    private final EventLog log;
    private final int index;
    private final BooleanSupplier stopped;
    private final TurnClock clock;
    private final List<ActiveTask> tasks = new ArrayList<>();

    /**
     * @param index of the worker, from 0
     * @param stopped ends a long restore
     */
    public WorkerOpener(WorkerServices services, int index, BooleanSupplier stopped) {
        this.services = services;
        this.index = index;
        this.log = services.log();
        this.stopped = stopped;
        this.clock = new TurnClock(services.time());
    }

    /**
     * Returns null when stopped before the stores were restored; nothing stays open then, nor after an exception.
     *
     * @param plans the tasks of the worker
     * @param adopted those of them that are open already, released by another worker
     */
    public @Nullable Worker open(List<TaskPlan> plans, List<ActiveTask> adopted) {
        tasks.addAll(adopted);
        Set<TaskId> open = adopted.stream().map(ActiveTask::id).collect(Collectors.toSet());
        List<TaskPlan> opening =
                plans.stream().filter(plan -> !open.contains(plan.id())).toList();
        Producer<byte[], byte[]> producer = WorkerProducers.open(log, services.config(), index);
        ConsumerConfig config = ConsumerConfig.DEFAULT
                .withGroupId(services.config().applicationId())
                .withAutoOffsetReset(OffsetResetPolicy.NONE)
                .withIsolationLevel(IsolationLevel.READ_COMMITTED)
                .withMaxPollRecords(RECORDS_PER_POLL);
        Consumer<byte[], byte[]> consumer =
                log.newConsumer(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        StartOffsets startOffsets = new StartOffsets(log, services.time(), services.offsetResets());
        TaskInputs inputs = new TaskInputs(
                consumer,
                services.config().bufferedRecordsPerPartition(),
                (reader, partition) -> reader.seek(partition, startOffsets.reset(partition)));
        try {
            TaskServices taskServices = taskServices(producer);
            adopted.forEach(task -> task.attach(taskServices, inputs));
            ChangelogBounds bounds = openTasks(opening, taskServices, inputs, consumer);
            if (!restore(bounds, adopted.size())) {
                abandon(inputs, producer).rethrow();
                return null;
            }
            Map<TopicPartition, OffsetAndMetadata> committed =
                    consumer.committed(new LinkedHashSet<>(inputsOf(opening)));
            Map<TopicPartition, Long> starts = startOffsets.find(inputsOf(opening), committed);
            commitLower(consumer, committed, starts);
            adopted.forEach(task -> starts.putAll(task.committedOffsets())); // a release ends with a commit
            inputs.assign(tasks, starts);
            long maxIdleMs = services.config().maxTaskIdleMs();
            for (ActiveTask task : tasks.subList(adopted.size(), tasks.size())) {
                task.start(bounds.ends(), committed, maxIdleMs);
                services.listener().taskStarted(task);
            }
            CommitProtocol commits = WorkerProducers.protocol(log, services.config(), producer, consumer);
            return new Worker(tasks, inputs, producer, commits, clock, services);
        } catch (RuntimeException | Error e) {
            abandon(inputs, producer).suppressedBy(e);
            throw e;
        }
    }

    /** An offset beyond the end would make a later start skip the records that get the lost offsets. */
    private static void commitLower(
            Consumer<byte[], byte[]> consumer,
            Map<TopicPartition, OffsetAndMetadata> committed,
            Map<TopicPartition, Long> starts) {
        Map<TopicPartition, OffsetAndMetadata> lower = new HashMap<>();
        committed.forEach((input, known) -> {
            long start = starts.getOrDefault(input, known.offset());
            if (start < known.offset()) {
                lower.put(input, new OffsetAndMetadata(start, known.metadata()));
            }
        });
        if (!lower.isEmpty()) {
            consumer.commitSync(lower);
        }
    }

    private TaskServices taskServices(Producer<byte[], byte[]> producer) {
        StreamsConfig config = services.config();
        return new TaskServices(
                config,
                services.names(),
                clock,
                producer,
                ExceptionHandlers.ofWorker(config),
                LastLetters.to(log),
                services.directories(),
                new TopicPartitionCounts(log.admin()),
                services.globalStores(),
                services.cacheSpace());
    }

    private ChangelogBounds openTasks(
            List<TaskPlan> plans, TaskServices taskServices, TaskInputs inputs, Consumer<byte[], byte[]> consumer) {
        List<TopicPartition> changelogs =
                plans.stream().flatMap(plan -> plan.restoredFrom().stream()).toList();
        OpenTransactions.abortIn(
                log.admin(),
                plans.stream()
                        .flatMap(plan -> plan.changelogs().values().stream())
                        .toList());
        ChangelogBounds bounds = changelogs.isEmpty()
                ? ChangelogBounds.none()
                : withProcessedEnds(ChangelogBounds.of(log.admin(), changelogs), plans, consumer);
        plans.forEach(plan -> tasks.add(ActiveTask.open(plan, taskServices, inputs, bounds)));
        return bounds;
    }

    /** A store that an input fills is restored up to where that was processed, and filled by processing from there on. */
    private static ChangelogBounds withProcessedEnds(
            ChangelogBounds bounds, List<TaskPlan> plans, Consumer<byte[], byte[]> consumer) {
        Set<TopicPartition> filling =
                plans.stream().flatMap(plan -> plan.filling().stream()).collect(Collectors.toSet());
        if (filling.isEmpty()) {
            return bounds;
        }
        Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(filling);
        Map<TopicPartition, Long> ends = new HashMap<>();
        for (TopicPartition input : filling) {
            OffsetAndMetadata known = committed.get(input);
            long processed = known == null ? bounds.start(input) : Math.max(known.offset(), bounds.start(input));
            ends.put(input, Math.min(processed, bounds.end(input)));
        }
        return bounds.endingAt(ends);
    }

    /** @param adopted how many of the tasks need none */
    private boolean restore(ChangelogBounds bounds, int adopted) {
        List<RestoreTarget> targets = tasks.subList(adopted, tasks.size()).stream()
                .flatMap(task -> task.restoreTargets(bounds).stream())
                .toList();
        return services.restores().restore(targets, stopped);
    }

    private Closing abandon(TaskInputs inputs, Producer<byte[], byte[]> producer) {
        return new Closing()
                .each(tasks, services.listener()::taskClosing)
                .each(tasks, ActiveTask::abandon)
                .run(inputs::close)
                .run(producer::close);
    }

    private static List<TopicPartition> inputsOf(List<TaskPlan> plans) {
        return plans.stream().flatMap(plan -> plan.inputs().stream()).toList();
    }
}
