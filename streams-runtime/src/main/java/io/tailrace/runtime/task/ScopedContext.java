package io.tailrace.runtime.task;

import io.tailrace.processor.RecordMetadata;
import io.tailrace.processor.TaskId;
import io.tailrace.serde.Serde;
import java.io.File;
import java.util.Map;
import java.util.Optional;

/** The part that the contexts of processors and of stores have in common. Owner: the task's thread. */
abstract class ScopedContext {
    final TaskScope scope;

    ScopedContext(TaskScope scope) {
        this.scope = scope;
    }

    public String applicationId() {
        return scope.services.config().applicationId();
    }

    public TaskId taskId() {
        return scope.taskId;
    }

    public Serde<?> keySerde() {
        return scope.keySerde();
    }

    public Serde<?> valueSerde() {
        return scope.valueSerde();
    }

    public File stateDir() {
        return scope.stateDir();
    }

    public Map<String, Object> appConfigs() {
        return scope.services.config().originals();
    }

    public Map<String, Object> appConfigsWithPrefix(String prefix) {
        return scope.services.config().originalsWithPrefix(prefix);
    }

    public Optional<RecordMetadata> recordMetadata() {
        return scope.recordMetadata();
    }
}
