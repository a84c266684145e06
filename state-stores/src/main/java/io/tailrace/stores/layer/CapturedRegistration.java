package io.tailrace.stores.layer;

import io.tailrace.processor.Changelog;
import io.tailrace.processor.CommitCallback;
import io.tailrace.processor.RecordMetadata;
import io.tailrace.processor.StateRestoreCallback;
import io.tailrace.processor.StateStore;
import io.tailrace.processor.StateStoreContext;
import io.tailrace.processor.TaskId;
import io.tailrace.query.Position;
import io.tailrace.serde.Serde;
import java.io.File;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The task's context for an inner store that registers itself: the registration is kept here, because the layer around
 * the store makes its own.
 */
final class CapturedRegistration implements StateStoreContext {
    private final StateStoreContext context;
    private @Nullable StateRestoreCallback restoreCallback;
    private CommitCallback commitCallback = () -> {};

    CapturedRegistration(StateStoreContext context) {
        this.context = context;
    }

    /** Null when the store has not registered. */
    @Nullable
    StateRestoreCallback restoreCallback() {
        return restoreCallback;
    }

    CommitCallback commitCallback() {
        return commitCallback;
    }

    @Override
    public void register(StateStore store, StateRestoreCallback onRestore, CommitCallback onCommit) {
        restoreCallback = onRestore;
        commitCallback = onCommit;
    }

    @Override
    public String applicationId() {
        return context.applicationId();
    }

    @Override
    public TaskId taskId() {
        return context.taskId();
    }

    @Override
    public Serde<?> keySerde() {
        return context.keySerde();
    }

    @Override
    public Serde<?> valueSerde() {
        return context.valueSerde();
    }

    @Override
    public File stateDir() {
        return context.stateDir();
    }

    @Override
    public Changelog changelog(String storeName) {
        return context.changelog(storeName);
    }

    @Override
    public Map<String, Object> appConfigs() {
        return context.appConfigs();
    }

    @Override
    public Map<String, Object> appConfigsWithPrefix(String prefix) {
        return context.appConfigsWithPrefix(prefix);
    }

    @Override
    public Optional<RecordMetadata> recordMetadata() {
        return context.recordMetadata();
    }

    @Override
    public Position committedPosition() {
        return context.committedPosition();
    }
}
