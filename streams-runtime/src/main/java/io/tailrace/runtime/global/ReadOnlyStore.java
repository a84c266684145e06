package io.tailrace.runtime.global;

import io.tailrace.processor.StateStore;
import io.tailrace.processor.StateStoreContext;

/** The part of a read-only face that does not depend on the kind of store. */
abstract class ReadOnlyStore implements StateStore {
    private final StateStore store;

    ReadOnlyStore(StateStore store) {
        this.store = store;
    }

    final UnsupportedOperationException readOnly() {
        return new UnsupportedOperationException("store '" + name() + "' is read only here");
    }

    @Override
    public final String name() {
        return store.name();
    }

    @Override
    public final void init(StateStoreContext context, StateStore root) {
        throw readOnly();
    }

    @Override
    public final void close() {
        throw readOnly();
    }

    @Override
    public final boolean persistent() {
        return store.persistent();
    }

    @Override
    public final boolean isOpen() {
        return store.isOpen();
    }
}
