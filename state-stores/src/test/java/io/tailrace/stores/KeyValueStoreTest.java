package io.tailrace.stores;

import io.tailrace.serde.Serde;
import io.tailrace.serde.Serdes;
import io.tailrace.state.KeyValueBytesStoreSupplier;
import io.tailrace.state.KeyValueStore;
import io.tailrace.state.StoreBuilder;
import io.tailrace.state.TimestampedKeyValueStore;
import io.tailrace.state.ValueAndTimestamp;
import java.util.Objects;
import org.junit.jupiter.api.Nested;

/** {@link KeyValueStoreContract} on every combination: storage, logging, timestamps, cache. */
class KeyValueStoreTest {
    abstract static class Plain extends KeyValueStoreContract<Long> {
        static StoreBuilder<KeyValueStore<String, Long>> of(KeyValueBytesStoreSupplier supplier) {
            return Stores.keyValueStoreBuilder(supplier, Serdes.String(), Serdes.Long());
        }

        @Override
        Long value(long number) {
            return number;
        }
    }

    abstract static class Timestamped extends KeyValueStoreContract<ValueAndTimestamp<Long>> {
        static StoreBuilder<TimestampedKeyValueStore<String, Long>> of(KeyValueBytesStoreSupplier supplier) {
            return Stores.timestampedKeyValueStoreBuilder(supplier, Serdes.String(), Serdes.Long());
        }

        @Override
        ValueAndTimestamp<Long> value(long number) {
            return Objects.requireNonNull(ValueAndTimestamp.make(number, 1_000_000 + number));
        }
    }

    @Nested
    class InMemory extends Plain {
        @Override
        StoreBuilder<KeyValueStore<String, Long>> builder() {
            return of(Stores.inMemoryKeyValueStore("counts"));
        }
    }

    @Nested
    class InMemoryUnlogged extends Plain {
        @Override
        StoreBuilder<KeyValueStore<String, Long>> builder() {
            return of(Stores.inMemoryKeyValueStore("counts")).withLoggingDisabled();
        }
    }

    @Nested
    class InMemoryTimestamped extends Timestamped {
        @Override
        StoreBuilder<TimestampedKeyValueStore<String, Long>> builder() {
            return of(Stores.inMemoryKeyValueStore("counts"));
        }
    }

    @Nested
    class InMemoryTimestampedUnlogged extends Timestamped {
        @Override
        StoreBuilder<TimestampedKeyValueStore<String, Long>> builder() {
            return of(Stores.inMemoryKeyValueStore("counts")).withLoggingDisabled();
        }
    }

    @Nested
    class Persistent extends Plain {
        @Override
        StoreBuilder<KeyValueStore<String, Long>> builder() {
            return of(Stores.persistentKeyValueStore("counts"));
        }
    }

    @Nested
    class PersistentUnlogged extends Plain {
        @Override
        StoreBuilder<KeyValueStore<String, Long>> builder() {
            return of(Stores.persistentKeyValueStore("counts")).withLoggingDisabled();
        }
    }

    @Nested
    class PersistentTimestamped extends Timestamped {
        @Override
        StoreBuilder<TimestampedKeyValueStore<String, Long>> builder() {
            return of(Stores.persistentTimestampedKeyValueStore("counts"));
        }
    }

    @Nested
    class PersistentTimestampedUnlogged extends Timestamped {
        @Override
        StoreBuilder<TimestampedKeyValueStore<String, Long>> builder() {
            return of(Stores.persistentTimestampedKeyValueStore("counts")).withLoggingDisabled();
        }
    }

    @Nested
    class InMemoryCached extends Plain {
        @Override
        StoreBuilder<KeyValueStore<String, Long>> builder() {
            return of(Stores.inMemoryKeyValueStore("counts")).withCachingEnabled();
        }

        @Override
        boolean isCached() {
            return true;
        }
    }

    @Nested
    class InMemoryTimestampedCachedUnlogged extends Timestamped {
        @Override
        StoreBuilder<TimestampedKeyValueStore<String, Long>> builder() {
            return of(Stores.inMemoryKeyValueStore("counts"))
                    .withLoggingDisabled()
                    .withCachingEnabled();
        }

        @Override
        boolean isCached() {
            return true;
        }
    }

    @Nested
    class PersistentCached extends Plain {
        @Override
        StoreBuilder<KeyValueStore<String, Long>> builder() {
            return of(Stores.persistentKeyValueStore("counts")).withCachingEnabled();
        }

        @Override
        boolean isCached() {
            return true;
        }
    }

    @Nested
    class PersistentTimestampedCached extends Timestamped {
        @Override
        StoreBuilder<TimestampedKeyValueStore<String, Long>> builder() {
            return of(Stores.persistentTimestampedKeyValueStore("counts")).withCachingEnabled();
        }

        @Override
        boolean isCached() {
            return true;
        }
    }

    /** The cache holds bytes, because nobody has said that the serdes make immutable objects. */
    @Nested
    class PersistentCachedAsBytes extends KeyValueStoreContract<Long> {
        @Override
        StoreBuilder<KeyValueStore<String, Long>> builder() {
            return Stores.keyValueStoreBuilder(
                            Stores.persistentKeyValueStore("counts"), opaque(Serdes.String()), opaque(Serdes.Long()))
                    .withCachingEnabled();
        }

        private static <T> Serde<T> opaque(Serde<T> serde) {
            return Serdes.serdeFrom(
                    (topic, data) -> serde.serializer().serialize(topic, data),
                    (topic, data) -> serde.deserializer().deserialize(topic, data));
        }

        @Override
        Long value(long number) {
            return number;
        }

        @Override
        boolean isCached() {
            return true;
        }
    }
}
