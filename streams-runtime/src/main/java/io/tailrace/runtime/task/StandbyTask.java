package io.tailrace.runtime.task;

import io.tailrace.common.TopicPartition;
import io.tailrace.processor.StateStore;
import io.tailrace.processor.TaskId;
import io.tailrace.runtime.plan.TaskPlan;
import io.tailrace.runtime.restore.ChangelogBounds;
import io.tailrace.runtime.restore.RestoreTarget;
import java.util.List;
import java.util.Map;

/**
 * A copy of a task's stores that only follows their changelogs. It processes nothing, writes nothing, and has neither nodes nor
 * input.
 *
 * <p><b>Life:</b> {@link #open}, or {@link ActiveTask#retire}; then the caller replays {@link #restoreTargets} up to some end and
 * calls {@link #restored}, again and again; at the end {@link #activate}, which hands the open stores to an active task, or
 * {@link #close}. After either nothing more may be called. <b>Owner:</b> one thread at a time.
 */
public final class StandbyTask {
    private final TaskPlan plan;
    private final TaskScope scope;
    private final TaskStores stores;
    private boolean over;

    StandbyTask(TaskPlan plan, TaskScope scope, TaskStores stores) {
        this.plan = plan;
        this.scope = scope;
        this.stores = stores;
        scope.phase = "standby";
    }

    /**
     * Opens the stores.
     *
     * @param bounds of the changelogs of {@code plan}
     * @throws io.tailrace.errors.ProcessorStateException when a store does not open
     */
    public static StandbyTask open(TaskPlan plan, TaskServices services, ChangelogBounds bounds) {
        TaskScope scope = new TaskScope(plan.id(), services);
        return new StandbyTask(plan, scope, TaskStores.open(plan, scope, bounds));
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

    /** What the changelogs have beyond the stores. */
    public List<RestoreTarget> restoreTargets(ChangelogBounds bounds) {
        requireAlive();
        return stores.restoreTargets(bounds);
    }

    /** Makes durable that the changelogs were replayed up to these ends. */
    public void restored(Map<TopicPartition, Long> ends) {
        requireAlive();
        stores.commitRestored(ends);
    }

    /**
     * Hands the stores, open as they are, to an active task of another owner, which replays what is missing and starts it.
     *
     * @param services of the new owner
     */
    public ActiveTask activate(TaskServices services, InputProgress progress) {
        requireAlive();
        over = true;
        scope.services = services;
        return new ActiveTask(plan, scope, progress, stores);
    }

    public void close() {
        if (!over) {
            over = true;
            stores.closeAll();
        }
    }

    private void requireAlive() {
        if (over) {
            throw new IllegalStateException("standby of task " + plan.id() + " was closed or handed over already");
        }
    }

    @Override
    public String toString() {
        return "standby of task " + plan.id();
    }
}
