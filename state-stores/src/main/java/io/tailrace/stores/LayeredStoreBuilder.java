package io.tailrace.stores;

import io.tailrace.processor.StateStore;
import io.tailrace.state.StoreBuilder;
import io.tailrace.state.StoreSupplier;
import io.tailrace.state.WindowBytesStoreSupplier;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * Builds a store from a supplier's. Changed in place by its {@code with} methods, because ported code calls them for
 * their effect too. Not to be changed any more once it belongs to a topology.
 */
final class LayeredStoreBuilder<T extends StateStore> implements StoreBuilder<T> {
    /** Lays everything around a new store of the supplier. */
    @FunctionalInterface
    interface Recipe<T> {
        T build(boolean logged);
    }

    private final String name;
    private final Recipe<T> recipe;
    private final OptionalLong retentionMs;
    private boolean loggingEnabled = true;
    private Map<String, String> logConfig = Map.of();

    LayeredStoreBuilder(StoreSupplier<?> supplier, Recipe<T> recipe) {
        Objects.requireNonNull(supplier, "the store supplier must not be null");
        this.name = Objects.requireNonNull(supplier.name(), "the name of a store must not be null");
        this.recipe = recipe;
        this.retentionMs = supplier instanceof WindowBytesStoreSupplier windows
                ? OptionalLong.of(windows.retentionPeriod())
                : OptionalLong.empty();
    }

    @Override
    public StoreBuilder<T> withCachingDisabled() {
        return this;
    }

    @Override
    public StoreBuilder<T> withLoggingEnabled(Map<String, String> config) {
        loggingEnabled = true;
        logConfig = Map.copyOf(Objects.requireNonNull(config, "the changelog configuration must not be null"));
        return this;
    }

    @Override
    public StoreBuilder<T> withLoggingDisabled() {
        loggingEnabled = false;
        logConfig = Map.of();
        return this;
    }

    @Override
    public T build() {
        return recipe.build(loggingEnabled);
    }

    @Override
    public Map<String, String> logConfig() {
        return logConfig;
    }

    @Override
    public boolean loggingEnabled() {
        return loggingEnabled;
    }

    @Override
    public OptionalLong retentionMs() {
        return retentionMs;
    }

    @Override
    public String name() {
        return name;
    }
}
