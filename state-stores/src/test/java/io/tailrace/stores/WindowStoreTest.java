package io.tailrace.stores;

import io.tailrace.serde.Serdes;
import io.tailrace.state.StoreBuilder;
import io.tailrace.state.TimestampedWindowStore;
import io.tailrace.state.ValueAndTimestamp;
import io.tailrace.state.WindowBytesStoreSupplier;
import io.tailrace.state.WindowStore;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Nested;

/** {@link WindowStoreContract} on every combination of storage, timestamps and cache. */
class WindowStoreTest {
    abstract static class Plain extends WindowStoreContract<Long> {
        @Override
        StoreBuilder<WindowStore<String, Long>> builder(WindowBytesStoreSupplier supplier) {
            return Stores.windowStoreBuilder(supplier, Serdes.String(), Serdes.Long());
        }

        @Override
        Long value(long number) {
            return number;
        }

        @Override
        long number(Long value) {
            return value;
        }
    }

    abstract static class Timestamped extends WindowStoreContract<ValueAndTimestamp<Long>> {
        @Override
        StoreBuilder<TimestampedWindowStore<String, Long>> builder(WindowBytesStoreSupplier supplier) {
            return Stores.timestampedWindowStoreBuilder(supplier, Serdes.String(), Serdes.Long());
        }

        @Override
        ValueAndTimestamp<Long> value(long number) {
            return Objects.requireNonNull(ValueAndTimestamp.make(number, 1_000_000 + number));
        }

        @Override
        long number(ValueAndTimestamp<Long> value) {
            return Objects.requireNonNull(value.value());
        }
    }

    @Nested
    class InMemory extends Plain {
        @Override
        WindowBytesStoreSupplier supplier(String name, Duration retention, Duration size, boolean duplicates) {
            return Stores.inMemoryWindowStore(name, retention, size, duplicates);
        }
    }

    @Nested
    class InMemoryTimestamped extends Timestamped {
        @Override
        WindowBytesStoreSupplier supplier(String name, Duration retention, Duration size, boolean duplicates) {
            return Stores.inMemoryWindowStore(name, retention, size, duplicates);
        }
    }

    @Nested
    class Persistent extends Plain {
        @Override
        WindowBytesStoreSupplier supplier(String name, Duration retention, Duration size, boolean duplicates) {
            return Stores.persistentWindowStore(name, retention, size, duplicates);
        }
    }

    @Nested
    class PersistentTimestamped extends Timestamped {
        @Override
        WindowBytesStoreSupplier supplier(String name, Duration retention, Duration size, boolean duplicates) {
            return Stores.persistentTimestampedWindowStore(name, retention, size, duplicates);
        }
    }

    @Nested
    class InMemoryTimestampedCached extends Timestamped {
        @Override
        StoreBuilder<TimestampedWindowStore<String, Long>> builder(WindowBytesStoreSupplier supplier) {
            return super.builder(supplier).withCachingEnabled();
        }

        @Override
        WindowBytesStoreSupplier supplier(String name, Duration retention, Duration size, boolean duplicates) {
            return Stores.inMemoryWindowStore(name, retention, size, duplicates);
        }
    }

    @Nested
    class PersistentCached extends Plain {
        @Override
        StoreBuilder<WindowStore<String, Long>> builder(WindowBytesStoreSupplier supplier) {
            return super.builder(supplier).withCachingEnabled();
        }

        @Override
        WindowBytesStoreSupplier supplier(String name, Duration retention, Duration size, boolean duplicates) {
            return Stores.persistentWindowStore(name, retention, size, duplicates);
        }
    }
}
