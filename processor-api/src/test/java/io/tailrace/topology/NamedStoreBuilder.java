package io.tailrace.topology;

import io.tailrace.processor.StateStore;
import io.tailrace.state.StoreBuilder;
import java.util.Map;

/** A builder that is asked for its name and logging only, since a graph builds no stores. */
record NamedStoreBuilder(String name, boolean loggingEnabled) implements StoreBuilder<StateStore> {
    static NamedStoreBuilder logged(String name) {
        return new NamedStoreBuilder(name, true);
    }

    static NamedStoreBuilder unlogged(String name) {
        return new NamedStoreBuilder(name, false);
    }

    @Override
    public StoreBuilder<StateStore> withCachingEnabled() {
        return this;
    }

    @Override
    public StoreBuilder<StateStore> withCachingDisabled() {
        return this;
    }

    @Override
    public StoreBuilder<StateStore> withLoggingEnabled(Map<String, String> config) {
        return logged(name);
    }

    @Override
    public StoreBuilder<StateStore> withLoggingDisabled() {
        return unlogged(name);
    }

    @Override
    public StateStore build() {
        throw new UnsupportedOperationException("a graph builds no stores");
    }

    @Override
    public Map<String, String> logConfig() {
        return Map.of();
    }
}
