package io.tailrace.stores;

import io.tailrace.common.Bytes;
import io.tailrace.serde.Serde;
import io.tailrace.state.KeyValueBytesStoreSupplier;
import io.tailrace.state.KeyValueStore;
import io.tailrace.state.StoreBuilder;
import io.tailrace.state.TimestampedKeyValueStore;
import io.tailrace.state.TimestampedWindowStore;
import io.tailrace.state.WindowBytesStoreSupplier;
import io.tailrace.state.WindowStore;
import io.tailrace.stores.bytes.ByteStore;
import io.tailrace.stores.bytes.MemoryByteStore;
import io.tailrace.stores.layer.ChangelogLayer;
import io.tailrace.stores.layer.ForeignByteStore;
import io.tailrace.stores.layer.KeyForm;
import io.tailrace.stores.layer.ValueForm;
import io.tailrace.stores.rocksdb.RocksByteStore;
import io.tailrace.stores.typed.TypedKeyValueStore;
import io.tailrace.stores.typed.TypedWindowStore;
import io.tailrace.stores.window.ByteWindowStore;
import io.tailrace.stores.window.WindowSpec;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes suppliers of stores, and builders that add serdes and a changelog to them:
 *
 * <pre>{@code
 * Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore("counts"), Serdes.String(), Serdes.Long())
 * }</pre>
 *
 * <p><i>Persistent</i> stores keep their committed entries in RocksDB below the task's state directory, those in memory
 * are restored from their changelog after each start. After a crash a persistent store too is restored, but only from its
 * last flush on; without a changelog it falls back to that flush. Whether values carry timestamps is up to the builder, so a
 * {@code Timestamped} supplier makes the same store as its plain namesake; both exist for ported code.
 *
 * <p>A store whose layout has changed, for instance by another retention, starts empty and is restored.
 */
public final class Stores {
    private Stores() {}

    public static KeyValueBytesStoreSupplier inMemoryKeyValueStore(String name) {
        return new KeyValueSupplier(named(name), MemoryByteStore::new, "in-memory");
    }

    public static KeyValueBytesStoreSupplier persistentKeyValueStore(String name) {
        return new KeyValueSupplier(named(name), RocksByteStore::new, "rocksdb");
    }

    /** As {@link #persistentKeyValueStore}, for {@link #timestampedKeyValueStoreBuilder}. */
    public static KeyValueBytesStoreSupplier persistentTimestampedKeyValueStore(String name) {
        return persistentKeyValueStore(name);
    }

    /** As {@link #persistentWindowStore}, in memory. */
    public static WindowBytesStoreSupplier inMemoryWindowStore(
            String name, Duration retentionPeriod, Duration windowSize, boolean retainDuplicates) {
        WindowSpec spec = windowSpec(name, retentionPeriod, windowSize, retainDuplicates);
        return new WindowSupplier(name, MemoryByteStore::new, spec, "in-memory-window");
    }

    /**
     * @param retentionPeriod how long a window is kept at least, counted from its start in stream time
     * @param windowSize the end of each window, counted from its start
     * @param retainDuplicates whether several values of the same key and window start are all kept
     * @throws IllegalArgumentException when the window size is less than a millisecond or exceeds the retention
     */
    public static WindowBytesStoreSupplier persistentWindowStore(
            String name, Duration retentionPeriod, Duration windowSize, boolean retainDuplicates) {
        WindowSpec spec = windowSpec(name, retentionPeriod, windowSize, retainDuplicates);
        return new WindowSupplier(name, RocksByteStore::new, spec, "rocksdb-window");
    }

    /** As {@link #persistentWindowStore}, for {@link #timestampedWindowStoreBuilder}. */
    public static WindowBytesStoreSupplier persistentTimestampedWindowStore(
            String name, Duration retentionPeriod, Duration windowSize, boolean retainDuplicates) {
        return persistentWindowStore(name, retentionPeriod, windowSize, retainDuplicates);
    }

