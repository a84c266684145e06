package io.tailrace.stores.layer;

import io.tailrace.processor.Changelog;
import io.tailrace.processor.CommitCallback;
import io.tailrace.processor.RecordMetadata;
import io.tailrace.processor.StateRestoreCallback;
import io.tailrace.processor.StateStore;
import io.tailrace.processor.StateStoreContext;
import io.tailrace.processor.TaskId;
import io.tailrace.processor.WriteBack;
import io.tailrace.query.Position;
import io.tailrace.serde.Serde;
import java.io.File;
import java.util.Map;
import java.util.Optional;

/** The task's context for an inner store whose registration a layer around it has to see. Owner: the task's thread. */
public abstract class WrappedContext implements StateStoreContext {
    protected final StateStoreContext context;

    protected WrappedContext(StateStoreContext context) {
        this.context = context;
    }

    @Override
    public abstract void register(StateStore store, StateRestoreCallback onRestore, CommitCallback onCommit);

    @Override
    public final String applicationId() {
        return context.applicationId();
    }

    @Override
    public final TaskId taskId() {
        return context.taskId();
    }

    @Override
    public final Serde<?> keySerde() {
        return context.keySerde();
    }

    @Override
    public final Serde<?> valueSerde() {
        return context.valueSerde();
    }

    @Override
    public final File stateDir() {
        return context.stateDir();
    }

    @Override
    public final Changelog changelog(String storeName) {
        return context.changelog(storeName);
    }

    @Override
    public final Map<String, Object> appConfigs() {
        return context.appConfigs();
    }

    @Override
    public final Map<String, Object> appConfigsWithPrefix(String prefix) {
        return context.appConfigsWithPrefix(prefix);
    }

    @Override
    public final Optional<RecordMetadata> recordMetadata() {
        return context.recordMetadata();
    }

    @Override
    public final Optional<WriteBack> writeBack() {
        return context.writeBack();
    }

    @Override
    public final Position committedPosition() {
        return context.committedPosition();
    }
}
