package io.tailrace.stores;

import io.tailrace.common.Bytes;
import io.tailrace.processor.StateStore;
import io.tailrace.serde.Serde;
import io.tailrace.state.KeyValueBytesStoreSupplier;
import io.tailrace.state.KeyValueStore;
import io.tailrace.state.SessionBytesStoreSupplier;
import io.tailrace.state.SessionStore;
import io.tailrace.state.SessionStoreWithHeaders;
import io.tailrace.state.StoreBuilder;
import io.tailrace.state.StoreSupplier;
import io.tailrace.state.TimestampedKeyValueStore;
import io.tailrace.state.TimestampedKeyValueStoreWithHeaders;
import io.tailrace.state.TimestampedWindowStore;
import io.tailrace.state.TimestampedWindowStoreWithHeaders;
import io.tailrace.state.VersionedBytesStoreSupplier;
import io.tailrace.state.VersionedKeyValueStore;
import io.tailrace.state.WindowBytesStoreSupplier;
import io.tailrace.state.WindowStore;
import io.tailrace.stores.bytes.ByteStore;
import io.tailrace.stores.bytes.LruByteStore;
import io.tailrace.stores.bytes.MemoryByteStore;
import io.tailrace.stores.layer.ChangelogLayer;
import io.tailrace.stores.layer.ForeignByteStore;
import io.tailrace.stores.layer.KeyForm;
import io.tailrace.stores.layer.ValueForm;
import io.tailrace.stores.rocksdb.RocksByteStore;
import io.tailrace.stores.segment.Retention;
import io.tailrace.stores.session.ByteSessionStore;
import io.tailrace.stores.typed.TypedKeyValueStore;
import io.tailrace.stores.typed.TypedSessionStore;
import io.tailrace.stores.typed.TypedVersionedStore;
import io.tailrace.stores.typed.TypedWindowStore;
import io.tailrace.stores.versioned.ByteVersionedStore;
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
 * last flush on; without a changelog it falls back to that flush. Whether values carry timestamps and headers is up to the builder,
 * so a {@code Timestamped} supplier, or one {@code WithHeaders}, makes the same store as its plain namesake; they exist for ported
 * code.
 *
 * <p>A store whose layout has changed, for instance by another retention, starts empty and is restored.
 */
public final class Stores {
    private Stores() {}

    public static KeyValueBytesStoreSupplier inMemoryKeyValueStore(String name) {
        return new KeyValueSupplier(named(name), MemoryByteStore::new, "in-memory");
    }

    /**
     * A store in memory that keeps a number of entries only: one too many drops the one that was used the longest time ago,
     * which its changelog records as a deletion.
     *
     * @throws IllegalArgumentException when {@code maxCacheSize} is less than 1
     */
    public static KeyValueBytesStoreSupplier lruMap(String name, int maxCacheSize) {
        if (maxCacheSize < 1) {
            throw new IllegalArgumentException("store '" + named(name) + "': the number of entries to keep is "
                    + maxCacheSize + ", expected 1 or more");
        }
        return new KeyValueSupplier(named(name), store -> new LruByteStore(store, maxCacheSize), "in-memory-lru");
    }

    public static KeyValueBytesStoreSupplier persistentKeyValueStore(String name) {
        return new KeyValueSupplier(named(name), RocksByteStore::new, "rocksdb");
    }

    /** As {@link #persistentKeyValueStore}, for {@link #timestampedKeyValueStoreBuilder}. */
    public static KeyValueBytesStoreSupplier persistentTimestampedKeyValueStore(String name) {
        return persistentKeyValueStore(name);
    }

