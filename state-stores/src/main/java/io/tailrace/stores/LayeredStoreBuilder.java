package io.tailrace.stores;

import io.tailrace.processor.StateStore;
import io.tailrace.state.SessionBytesStoreSupplier;
import io.tailrace.state.StoreBuilder;
import io.tailrace.state.StoreSupplier;
import io.tailrace.state.VersionedBytesStoreSupplier;
import io.tailrace.state.WindowBytesStoreSupplier;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * Builds a store from a supplier's. Changed in place by its {@code with} methods, because ported code calls them for
 * their effect too. Not to be changed any more once it belongs to a topology.
 */
final class LayeredStoreBuilder<T extends StateStore> implements StoreBuilder<T> {
    /**
     * What is to be laid around a store.
     *
     * @param logged whether it has a changelog
     * @param cached whether it has a cache
     */
    record Layers(boolean logged, boolean cached) {}

    /** Lays everything around a new store of the supplier. */
    @FunctionalInterface
    interface Recipe<T> {
        T build(Layers layers);
    }

    private final String name;
    private final Recipe<T> recipe;
    private final OptionalLong retentionMs;
    private final OptionalLong historyRetentionMs;
    private boolean loggingEnabled = true;
    private boolean cachingEnabled;
    private Map<String, String> logConfig = Map.of();

    LayeredStoreBuilder(StoreSupplier<?> supplier, Recipe<T> recipe) {
        Objects.requireNonNull(supplier, "the store supplier must not be null");
        this.name = Objects.requireNonNull(supplier.name(), "the name of a store must not be null");
        this.recipe = recipe;
        this.retentionMs = retentionOf(supplier);
        this.historyRetentionMs = supplier instanceof VersionedBytesStoreSupplier versioned
                ? OptionalLong.of(versioned.historyRetentionMs())
                : OptionalLong.empty();
    }

    private static OptionalLong retentionOf(StoreSupplier<?> supplier) {
        if (supplier instanceof WindowBytesStoreSupplier windows) {
            return OptionalLong.of(windows.retentionPeriod());
        }
        return supplier instanceof SessionBytesStoreSupplier sessions
                ? OptionalLong.of(sessions.retentionPeriod())
                : OptionalLong.empty();
    }

    @Override
    public StoreBuilder<T> withCachingEnabled() {
        if (historyRetentionMs.isPresent()) {
            throw new IllegalStateException(
                    "store '" + name + "' is versioned: a cache would merge its versions, so it cannot have one");
        }
        cachingEnabled = true;
        return this;
    }

    @Override
    public StoreBuilder<T> withCachingDisabled() {
        cachingEnabled = false;
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
        return recipe.build(new Layers(loggingEnabled, cachingEnabled));
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
    public OptionalLong historyRetentionMs() {
        return historyRetentionMs;
    }

    @Override
    public String name() {
        return name;
    }
}
