package io.tailrace.stores.typed;

import io.tailrace.processor.CommitCallback;
import io.tailrace.processor.StateRestoreCallback;
import io.tailrace.processor.StateStore;
import io.tailrace.processor.StateStoreContext;
import io.tailrace.stores.layer.WrappedContext;

/** Registers a store so that its cache is flushed at the beginning of a commit, before the store itself is called. */
final class FlushOnCommit extends WrappedContext {
    private final StoreCache<?, ?> cache;

    FlushOnCommit(StateStoreContext context, StoreCache<?, ?> cache) {
        super(context);
        this.cache = cache;
    }

    @Override
    public void register(StateStore store, StateRestoreCallback onRestore, CommitCallback onCommit) {
        context.register(store, onRestore, () -> {
            cache.beginCommit();
            onCommit.onCommit();
        });
    }
}