    /**
     * @param supplier one of this class, or your own: how far that one keeps the contract of
     *     {@link io.tailrace.processor.StateStore} is up to it
     * @param keySerde null for the application's default
     * @param valueSerde null for the application's default
     */
    public static <K, V> StoreBuilder<KeyValueStore<K, V>> keyValueStoreBuilder(
            KeyValueBytesStoreSupplier supplier, @Nullable Serde<K> keySerde, @Nullable Serde<V> valueSerde) {
        return new LayeredStoreBuilder<>(
                supplier,
                logged -> TypedKeyValueStore.plain(
                        keyValueBytes(supplier, ValueForm.PLAIN, logged), keySerde, valueSerde));
    }

    /** As {@link #keyValueStoreBuilder}, with a timestamp for each value. */
    public static <K, V> StoreBuilder<TimestampedKeyValueStore<K, V>> timestampedKeyValueStoreBuilder(
            KeyValueBytesStoreSupplier supplier, @Nullable Serde<K> keySerde, @Nullable Serde<V> valueSerde) {
        return new LayeredStoreBuilder<>(
                supplier,
                logged -> TypedKeyValueStore.timestamped(
                        keyValueBytes(supplier, ValueForm.TIMESTAMPED, logged), keySerde, valueSerde));
    }

    /**
     * @param supplier one of this class, or one that passes on stores of this class: another store cannot be given a
     *     changelog, and {@link StoreBuilder#build()} refuses it with an {@link IllegalArgumentException}
     * @param keySerde null for the application's default
     * @param valueSerde null for the application's default
     */
    public static <K, V> StoreBuilder<WindowStore<K, V>> windowStoreBuilder(
            WindowBytesStoreSupplier supplier, @Nullable Serde<K> keySerde, @Nullable Serde<V> valueSerde) {
        return new LayeredStoreBuilder<>(
                supplier,
                logged -> TypedWindowStore.plain(windowBytes(supplier, ValueForm.PLAIN, logged), keySerde, valueSerde));
    }

    /** As {@link #windowStoreBuilder}, with a timestamp for each value. */
    public static <K, V> StoreBuilder<TimestampedWindowStore<K, V>> timestampedWindowStoreBuilder(
            WindowBytesStoreSupplier supplier, @Nullable Serde<K> keySerde, @Nullable Serde<V> valueSerde) {
        return new LayeredStoreBuilder<>(
                supplier,
                logged -> TypedWindowStore.timestamped(
                        windowBytes(supplier, ValueForm.TIMESTAMPED, logged), keySerde, valueSerde));
    }

    private static ByteStore keyValueBytes(KeyValueBytesStoreSupplier supplier, ValueForm values, boolean logged) {
        KeyValueStore<Bytes, byte[]> store = supplier.get();
        return new ChangelogLayer(ForeignByteStore.adapt(store), KeyForm.PLAIN, values, logged);
    }

    private static ByteWindowStore windowBytes(WindowBytesStoreSupplier supplier, ValueForm values, boolean logged) {
        WindowStore<Bytes, byte[]> store = supplier.get();
        if (!(store instanceof ByteWindowStore ours)) {
            throw new IllegalArgumentException("window store '" + supplier.name() + "': the supplier "
                    + supplier.getClass().getName() + " makes a "
                    + store.getClass().getName()
                    + ", which cannot be given a changelog; use Stores.persistentWindowStore or"
                    + " Stores.inMemoryWindowStore");
        }
        return ours.with(values, logged);
    }

    private static WindowSpec windowSpec(
            String name, Duration retentionPeriod, Duration windowSize, boolean retainDuplicates) {
        long retentionMs = millis(name, "retention period", retentionPeriod);
        long windowSizeMs = millis(name, "window size", windowSize);
        if (windowSizeMs < 1 || windowSizeMs > retentionMs) {
            throw new IllegalArgumentException("window store '" + named(name) + "': the window size is " + windowSizeMs
                    + " ms, expected 1 ms up to the retention period of " + retentionMs + " ms");
        }
        return WindowSpec.of(windowSizeMs, retentionMs, retainDuplicates);
    }

    private static long millis(String name, String what, Duration duration) {
        Objects.requireNonNull(duration, () -> "window store '" + name + "': the " + what + " must not be null");
        try {
            return duration.toMillis();
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    "window store '" + name + "': the " + what + " " + duration
                            + " does not fit into 64-bit milliseconds",
                    e);
        }
    }

    private static String named(String name) {
        return Objects.requireNonNull(name, "the name of a store must not be null");
    }
}
