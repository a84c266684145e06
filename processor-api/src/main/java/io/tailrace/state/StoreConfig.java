package io.tailrace.state;

/** Configuration keys that stores read by themselves, from {@link io.tailrace.processor.StateStoreContext#appConfigs()}. */
public final class StoreConfig {
    /** Bytes of native memory for all RocksDB stores of an application together. */
    public static final String ROCKSDB_MEMORY_BUDGET = "rocksdb.memory.budget";

    public static final long DEFAULT_ROCKSDB_MEMORY_BUDGET = 128L << 20;
    public static final long MIN_ROCKSDB_MEMORY_BUDGET = 1L << 20;

    /** A class that changes the options of RocksDB. */
    public static final String ROCKSDB_CONFIG_SETTER = "rocksdb.config.setter";

    private StoreConfig() {}
}
