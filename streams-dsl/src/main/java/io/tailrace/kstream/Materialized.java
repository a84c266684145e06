package io.tailrace.kstream;

import io.tailrace.common.Bytes;
import io.tailrace.processor.StateStore;
import io.tailrace.serde.Serde;
import io.tailrace.state.KeyValueBytesStoreSupplier;
import io.tailrace.state.KeyValueStore;
import io.tailrace.state.StoreSupplier;
import io.tailrace.state.WindowBytesStoreSupplier;
import io.tailrace.state.WindowStore;
import io.tailrace.stores.BuiltInDslStoreSuppliers;
import io.tailrace.stores.DslKeyValueParams;
import io.tailrace.stores.DslStoreSuppliers;
import io.tailrace.stores.DslWindowParams;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How the result of an operation is kept: the name by which it can be read, the kind of store, serdes, changelog. Stores are
 * RocksDB's unless another type or supplier is set, with a changelog unless it is disabled.
 *
 * <p>A builder: each {@code with…} method changes and returns this object, which the call that takes it reads once.
 *
 * @param <S> type of the store, of serialized keys and values
 */
public class Materialized<K, V, S extends StateStore> {
    private @Nullable String storeName;
    private @Nullable StoreSupplier<S> storeSupplier;
    private @Nullable DslStoreSuppliers dslStoreSuppliers;
    private @Nullable Serde<K> keySerde;
    private @Nullable Serde<V> valueSerde;
    private boolean loggingEnabled = true;
    private boolean cachingEnabled = true;
    private Map<String, String> topicConfig = Map.of();
    private @Nullable Duration retention;

    private Materialized() {}

    protected Materialized(Materialized<K, V, S> other) {
        storeName = other.storeName;
        storeSupplier = other.storeSupplier;
        dslStoreSuppliers = other.dslStoreSuppliers;
        keySerde = other.keySerde;
        valueSerde = other.valueSerde;
        loggingEnabled = other.loggingEnabled;
        cachingEnabled = other.cachingEnabled;
        topicConfig = other.topicConfig;
        retention = other.retention;
    }

    /** @throws io.tailrace.errors.TopologyException when the name is illegal, see {@link Named} */
    public static <K, V, S extends StateStore> Materialized<K, V, S> as(String storeName) {
        Named.validate(storeName);
        Materialized<K, V, S> materialized = new Materialized<>();
        materialized.storeName = storeName;
        return materialized;
    }

    /** A store of that type, under a generated name. */
    public static <K, V, S extends StateStore> Materialized<K, V, S> as(DslStoreSuppliers storeSuppliers) {
        Objects.requireNonNull(storeSuppliers, "storeSuppliers must not be null");
        return new Materialized<K, V, S>().withStoreType(storeSuppliers);
    }

    /** @param supplier also says how long windows are kept: at least their size plus the grace period */
    public static <K, V> Materialized<K, V, WindowStore<Bytes, byte[]>> as(WindowBytesStoreSupplier supplier) {
        return new Materialized<K, V, WindowStore<Bytes, byte[]>>().withSupplier(supplier);
    }

    public static <K, V> Materialized<K, V, KeyValueStore<Bytes, byte[]>> as(KeyValueBytesStoreSupplier supplier) {
        return new Materialized<K, V, KeyValueStore<Bytes, byte[]>>().withSupplier(supplier);
    }

    public static <K, V, S extends StateStore> Materialized<K, V, S> with(
            @Nullable Serde<K> keySerde, @Nullable Serde<V> valueSerde) {
        return new Materialized<K, V, S>().withKeySerde(keySerde).withValueSerde(valueSerde);
    }

    private Materialized<K, V, S> withSupplier(StoreSupplier<S> supplier) {
        Objects.requireNonNull(supplier, "supplier must not be null");
        Named.validate(supplier.name());
        storeSupplier = supplier;
        storeName = supplier.name();
        return this;
    }

