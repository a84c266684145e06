package io.tailrace.runtime.task;

import io.tailrace.common.ProducerRecord;
import io.tailrace.common.TopicPartition;
import io.tailrace.processor.Changelog;
import io.tailrace.processor.CommitCallback;
import io.tailrace.processor.StateRestoreCallback;
import io.tailrace.processor.StateStore;
import io.tailrace.processor.StateStoreContext;
import io.tailrace.processor.WriteBack;
import io.tailrace.query.Position;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What a task's stores see of it, and where they register. Owner: the task's thread. */
final class StoreContext extends ScopedContext implements StateStoreContext {
    private final Map<String, TopicPartition> changelogs;
    private final Map<String, Registration> registrations = new LinkedHashMap<>();

    StoreContext(TaskScope scope, Map<String, TopicPartition> changelogs) {
        super(scope);
        this.changelogs = changelogs;
    }

    /** What a store left on {@link #register}. */
    record Registration(StateStore store, StateRestoreCallback restore, CommitCallback commit) {}

    Map<String, Registration> registrations() {
        return registrations;
    }

    @Override
    public void register(StateStore store, StateRestoreCallback restoreCallback, CommitCallback commitCallback) {
        if (registrations.putIfAbsent(store.name(), new Registration(store, restoreCallback, commitCallback)) != null) {
            throw new IllegalStateException("store '" + store.name() + "' registers twice with task " + taskId());
        }
    }

    @Override
    public Optional<WriteBack> writeBack() {
        return scope.services.cacheSpace() == null ? Optional.empty() : Optional.of(new TaskWriteBack(scope));
    }

    @Override
    public Changelog changelog(String storeName) {
        TopicPartition changelog = changelogs.get(storeName);
        if (changelog == null) {
            throw new IllegalArgumentException("task " + taskId() + " has no store '" + storeName
                    + "' with a changelog, only " + changelogs.keySet());
        }
        Integer partition = changelog.partition();
        String topic = changelog.topic();
        return (key, value, timestampMs, headers) -> {
            try {
                scope.send(new ProducerRecord<>(
                        topic,
                        partition,
                        changeTime(timestampMs),
                        key,
                        value,
                        headers == null ? scope.headers : headers));
            } catch (RuntimeException e) {
                throw scope.locate("store", storeName, e, "");
            }
        };
    }

    @Override
    public Position committedPosition() {
        Position position = Position.emptyPosition();
        scope.committedInputs.forEach(
                (input, next) -> position.withComponent(input.topic(), input.partition(), next - 1));
        return position;
    }

    /** A store that keeps no times gives none; then the change has the time of what is being processed. */
    private long changeTime(long timestampMs) {
        if (timestampMs >= 0) {
            return timestampMs;
        }
        return scope.eventTimeMs >= 0
                ? scope.eventTimeMs
                : scope.services.clock().milliseconds();
    }
}