    /** As {@link #persistentKeyValueStore}, for {@link #timestampedKeyValueStoreWithHeadersBuilder}. */
    public static KeyValueBytesStoreSupplier persistentTimestampedKeyValueStoreWithHeaders(String name) {
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

    /** As {@link #persistentWindowStore}, for {@link #timestampedWindowStoreWithHeadersBuilder}. */
    public static WindowBytesStoreSupplier persistentTimestampedWindowStoreWithHeaders(
            String name, Duration retentionPeriod, Duration windowSize, boolean retainDuplicates) {
        return persistentWindowStore(name, retentionPeriod, windowSize, retainDuplicates);
    }

    /** As {@link #persistentSessionStore}, in memory. */
    public static SessionBytesStoreSupplier inMemorySessionStore(String name, Duration retentionPeriod) {
        return new SessionSupplier(
                named(name), MemoryByteStore::new, sessionRetention(name, retentionPeriod), "in-memory-session");
    }

    /**
     * @param retentionPeriod how long a session is kept, counted from its end in stream time; at least inactivity gap and
     *     grace period together
     * @throws IllegalArgumentException when it is less than a millisecond
     */
    public static SessionBytesStoreSupplier persistentSessionStore(String name, Duration retentionPeriod) {
        return new SessionSupplier(
                named(name), RocksByteStore::new, sessionRetention(name, retentionPeriod), "rocksdb-session");
    }

    /** As {@link #persistentSessionStore}, for {@link #sessionStoreWithHeadersBuilder}. */
    public static SessionBytesStoreSupplier persistentSessionStoreWithHeaders(String name, Duration retentionPeriod) {
        return persistentSessionStore(name, retentionPeriod);
    }

    /** As {@link #persistentVersionedKeyValueStore(String, Duration)}, in memory; Kafka Streams has none. */
    public static VersionedBytesStoreSupplier inMemoryVersionedKeyValueStore(String name, Duration historyRetention) {
        Retention retention = Retention.of(historyMs(name, historyRetention));
        return new VersionedSupplier(named(name), MemoryByteStore::new, retention, "in-memory-versioned");
    }

    /**
     * A store that remembers earlier values (KIP-889).
     *
     * @param historyRetention how far back it can be read, and a write may lie, in stream time
     */
    public static VersionedBytesStoreSupplier persistentVersionedKeyValueStore(String name, Duration historyRetention) {
        Retention retention = Retention.of(historyMs(name, historyRetention));
        return new VersionedSupplier(named(name), RocksByteStore::new, retention, "rocksdb-versioned");
    }

    /**
     * As {@link #persistentVersionedKeyValueStore(String, Duration)}.
     *
     * @param segmentInterval how much history is dropped at once
     * @throws IllegalArgumentException when the interval is less than a millisecond
     */
    public static VersionedBytesStoreSupplier persistentVersionedKeyValueStore(
            String name, Duration historyRetention, Duration segmentInterval) {
        long intervalMs = millis("versioned store", name, "segment interval", segmentInterval);
        if (intervalMs < 1) {
            throw new IllegalArgumentException("versioned store '" + name + "': the segment interval is "
                    + segmentInterval + ", expected 1 ms or more");
        }
        Retention retention = new Retention(historyMs(name, historyRetention), intervalMs);
        return new VersionedSupplier(named(name), RocksByteStore::new, retention, "rocksdb-versioned");
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
                layers -> TypedKeyValueStore.plain(
                        keyValueBytes(supplier, ValueForm.PLAIN, layers.logged()),
                        keySerde,
                        valueSerde,
                        layers.cached()));
    }

    /** As {@link #keyValueStoreBuilder}, with a timestamp for each value. */
    public static <K, V> StoreBuilder<TimestampedKeyValueStore<K, V>> timestampedKeyValueStoreBuilder(
            KeyValueBytesStoreSupplier supplier, @Nullable Serde<K> keySerde, @Nullable Serde<V> valueSerde) {
        return new LayeredStoreBuilder<>(
                supplier,
                layers -> TypedKeyValueStore.timestamped(
                        keyValueBytes(supplier, ValueForm.TIMESTAMPED, layers.logged()),
                        keySerde,
                        valueSerde,
                        layers.cached()));
    }

