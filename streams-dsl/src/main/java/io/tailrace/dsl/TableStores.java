package io.tailrace.dsl;

import static io.tailrace.dsl.Checks.given;

import io.tailrace.common.Bytes;
import io.tailrace.dsl.plan.TableStore;
import io.tailrace.kstream.Materialized;
import io.tailrace.kstream.Windows;
import io.tailrace.processor.StateStore;
import io.tailrace.serde.Serde;
import io.tailrace.state.KeyValueBytesStoreSupplier;
import io.tailrace.state.KeyValueStore;
import io.tailrace.state.StoreBuilder;
import io.tailrace.state.WindowBytesStoreSupplier;
import io.tailrace.state.WindowStore;
import io.tailrace.stores.BuiltInDslStoreSuppliers;
import io.tailrace.stores.DslKeyValueParams;
import io.tailrace.stores.DslStoreSuppliers;
import io.tailrace.stores.DslWindowParams;
import io.tailrace.stores.Stores;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Makes the stores of tables from what a {@link Materialized} says. */
final class TableStores {
    private TableStores() {}

    /**
     * @param name of the store in case that {@code materialized} has none
     * @throws IllegalArgumentException when there is a retention, which only windows have
     */
    static <K, V> StoreBuilder<?> keyValue(
            String name,
            @Nullable Materialized<K, V, KeyValueStore<Bytes, byte[]>> materialized,
            @Nullable Serde<K> keySerde,
            @Nullable Serde<V> valueSerde) {
        if (materialized != null && materialized.retention() != null) {
            throw new IllegalArgumentException("store '" + storeName(name, materialized) + "' has a retention of "
                    + materialized.retention() + ", but its entries have no window to expire by: leave it out");
        }
        KeyValueBytesStoreSupplier supplier;
        if (materialized != null && materialized.storeSupplier() instanceof KeyValueBytesStoreSupplier own) {
            supplier = own;
        } else {
            supplier = given(
                    type(materialized).keyValueStore(new DslKeyValueParams(storeName(name, materialized))),
                    "the supplier of a key-value store");
        }
        return layered(Stores.timestampedKeyValueStoreBuilder(supplier, keySerde, valueSerde), materialized);
    }

    /**
     * @param name of the store in case that {@code materialized} has none
     * @throws IllegalArgumentException when the retention is too short for windows that still take records, or is given
     *     beside a supplier
     */
    static <K, V> TableStore windowed(
            String name,
            Windows<?> windows,
            Materialized<K, V, WindowStore<Bytes, byte[]>> materialized,
            @Nullable Serde<K> keySerde,
            @Nullable Serde<V> valueSerde) {
        WindowBytesStoreSupplier supplier;
        if (materialized.storeSupplier() instanceof WindowBytesStoreSupplier own) {
            if (materialized.retention() != null) {
                throw new IllegalArgumentException("store '" + own.name() + "' has a supplier, which keeps windows for "
                        + own.retentionPeriod() + " ms: set the retention there only");
            }
            supplier = own;
        } else {
            DslWindowParams params = new DslWindowParams(
                    storeName(name, materialized),
                    retention(name, windows, materialized),
                    Duration.ofMillis(windows.size()),
                    false,
                    false);
            supplier = given(type(materialized).windowStore(params), "the supplier of a window store");
        }
        StoreBuilder<?> builder =
                layered(Stores.timestampedWindowStoreBuilder(supplier, keySerde, valueSerde), materialized);
        return new TableStore(builder, true, true);
    }

    private static Duration retention(String name, Windows<?> windows, Materialized<?, ?, ?> materialized) {
        long neededMs = windows.size() + windows.gracePeriodMs();
        if (neededMs < 0) {
            neededMs = Long.MAX_VALUE; // windows without an end
        }
        Duration retention = materialized.retention();
        if (retention == null) {
            return Duration.ofMillis(neededMs);
        }
        if (retention.toMillis() < neededMs) {
            throw new IllegalArgumentException(
                    "window store '" + storeName(name, materialized) + "' has a retention of "
                            + retention.toMillis() + " ms, expected the window size plus the grace period or more: "
                            + windows.size() + " + " + windows.gracePeriodMs() + " ms");
        }
        return retention;
    }

    private static String storeName(String name, @Nullable Materialized<?, ?, ?> materialized) {
        return materialized == null || materialized.storeName() == null ? name : materialized.storeName();
    }

    private static DslStoreSuppliers type(@Nullable Materialized<?, ?, ?> materialized) {
        return materialized == null || materialized.storeType() == null
                ? BuiltInDslStoreSuppliers.ROCKS_DB
                : materialized.storeType();
    }

    private static <S extends StateStore> StoreBuilder<S> layered(
            StoreBuilder<S> builder, @Nullable Materialized<?, ?, ?> materialized) {
        if (materialized == null) {
            return builder.withCachingEnabled();
        }
        if (materialized.cachingEnabled()) {
            builder.withCachingEnabled();
        }
        return materialized.loggingEnabled()
                ? builder.withLoggingEnabled(materialized.topicConfig())
                : builder.withLoggingDisabled();
    }
}
