package io.tailrace.runtime.task;

import io.tailrace.common.ConsumerRecord;
import io.tailrace.common.TopicPartition;
import io.tailrace.log.api.OffsetAndMetadata;
import io.tailrace.processor.CacheSpace;
import io.tailrace.processor.StateStore;
import io.tailrace.processor.TaskId;
import io.tailrace.processor.api.Record;
import io.tailrace.runtime.plan.TaskPlan;
import io.tailrace.runtime.restore.ChangelogBounds;
import io.tailrace.runtime.restore.RestoreTarget;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A sub-topology at work on one partition of its topics.
 *
 * <p><b>Life:</b> {@link #open} builds and opens the stores; the caller replays {@link #restoreTargets}; {@link #start} makes
 * the nodes and starts the processors; then any number of {@link #process}, {@link #punctuate} and commits; {@link #close}.
 * After an exception of any of these nothing is left but to close it. <b>Owner:</b> the worker's thread.
 */
public final class ActiveTask {
    private final TaskPlan plan;
    private final TaskScope scope;
    private InputProgress progress;
    private final TaskStores stores;
    private final Punctuations punctuations;
    private final boolean hasFilledStores;
    private @Nullable NodeTree nodes;
    private InputQueues inputs;

    ActiveTask(TaskPlan plan, TaskScope scope, InputProgress progress, TaskStores stores) {
        this.plan = plan;
        this.scope = scope;
        this.progress = progress;
        this.stores = stores;
        this.punctuations = new Punctuations(scope);
        this.hasFilledStores = !plan.filling().isEmpty();
        this.inputs = new InputQueues(List.of(), progress, scope.services.clock(), 0);
    }

    /**
     * Opens the task's stores.
     *
     * @param bounds of the changelogs of {@code plan}
     * @throws io.tailrace.errors.ProcessorStateException when a store does not open
     */
    public static ActiveTask open(
            TaskPlan plan, TaskServices services, InputProgress progress, ChangelogBounds bounds) {
        TaskScope scope = new TaskScope(plan.id(), services);
        return new ActiveTask(plan, scope, progress, TaskStores.open(plan, scope, bounds));
    }

    /** What has to be replayed into the stores before {@link #start}. */
    public List<RestoreTarget> restoreTargets(ChangelogBounds bounds) {
        return stores.restoreTargets(bounds);
    }

    /**
     * Makes the restored state durable and starts the processors.
     *
     * @param restoredTo the ends up to which changelogs were replayed
     * @param committed the group's offsets of the task's partitions, whose metadata hold the times they had
     * @param maxIdleMs as {@code max.task.idle.ms}
     */
    public void start(
            Map<TopicPartition, Long> restoredTo, Map<TopicPartition, OffsetAndMetadata> committed, long maxIdleMs) {
        stores.commitRestored(restoredTo);
        NodeTree tree = new NodeTree(plan, scope, stores.byName(), punctuations);
        nodes = tree;
        List<InputQueue> queues = new ArrayList<>();
        for (TopicPartition partition : plan.inputs()) {
            OffsetAndMetadata known = committed.get(partition);
            long timeMs = known == null ? PartitionTime.UNKNOWN : PartitionTime.decode(known.metadata());
            InputQueue queue = new InputQueue(partition, tree.source(partition.topic()), new HeadReader(scope), timeMs);
            if (known != null) {
                queue.committed(known.offset(), timeMs);
            }
            scope.streamTimeMs = Math.max(scope.streamTimeMs, timeMs);
            queues.add(queue);
        }
        inputs = new InputQueues(queues, progress, scope.services.clock(), maxIdleMs);
        publishCommitted();
        scope.joinCaches();
        scope.phase = "init";
        tree.init();
        scope.phase = "punctuator";
    }

    public TaskId id() {
        return plan.id();
    }

    public TaskPlan plan() {
        return plan;
    }

    /** The stores by name, as their builders made them. */
    public Map<String, StateStore> stores() {
        return stores.byName();
    }

    /** Buffers records of one input partition, which must follow those buffered before. */
    public void add(TopicPartition partition, Collection<ConsumerRecord<byte[], byte[]>> records) {
        inputs.add(partition, records);
    }

    /** How many records of the partition are buffered. */
    public int buffered(TopicPartition partition) {
        for (InputQueue queue : inputs.all()) {
            if (queue.partition.equals(partition)) {
                return queue.size();
            }
        }
        return 0;
    }

    /**
     * Processes buffered records, the earliest first, until none may be processed yet or {@code maxRecords} were.
     *
     * @return how many were processed
     * @throws io.tailrace.errors.StreamsException that says where, when user code, a serde or the producer fails
     */
    public int process(int maxRecords) {
        inputs.startTurn();
        int done = 0;
        while (done < maxRecords) {
            InputQueue queue = inputs.next();
            if (queue == null) {
                break;
            }
            processHead(queue);
            done++;
        }
        scope.processed += done;
        return done;
    }

    private void processHead(InputQueue queue) {
        scope.dirty = true;
        scope.current = queue.headRaw();
        Record<Object, Object> head = queue.head();
        scope.at(head);
        scope.streamTimeMs = Math.max(scope.streamTimeMs, head.timestamp());
        queue.source.process(head);
        scope.current = null;
        queue.remove();
        punctuations.fireStreamTime();
    }

    /** Calls the wall-clock punctuators that are due; returns how many. */
    public int punctuate() {
        return punctuations.fireWallClock();
    }

    /** When the task wants its next turn even if no record comes, in epoch milliseconds; the largest long for never. */
    public long nextDeadlineMs() {
        return Math.min(punctuations.nextWallClockMs(), inputs.nextDeadlineMs());
    }

    /** Whether a processor asked for a commit since the last one. */
    public boolean isCommitRequested() {
        return scope.commitRequested;
    }

    /** Whether there is anything to commit: something was processed, written or skipped since the last commit. */
    public boolean isDirty() {
        return scope.dirty || !offsetsToCommit().isEmpty();
    }

    /** About how much memory the stores' writes since the last commit take. */
    public long uncommittedBytes() {
        return stores.uncommittedBytes();
    }

    /**
     * Lets the stores finish what they hold back; the first step of a commit.
     *
     * @throws io.tailrace.errors.StreamsException when something failed for good although user code has hidden it
     */
    public void beforeCommit() {
        scope.rethrowFatal();
        stores.beforeCommit();
    }

    /** From where a restart would have to read each partition; partitions that have not moved since are left out. */
    public Map<TopicPartition, OffsetAndMetadata> offsetsToCommit() {
        Map<TopicPartition, OffsetAndMetadata> offsets = new LinkedHashMap<>();
        for (InputQueue queue : inputs.all()) {
            long offset = queue.nextOffset(progress.position(queue.partition));
            if (!queue.isCommitted(offset)) {
                offsets.put(
                        queue.partition, new OffsetAndMetadata(offset, PartitionTime.encode(queue.processedTimeMs())));
            }
        }
        return offsets;
    }

    /**
     * The last step of a commit: everything the task wrote is in the log.
     *
     * @param committed what {@link #offsetsToCommit} said; more is no harm
     * @param storeOffsets by the partition that a store is restored from, the offset up to which it is filled
     */
    public void committed(Map<TopicPartition, OffsetAndMetadata> committed, Map<TopicPartition, Long> storeOffsets) {
        for (InputQueue queue : inputs.all()) {
            OffsetAndMetadata offset = committed.get(queue.partition);
            if (offset != null) {
                queue.committed(offset.offset(), PartitionTime.decode(offset.metadata()));
            }
        }
        stores.commit(hasFilledStores ? withInputs(storeOffsets) : storeOffsets);
        scope.dirty = false;
        scope.commitRequested = false;
        publishCommitted();
    }

    /** Only after the stores have committed: readers find in them at least what this says. */
    private void publishCommitted() {
        Map<TopicPartition, Long> committed = new HashMap<>();
        for (InputQueue queue : inputs.all()) {
            committed.put(queue.partition, Math.max(0, queue.committedOffset()));
        }
        scope.committedInputs = committed;
    }

    /** A store that an input fills holds what was processed of that. */
    private Map<TopicPartition, Long> withInputs(Map<TopicPartition, Long> storeOffsets) {
        Map<TopicPartition, Long> all = new LinkedHashMap<>(storeOffsets);
        all.putAll(committedOffsets());
        return all;
    }

    /** What is committed, next to read, by input partition; partitions without a committed offset are left out. */
    public Map<TopicPartition, Long> committedOffsets() {
        Map<TopicPartition, Long> offsets = new LinkedHashMap<>();
        for (InputQueue queue : inputs.all()) {
            if (queue.committedOffset() >= 0) {
                offsets.put(queue.partition, queue.committedOffset());
            }
        }
        return offsets;
    }

    /** Records that were skipped: they had no usable timestamp, or failed and a handler said so. */
    public long droppedRecords() {
        return scope.dropped;
    }

    /**
     * Closes the processors and hands the stores, open as they are, to a standby.
     *
     * @throws IllegalStateException when something is not committed
     */
    public StandbyTask retire() {
        if (isDirty()) {
            throw new IllegalStateException("task " + plan.id() + " has something to commit: commit it first");
        }
        NodeTree tree = nodes;
        nodes = null;
        try {
            scope.phase = "close";
            if (tree != null) {
                tree.close();
            }
        } catch (RuntimeException e) {
            stores.closeAfter(e);
            throw e;
        }
        scope.leaveCaches();
        return new StandbyTask(plan, scope, stores);
    }

    /**
     * Lets go of its worker, after a commit: what is buffered is forgotten, to be read again from the committed offsets, and so is
     * what caches hold. Stores and processors stay open.
     */
    public void detach() {
        inputs.clear();
        scope.leaveCaches(); // the memory is the worker's
    }

    /** Goes on with another worker, whose thread owns it from now on. */
    public void attach(TaskServices services, InputProgress newProgress) {
        scope.services = services;
        progress = newProgress;
        inputs.attach(newProgress, services.clock());
        scope.joinCaches();
    }

    /** How often a key was found in the caches of the task's stores. */
    public long cacheHits() {
        return scope.caches.stream().mapToLong(CacheSpace.Member::hits).sum();
    }

    /** How often a key had to be looked for in a store that has a cache. */
    public long cacheMisses() {
        return scope.caches.stream().mapToLong(CacheSpace.Member::misses).sum();
    }

    /** Input records that were processed since the task was opened. */
    public long processedRecords() {
        return scope.processed;
    }

    /** Records that came after their window was closed. */
    public long lateRecords() {
        return scope.late;
    }

    /** Event time of the record that was processed last, in epoch milliseconds; -1 before the first. */
    public long lastEventTimeMs() {
        return scope.eventTimeMs;
    }

    /** Gives up the stores without telling the processors, as a crash does. */
    public void abandon() {
        nodes = null;
        stores.closeAll();
    }

    /** Closes processors, then stores, whatever fails; then throws the first failure. Nothing is committed. */
    public void close() {
        scope.phase = "close";
        scope.current = null;
        NodeTree tree = nodes;
        nodes = null;
        try {
            if (tree != null) {
                tree.close();
            }
        } finally {
            stores.closeAll();
        }
    }

    @Override
    public String toString() {
        return "task " + plan.id();
    }
}
