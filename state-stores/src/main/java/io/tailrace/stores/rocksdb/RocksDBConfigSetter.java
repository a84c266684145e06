package io.tailrace.stores.rocksdb;

import java.util.Map;
import org.rocksdb.Options;

/**
 * Changes the options of the RocksDB behind persistent stores; to be named by the configuration key {@code
 * rocksdb.config.setter}. A class with a public constructor without parameters; each store gets an instance of its own.
 *
 * <p>The stores of one task share one RocksDB, in which each has a column family. What concerns a store (tables, caches,
 * write buffers, compaction, compression) takes effect for that store. What concerns the whole RocksDB (background jobs,
 * open files, its own log) is taken from the store that is opened first. Atomic flushes stay on, whatever is set, because
 * crash safety depends on them. A block cache or write-buffer manager of your own is not part of
 * {@code rocksdb.memory.budget}.
 */
public interface RocksDBConfigSetter {
    /**
     * Called when a store's column family is opened.
     *
     * @param options the defaults, to be changed in place
     * @param configs of the application
     */
    void setConfig(String storeName, Options options, Map<String, Object> configs);

    /** Called when it was closed: to close the RocksDB objects that {@link #setConfig} made. */
    void close(String storeName, Options options);
}
