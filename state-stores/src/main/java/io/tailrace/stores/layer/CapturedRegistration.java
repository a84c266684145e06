package io.tailrace.stores.layer;

import io.tailrace.processor.CommitCallback;
import io.tailrace.processor.StateRestoreCallback;
import io.tailrace.processor.StateStore;
import io.tailrace.processor.StateStoreContext;
import org.jspecify.annotations.Nullable;

/**
 * The task's context for an inner store that registers itself: the registration is kept here, because the layer around
 * the store makes its own.
 */
final class CapturedRegistration extends WrappedContext {
    private @Nullable StateRestoreCallback restoreCallback;
    private CommitCallback commitCallback = () -> {};

    CapturedRegistration(StateStoreContext context) {
        super(context);
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
}
