package io.tailrace.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.common.Bytes;
import io.tailrace.processor.StateStore;
import io.tailrace.serde.Serdes;
import io.tailrace.state.KeyValueBytesStoreSupplier;
import io.tailrace.state.KeyValueStore;
import io.tailrace.state.StoreBuilder;
import io.tailrace.state.TimestampedKeyValueStore;
import io.tailrace.state.ValueAndTimestamp;
import io.tailrace.state.WindowBytesStoreSupplier;
import io.tailrace.state.WindowStore;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class StoresTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static StoreBuilder<KeyValueStore<String, Long>> counts() {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore("counts"), Serdes.String(), Serdes.Long());
    }

    @Test
    void shouldBuildAnotherStoreEachTime() {
        StoreBuilder<KeyValueStore<String, Long>> builder = counts();
        assertThat(builder.name()).isEqualTo("counts");
        assertThat(builder.build()).isNotSameAs(builder.build());
    }

    @Test
    void shouldLogUnlessTold() {
        StoreBuilder<KeyValueStore<String, Long>> builder = counts();
        assertThat(builder.loggingEnabled()).isTrue();
        assertThat(builder.logConfig()).isEmpty();
        Map<String, String> config = new HashMap<>(Map.of("segment.bytes", "1000"));
        builder.withLoggingEnabled(config);
        config.clear();
        assertThat(builder.logConfig()).containsExactly(Map.entry("segment.bytes", "1000"));
        assertThat(builder.withCachingDisabled().withLoggingDisabled()).isSameAs(builder);
        assertThat(builder.loggingEnabled()).isFalse();
        assertThat(builder.logConfig()).isEmpty();
    }

    @Test
    void shouldTellPersistentStoresFromThoseInMemory() {
        assertThat(counts().build().persistent()).isFalse();
        assertThat(Stores.persistentKeyValueStore("s").get().persistent()).isTrue();
        assertThat(Stores.inMemoryKeyValueStore("s").metricsScope()).isEqualTo("in-memory");
        assertThat(Stores.persistentKeyValueStore("s").metricsScope()).isEqualTo("rocksdb");
        assertThat(Stores.persistentWindowStore("s", MINUTE, MINUTE, false)
                        .get()
                        .persistent())
                .isTrue();
    }

    @Test
    void shouldDescribeAWindowStore() {
        WindowBytesStoreSupplier hour =
                Stores.persistentWindowStore("w", Duration.ofHours(1), Duration.ofMinutes(5), true);
        assertThat(hour.name()).isEqualTo("w");
        assertThat(hour.retentionPeriod()).isEqualTo(3_600_000);
        assertThat(hour.windowSize()).isEqualTo(300_000);
        assertThat(hour.segmentIntervalMs()).isEqualTo(1_800_000);
        assertThat(hour.retainDuplicates()).isTrue();
        assertThat(Stores.inMemoryWindowStore("w", MINUTE, MINUTE, false).segmentIntervalMs())
                .isEqualTo(60_000);
    }

    @Test
    void shouldRefuseAWindowThatOutlivesItsRetention() {
        assertThatThrownBy(() -> Stores.persistentWindowStore("w", MINUTE, MINUTE.plusMillis(1), false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("'w'", "60001", "60000");
        assertThatThrownBy(() -> Stores.inMemoryWindowStore("w", MINUTE, Duration.ZERO, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'w'");
        assertThatThrownBy(() -> Stores.inMemoryWindowStore("w", Duration.ofSeconds(Long.MAX_VALUE), MINUTE, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("'w'", "retention period");
    }

    @Test
    @SuppressWarnings("NullAway") // null is the point
    void shouldRefuseNulls() {
        assertThatThrownBy(() -> Stores.inMemoryKeyValueStore(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> Stores.keyValueStoreBuilder(null, Serdes.String(), Serdes.Long()))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("supplier");
        assertThatThrownBy(() -> Stores.inMemoryWindowStore("w", null, MINUTE, false))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContainingAll("'w'", "retention period");
    }

    @Test
    void shouldRefuseAWindowStoreMadeByOthers() {
        WindowBytesStoreSupplier ours = Stores.inMemoryWindowStore("w", MINUTE, MINUTE, false);
        WindowBytesStoreSupplier foreign = supplier(ours, foreignWindowStore());
        StoreBuilder<WindowStore<String, Long>> builder =
                Stores.windowStoreBuilder(foreign, Serdes.String(), Serdes.Long());
        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("store 'w'", foreign.getClass().getName(), "Stores.");
    }

    @Test
    void shouldTakeOurWindowStoreFromASupplierOfOthers() {
        WindowBytesStoreSupplier ours = Stores.inMemoryWindowStore("w", MINUTE, MINUTE, false);
        StoreBuilder<WindowStore<String, Long>> builder =
                Stores.windowStoreBuilder(supplier(ours, ours.get()), Serdes.String(), Serdes.Long());
        assertThat(builder.build().name()).isEqualTo("w");
    }

    private static WindowBytesStoreSupplier supplier(WindowBytesStoreSupplier shape, WindowStore<Bytes, byte[]> store) {
        return new WindowBytesStoreSupplier() {
            @Override
            public long segmentIntervalMs() {
                return shape.segmentIntervalMs();
            }

            @Override
            public long windowSize() {
                return shape.windowSize();
            }

            @Override
            public boolean retainDuplicates() {
                return shape.retainDuplicates();
            }

            @Override
            public long retentionPeriod() {
                return shape.retentionPeriod();
            }

            @Override
            public String name() {
                return shape.name();
            }

            @Override
            public WindowStore<Bytes, byte[]> get() {
                return store;
            }

            @Override
            public String metricsScope() {
                return "foreign";
            }
        };
    }

    @SuppressWarnings("unchecked") // a proxy of exactly that interface
    private static WindowStore<Bytes, byte[]> foreignWindowStore() {
        return (WindowStore<Bytes, byte[]>) Proxy.newProxyInstance(
                StoresTest.class.getClassLoader(), new Class<?>[] {WindowStore.class}, (proxy, method, args) -> {
                    throw new UnsupportedOperationException(method.toString());
                });
    }

    @Test
    void shouldBuildOnAKeyValueStoreMadeByOthers() {
        KeyValueBytesStoreSupplier foreign = new KeyValueBytesStoreSupplier() {
            @Override
            public String name() {
                return "own";
            }

            @Override
            public KeyValueStore<Bytes, byte[]> get() {
                return new TreeMapStore("own");
            }

            @Override
            public String metricsScope() {
                return "tree-map";
            }
        };
        TimestampedKeyValueStore<String, Long> store = Stores.timestampedKeyValueStoreBuilder(
                        foreign, Serdes.String(), Serdes.Long())
                .build();
        TestContext context = new TestContext(Path.of("unused"));
        store.init(context, store);
        store.put("a", ValueAndTimestamp.make(1L, 12));
        assertThat(Objects.requireNonNull(store.get("a")).timestamp()).isEqualTo(12);
        assertThat(context.logged("own").get(0).timestamp()).isEqualTo(12);
        context.restore("own", context.logged("own"));
        assertThat(Objects.requireNonNull(store.get("a")).timestamp()).isEqualTo(12);
        store.close();
    }

    @Test
    void shouldSupplyTheStoresOfTheDsl() {
        DslWindowParams window = new DslWindowParams("w", Duration.ofHours(1), MINUTE, false, false);
        StateStore persistent = BuiltInDslStoreSuppliers.ROCKS_DB
                .keyValueStore(new DslKeyValueParams("k"))
                .get();
        assertThat(persistent.persistent()).isTrue();
        assertThat(persistent.name()).isEqualTo("k");
        assertThat(BuiltInDslStoreSuppliers.ROCKS_DB.windowStore(window).get().persistent())
                .isTrue();
        assertThat(BuiltInDslStoreSuppliers.IN_MEMORY
                        .keyValueStore(new DslKeyValueParams("k"))
                        .get()
                        .persistent())
                .isFalse();
        WindowBytesStoreSupplier inMemory = BuiltInDslStoreSuppliers.IN_MEMORY.windowStore(window);
        assertThat(inMemory.get().persistent()).isFalse();
        assertThat(inMemory.windowSize()).isEqualTo(60_000);
        assertThat(inMemory.retentionPeriod()).isEqualTo(3_600_000);
    }
}
