package io.tailrace.runtime.task;

import io.tailrace.common.TopicPartition;
import io.tailrace.errors.ProcessorStateException;
import io.tailrace.processor.StateStore;
import io.tailrace.runtime.plan.TaskPlan;
import io.tailrace.runtime.restore.ChangelogBounds;
import io.tailrace.runtime.restore.RestoreTarget;
import io.tailrace.topology.StoreSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stores of one task, opened together, committed together and closed together. Owner: the task's thread.
 *
 * <p>A store says with {@link StateStore#committedOffset} how far it got. When its changelog no longer covers that offset
 * (records before it are gone, or the changelog was deleted and made anew), the gap cannot be replayed: then all stores of
 * the task are wiped and restored from the beginning, which is correct because a changelog holds the whole store. One of which
 * somebody has deleted records does not, which is an error. So is a persistent store without a changelog in the same task: wiping
 * would lose its content for good.
 * A store whose changelog lost its tail has more than the changelog. At-least-once, it is kept: what it has is not lost.
 * Exactly-once it is restored from the beginning: whatever took the tail of the changelog took that of the input offsets, too,
 * and what is processed again must not meet a state that has it already.
 */
final class TaskStores {
    private static final Logger LOG = LoggerFactory.getLogger(TaskStores.class);

    private final TaskPlan plan;
    private final TaskScope scope;
    private final Map<String, StateStore> byName = new LinkedHashMap<>();
    private StoreContext context;

    private TaskStores(TaskPlan plan, TaskScope scope) {
        this.plan = plan;
        this.scope = scope;
        this.context = new StoreContext(scope, plan.changelogs());
    }

    /** Builds and opens the stores; none stays open when that fails. */
    static TaskStores open(TaskPlan plan, TaskScope scope, ChangelogBounds bounds) {
        TaskStores stores = new TaskStores(plan, scope);
        try {
            stores.openAll();
            stores.requireCompleteChangelogs(bounds);
            if (stores.isBeyondReplay(bounds)) {
                stores.closeAll();
                stores.wipe();
                stores.openAll();
            }
            return stores;
        } catch (RuntimeException e) {
            stores.closeAfter(e);
            throw e;
        }
    }

    private void openAll() {
        context = new StoreContext(scope, plan.changelogs());
        for (StoreSpec spec : plan.stores()) {
            StateStore store = spec.builder().build();
            byName.put(spec.name(), store);
            try {
                store.init(context, store);
            } catch (RuntimeException e) {
                throw new ProcessorStateException(
                        "task " + plan.id() + ": store '" + spec.name() + "' does not open: " + e, e);
            }
        }
    }

    private void requireCompleteChangelogs(ChangelogBounds bounds) {
        plan.changelogs().forEach((name, changelog) -> {
            Long committed = store(name).committedOffset(changelog);
            if (bounds.isComplete(changelog, committed)) {
                return;
            }
            String found =
                    "task " + plan.id() + ": store '" + name + "' needs the records of " + changelog + " from offset "
                            + (committed == null ? 0 : committed) + " on, but somebody has deleted those before "
                            + bounds.start(changelog) + ", which its cleanup.policy, compact, never does";
            if (!scope.services.config().acceptsTopologyChanges()) {
                throw new ProcessorStateException(found
                        + ": what it had before would be missing. Set topology.changes=accept to go on with what is left, or"
                        + " begin anew with an application reset");
            }
            LOG.warn("{}; that is accepted, and it goes on with what is left", found);
        });
    }

    private boolean isBeyondReplay(ChangelogBounds bounds) {
        for (StoreSpec spec : plan.stores()) {
            for (TopicPartition origin : plan.restoredFrom(spec.name())) {
                Long committed = store(spec.name()).committedOffset(origin);
                if (committed == null || bounds.canReplayFrom(origin, committed)) {
                    continue;
                }
                String found =
                        "task " + plan.id() + ": store '" + spec.name() + "' was committed at offset " + committed
                                + " of " + origin + ", which now has offsets " + bounds.start(origin) + ".."
                                + bounds.end(origin);
                boolean kept = !scope.services.config().exactlyOnce() && bounds.hasLostItsTail(origin, committed);
                if (kept) {
                    LOG.warn(
                            "{}: it lost its end, as a power failure or damage may cause; the store is kept, which still"
                                    + " has those changes, but they are gone if {} is deleted",
                            found,
                            scope.directory);
                } else {
                    requireNothingToLose(found);
                    LOG.warn("{}; all stores of the task are wiped and restored from the beginning", found);
                    return true;
                }
            }
        }
        return false;
    }

    private void requireNothingToLose(String found) {
        byName.forEach((name, store) -> {
            if (store.persistent() && plan.restoredFrom(name).isEmpty()) {
                throw new ProcessorStateException(
                        found + "; the task cannot be restored from the beginning, because its" + " store '" + name
                                + "' has no changelog: delete " + scope.directory + " to go on without it");
            }
        });
    }

    private void wipe() {
        Path directory = scope.directory;
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            List<Path> deepestFirst = new ArrayList<>(files.toList());
            Collections.reverse(deepestFirst);
            for (Path file : deepestFirst) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new ProcessorStateException("task " + plan.id() + ": cannot wipe " + directory + ": " + e, e);
        }
    }

    Map<String, StateStore> byName() {
        return Collections.unmodifiableMap(byName);
    }

    private StateStore store(String name) {
        StateStore store = byName.get(name);
        if (store == null) {
            throw new IllegalArgumentException(
                    "task " + plan.id() + " has no store '" + name + "', only " + byName.keySet());
        }
        return store;
    }

    /** What is to be replayed, for each store with a changelog; often nothing, when from equals to. */
    List<RestoreTarget> restoreTargets(ChangelogBounds bounds) {
        List<RestoreTarget> targets = new ArrayList<>();
        Map<String, TopicPartition> origins = new LinkedHashMap<>(plan.changelogs());
        plan.stores().forEach(spec -> plan.filledBy(spec.name()).ifPresent(input -> origins.put(spec.name(), input)));
        origins.forEach((name, changelog) -> {
            StoreContext.Registration registration = context.registrations().get(name);
            if (registration == null) {
                throw new ProcessorStateException("task " + plan.id() + ": store '" + name
                        + "' did not register in init, so it cannot be restored");
            }
            Long committed = store(name).committedOffset(changelog);
            long to = bounds.end(changelog);
            long from = committed == null ? bounds.start(changelog) : Math.min(committed, to);
            targets.add(new RestoreTarget(name, changelog, registration.restore(), from, to));
        });
        return targets;
    }

    /** Of all stores. */
    long uncommittedBytes() {
        long bytes = 0;
        for (StateStore store : byName.values()) {
            bytes += store.approximateUncommittedBytes();
        }
        return bytes;
    }

    /** Lets every store finish what it holds back, which may write to changelogs and forward records. */
    void beforeCommit() {
        context.registrations().forEach((name, registration) -> {
            try {
                registration.commit().onCommit();
            } catch (IOException e) {
                throw new ProcessorStateException(
                        "task " + plan.id() + ": store '" + name + "' fails in its commit callback: " + e, e);
            }
        });
    }

    /** Commits the stores that were behind; most have nothing new after a graceful close. */
    void commitRestored(Map<TopicPartition, Long> ends) {
        boolean behind = plan.stores().stream().anyMatch(spec -> plan.restoredFrom(spec.name()).stream()
                .anyMatch(origin -> ends.containsKey(origin)
                        && !Objects.equals(store(spec.name()).committedOffset(origin), ends.get(origin))));
        if (behind) {
            commit(ends);
        }
    }

    /** @param offsets next to read, by the partition that a store is restored from; those of other stores are ignored */
    void commit(Map<TopicPartition, Long> offsets) {
        byName.forEach((name, store) -> {
            Map<TopicPartition, Long> own = new LinkedHashMap<>();
            for (TopicPartition origin : plan.restoredFrom(name)) {
                Long offset = offsets.get(origin);
                if (offset != null) {
                    own.put(origin, offset);
                }
            }
            try {
                store.commit(own);
            } catch (RuntimeException e) {
                throw new ProcessorStateException(
                        "task " + plan.id() + ": store '" + name + "' does not commit: " + e, e);
            }
        });
    }

    /** Closes every store, also when one fails; then throws the first failure. */
    void closeAll() {
        RuntimeException failure = null;
        for (StateStore store : byName.values()) {
            try {
                store.close();
            } catch (RuntimeException e) {
                failure = withSuppressed(failure, e);
            }
        }
        byName.clear();
        if (failure != null) {
            throw failure;
        }
    }

    /** Closes every store after something else has failed, which stays the failure. */
    void closeAfter(RuntimeException cause) {
        try {
            closeAll();
        } catch (RuntimeException e) {
            cause.addSuppressed(e);
        }
    }

    private static RuntimeException withSuppressed(@Nullable RuntimeException first, RuntimeException next) {
        if (first == null) {
            return next;
        }
        first.addSuppressed(next);
        return first;
    }
}