    public Materialized<K, V, S> withKeySerde(@Nullable Serde<K> keySerde) {
        this.keySerde = keySerde;
        return this;
    }

    public Materialized<K, V, S> withValueSerde(@Nullable Serde<V> valueSerde) {
        this.valueSerde = valueSerde;
        return this;
    }

    /**
     * Keeps a changelog topic, from which the store is restored; the default.
     *
     * @param config settings of that topic over the defaults
     */
    public Materialized<K, V, S> withLoggingEnabled(Map<String, String> config) {
        loggingEnabled = true;
        topicConfig = Map.copyOf(config);
        return this;
    }

    /** Keeps no changelog topic: state that is lost with its directory stays lost. */
    public Materialized<K, V, S> withLoggingDisabled() {
        loggingEnabled = false;
        topicConfig = Map.of();
        return this;
    }

    /**
     * Updates wait for the next commit, or until {@code statestore.cache.max.bytes} is used up; of several updates of a key only
     * the last is then written and forwarded. The default.
     */
    public Materialized<K, V, S> withCachingEnabled() {
        cachingEnabled = true;
        return this;
    }

    /** Every update is written and forwarded at once. */
    public Materialized<K, V, S> withCachingDisabled() {
        cachingEnabled = false;
        return this;
    }

    /**
     * How long windows are kept, counted from their start in stream time. For windowed aggregations without a supplier
     * only, which refuse it when it is shorter than the windows' size plus their grace period; all others refuse it.
     *
     * @throws IllegalArgumentException when the duration is negative
     */
    public Materialized<K, V, S> withRetention(Duration retention) {
        if (Millis.of("retention", retention) < 0) {
            throw new IllegalArgumentException("retention " + retention + ": expected zero or more");
        }
        this.retention = retention;
        return this;
    }

    /**
     * The kind of store, such as {@link StoreType#IN_MEMORY}.
     *
     * @throws IllegalArgumentException when there is a supplier already, which makes stores of its own kind
     */
    public Materialized<K, V, S> withStoreType(DslStoreSuppliers storeSuppliers) {
        Objects.requireNonNull(storeSuppliers, "storeSuppliers must not be null");
        if (storeSupplier != null) {
            throw new IllegalArgumentException("store '" + storeName + "' has a supplier, which makes stores of kind '"
                    + storeSupplier.metricsScope() + "': set either a supplier or a store type");
        }
        dslStoreSuppliers = storeSuppliers;
        return this;
    }

    /** Null when the store is not to be read by name. */
    public @Nullable String storeName() {
        return storeName;
    }

    public @Nullable StoreSupplier<S> storeSupplier() {
        return storeSupplier;
    }

    public @Nullable DslStoreSuppliers storeType() {
        return dslStoreSuppliers;
    }

    public @Nullable Serde<K> keySerde() {
        return keySerde;
    }

    public @Nullable Serde<V> valueSerde() {
        return valueSerde;
    }

    public boolean loggingEnabled() {
        return loggingEnabled;
    }

    public boolean cachingEnabled() {
        return cachingEnabled;
    }

    /** Settings of the changelog topic over the defaults. Unmodifiable. */
    public Map<String, String> topicConfig() {
        return topicConfig;
    }

    public @Nullable Duration retention() {
        return retention;
    }

    /** The built-in kinds of stores. */
    public enum StoreType implements DslStoreSuppliers {
        ROCKS_DB,
        IN_MEMORY;

        @Override
        public KeyValueBytesStoreSupplier keyValueStore(DslKeyValueParams params) {
            return suppliers().keyValueStore(params);
        }

        @Override
        public WindowBytesStoreSupplier windowStore(DslWindowParams params) {
            return suppliers().windowStore(params);
        }

        private DslStoreSuppliers suppliers() {
            return this == ROCKS_DB ? BuiltInDslStoreSuppliers.ROCKS_DB : BuiltInDslStoreSuppliers.IN_MEMORY;
        }
    }
}
