package io.tailrace.runtime.engine;

import io.tailrace.processor.StateStore;
import io.tailrace.processor.StateStoreContext;
import io.tailrace.state.StoreBuilder;
import java.util.Map;
import java.util.function.Supplier;

/** What every store has that a user writes: it holds nothing, and a test adds what it is about. */
abstract class OwnStore implements StateStore {
    private final String name;
    private boolean open;

    OwnStore(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        context.register(root, (key, value) -> {});
        opened();
    }

    final void opened() {
        open = true;
    }

    @Override
    public void close() {
        open = false;
    }

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    /** Builds such stores, with no choice. */
    record Builder<S extends OwnStore>(String name, boolean loggingEnabled, Supplier<S> stores)
            implements StoreBuilder<S> {
        @Override
        public StoreBuilder<S> withCachingEnabled() {
            return this;
        }

        @Override
        public StoreBuilder<S> withCachingDisabled() {
            return this;
        }

        @Override
        public StoreBuilder<S> withLoggingEnabled(Map<String, String> config) {
            return this;
        }

        @Override
        public StoreBuilder<S> withLoggingDisabled() {
            return this;
        }

        @Override
        public S build() {
            return stores.get();
        }

        @Override
        public Map<String, String> logConfig() {
            return Map.of();
        }
    }
}
