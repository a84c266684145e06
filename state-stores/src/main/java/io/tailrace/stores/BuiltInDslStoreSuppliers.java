package io.tailrace.stores;

import io.tailrace.state.KeyValueBytesStoreSupplier;
import io.tailrace.state.WindowBytesStoreSupplier;

/** The stores that the DSL can use without further ado. */
public final class BuiltInDslStoreSuppliers {
    /** The default: state larger than the heap, and only the gap is restored after a restart. */
    public static final DslStoreSuppliers ROCKS_DB = new RocksDBDslStoreSuppliers();

    /** Faster, but all state is on the heap and is restored after each start. */
    public static final DslStoreSuppliers IN_MEMORY = new InMemoryDslStoreSuppliers();

    private BuiltInDslStoreSuppliers() {}

    /** Stores in RocksDB; with a public constructor, to be named in a configuration. */
    public static final class RocksDBDslStoreSuppliers implements DslStoreSuppliers {
        @Override
        public KeyValueBytesStoreSupplier keyValueStore(DslKeyValueParams params) {
            return Stores.persistentTimestampedKeyValueStore(params.name());
        }

        @Override
        public WindowBytesStoreSupplier windowStore(DslWindowParams params) {
            return Stores.persistentTimestampedWindowStore(
                    params.name(), params.retentionPeriod(), params.windowSize(), params.retainDuplicates());
        }
    }

    /** Stores in memory; with a public constructor, to be named in a configuration. */
    public static final class InMemoryDslStoreSuppliers implements DslStoreSuppliers {
        @Override
        public KeyValueBytesStoreSupplier keyValueStore(DslKeyValueParams params) {
            return Stores.inMemoryKeyValueStore(params.name());
        }

        @Override
        public WindowBytesStoreSupplier windowStore(DslWindowParams params) {
            return Stores.inMemoryWindowStore(
                    params.name(), params.retentionPeriod(), params.windowSize(), params.retainDuplicates());
        }
    }
}
