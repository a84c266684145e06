package io.tailrace.testkit;

import io.tailrace.processor.StateStore;
import io.tailrace.processor.StateStoreContext;

/** A store without what it keeps beside its values: the part that does not depend on the kind of store. One thread. */
abstract class PlainStore<S extends StateStore> implements StateStore {
    final S store;

    PlainStore(S store) {
        this.store = store;
    }

    @Override
    public final String name() {
        return store.name();
    }

    @Override
    public final void init(StateStoreContext context, StateStore root) {
        store.init(context, root);
    }

    @Override
    public final void close() {
        store.close();
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