    /** As {@link #keyValueStoreBuilder}, with a timestamp and headers for each value (KIP-1271). */
    public static <K, V>
            StoreBuilder<TimestampedKeyValueStoreWithHeaders<K, V>> timestampedKeyValueStoreWithHeadersBuilder(
                    KeyValueBytesStoreSupplier supplier, @Nullable Serde<K> keySerde, @Nullable Serde<V> valueSerde) {
        return new LayeredStoreBuilder<>(
                supplier,
                layers -> TypedKeyValueStore.timestampedWithHeaders(
                        keyValueBytes(supplier, ValueForm.TIMESTAMPED_HEADERS, layers.logged()),
                        keySerde,
                        valueSerde,
                        layers.cached()));
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
                layers -> TypedWindowStore.plain(
                        windowBytes(supplier, ValueForm.PLAIN, layers.logged()),
                        keySerde,
                        valueSerde,
                        layers.cached()));
    }

    /** As {@link #windowStoreBuilder}, with a timestamp for each value. */
    public static <K, V> StoreBuilder<TimestampedWindowStore<K, V>> timestampedWindowStoreBuilder(
            WindowBytesStoreSupplier supplier, @Nullable Serde<K> keySerde, @Nullable Serde<V> valueSerde) {
        return new LayeredStoreBuilder<>(
                supplier,
                layers -> TypedWindowStore.timestamped(
                        windowBytes(supplier, ValueForm.TIMESTAMPED, layers.logged()),
                        keySerde,
                        valueSerde,
                        layers.cached()));
    }

    /** As {@link #windowStoreBuilder}, with a timestamp and headers for each value (KIP-1271). */
    public static <K, V> StoreBuilder<TimestampedWindowStoreWithHeaders<K, V>> timestampedWindowStoreWithHeadersBuilder(
            WindowBytesStoreSupplier supplier, @Nullable Serde<K> keySerde, @Nullable Serde<V> valueSerde) {
        return new LayeredStoreBuilder<>(
                supplier,
                layers -> TypedWindowStore.timestampedWithHeaders(
                        windowBytes(supplier, ValueForm.TIMESTAMPED_HEADERS, layers.logged()),
                        keySerde,
                        valueSerde,
                        layers.cached()));
    }

    /**
     * @param supplier one of this class, or one that passes on stores of this class
     * @param keySerde null for the application's default
     * @param valueSerde null for the application's default
     */
    public static <K, V> StoreBuilder<SessionStore<K, V>> sessionStoreBuilder(
            SessionBytesStoreSupplier supplier, @Nullable Serde<K> keySerde, @Nullable Serde<V> valueSerde) {
        return new LayeredStoreBuilder<>(
                supplier,
                layers -> TypedSessionStore.plain(
                        sessionBytes(supplier, ValueForm.PLAIN, layers.logged()),
                        keySerde,
                        valueSerde,
                        layers.cached()));
    }

    /** As {@link #sessionStoreBuilder}, with headers for each aggregate (KIP-1271). */
    public static <K, V> StoreBuilder<SessionStoreWithHeaders<K, V>> sessionStoreWithHeadersBuilder(
            SessionBytesStoreSupplier supplier, @Nullable Serde<K> keySerde, @Nullable Serde<V> valueSerde) {
        return new LayeredStoreBuilder<>(
                supplier,
                layers -> TypedSessionStore.withHeaders(
                        sessionBytes(supplier, ValueForm.HEADERS, layers.logged()),
                        keySerde,
                        valueSerde,
                        layers.cached()));
    }

    /**
     * @param supplier one of this class, or one that passes on stores of this class
     * @param keySerde null for the application's default
     * @param valueSerde null for the application's default
     */
    public static <K, V> StoreBuilder<VersionedKeyValueStore<K, V>> versionedKeyValueStoreBuilder(
            VersionedBytesStoreSupplier supplier, @Nullable Serde<K> keySerde, @Nullable Serde<V> valueSerde) {
        return new LayeredStoreBuilder<>(
                supplier,
                layers -> new TypedVersionedStore<>(versionedBytes(supplier, layers.logged()), keySerde, valueSerde));
    }

    private static ByteStore keyValueBytes(KeyValueBytesStoreSupplier supplier, ValueForm values, boolean logged) {
        if (supplier instanceof VersionedBytesStoreSupplier) {
            throw new IllegalArgumentException("store '" + supplier.name()
                    + "': the supplier makes a versioned store; build it by Stores.versionedKeyValueStoreBuilder");
        }
        KeyValueStore<Bytes, byte[]> store = supplier.get();
        return new ChangelogLayer(ForeignByteStore.adapt(store), KeyForm.PLAIN, values, logged);
    }

    private static ByteWindowStore windowBytes(WindowBytesStoreSupplier supplier, ValueForm values, boolean logged) {
        WindowStore<Bytes, byte[]> store = supplier.get();
        if (!(store instanceof ByteWindowStore ours)) {
            throw foreign(supplier, store, "Stores.persistentWindowStore or Stores.inMemoryWindowStore");
        }
        return ours.with(values, logged);
    }

    private static ByteSessionStore sessionBytes(SessionBytesStoreSupplier supplier, ValueForm values, boolean logged) {
        SessionStore<Bytes, byte[]> store = supplier.get();
        if (!(store instanceof ByteSessionStore ours)) {
            throw foreign(supplier, store, "Stores.persistentSessionStore or Stores.inMemorySessionStore");
        }
        return ours.with(values, logged);
    }

    private static ByteVersionedStore versionedBytes(VersionedBytesStoreSupplier supplier, boolean logged) {
        KeyValueStore<Bytes, byte[]> store = supplier.get();
        if (!(store instanceof ByteVersionedStore ours)) {
            throw foreign(supplier, store, "Stores.persistentVersionedKeyValueStore");
        }
        return ours.with(logged);
    }

    private static IllegalArgumentException foreign(StoreSupplier<?> supplier, StateStore store, String use) {
        return new IllegalArgumentException("store '" + supplier.name() + "': the supplier "
                + supplier.getClass().getName() + " makes a "
                + store.getClass().getName() + ", which cannot be given a changelog; use " + use);
    }

    private static Retention sessionRetention(String name, Duration retentionPeriod) {
        long retentionMs = millis("session store", name, "retention period", retentionPeriod);
        if (retentionMs < 1) {
            throw new IllegalArgumentException("session store '" + name + "': the retention period is "
                    + retentionPeriod + ", expected 1 ms or more");
        }
        return Retention.of(retentionMs);
    }

    private static long historyMs(String name, Duration historyRetention) {
        long historyMs = millis("versioned store", name, "history retention", historyRetention);
        if (historyMs < 0) {
            throw new IllegalArgumentException("versioned store '" + name + "': the history retention is "
                    + historyRetention + ", expected 0 or more");
        }
        return historyMs;
    }

    private static WindowSpec windowSpec(
            String name, Duration retentionPeriod, Duration windowSize, boolean retainDuplicates) {
        long retentionMs = millis("window store", name, "retention period", retentionPeriod);
        long windowSizeMs = millis("window store", name, "window size", windowSize);
        if (windowSizeMs < 1 || windowSizeMs > retentionMs) {
            throw new IllegalArgumentException("window store '" + named(name) + "': the window size is " + windowSizeMs
                    + " ms, expected 1 ms up to the retention period of " + retentionMs + " ms");
        }
        return WindowSpec.of(windowSizeMs, retentionMs, retainDuplicates);
    }

    private static long millis(String kind, String name, String what, Duration duration) {
        named(name);
        Objects.requireNonNull(duration, () -> kind + " '" + name + "': the " + what + " must not be null");
        try {
            return duration.toMillis();
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    kind + " '" + name + "': the " + what + " " + duration + " does not fit into 64-bit milliseconds",
                    e);
        }
    }

    private static String named(String name) {
        return Objects.requireNonNull(name, "the name of a store must not be null");
    }
}
