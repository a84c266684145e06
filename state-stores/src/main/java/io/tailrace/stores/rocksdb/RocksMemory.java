package io.tailrace.stores.rocksdb;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * The native memory that every RocksDB instance of this JVM shares: one block cache of {@value #BUDGET_BYTES} bytes,
 * which index and filter blocks live in too, and to which write buffers are charged up to half of it. It exists while
 * an instance is open.
 */
final class RocksMemory implements AutoCloseable {
    static final long BUDGET_BYTES = 128L << 20;
    private static final long WRITE_BUFFERS_BYTES = BUDGET_BYTES / 2;
    private static final long WRITE_BUFFER_BYTES = 16L << 20;
    private static final long ARENA_BLOCK_BYTES = 256L << 10; // what a column family takes for its first entry
    private static final long BLOCK_BYTES = 4L << 10;
    private static final int BLOOM_BITS_PER_KEY = 10;
    private static final long INFO_LOG_BYTES = 1L << 20;

    private static final Object LOCK = new Object();

    private static @Nullable RocksMemory shared; // guarded by LOCK
    private static int users; // guarded by LOCK

    static {
        RocksDB.loadLibrary();
    }

    private final Cache cache = new LRUCache(BUDGET_BYTES);
    private final WriteBufferManager writeBuffers = new WriteBufferManager(WRITE_BUFFERS_BYTES, cache);
    private final BloomFilter bloom = new BloomFilter(BLOOM_BITS_PER_KEY, false);

    private RocksMemory() {}

    /** To be given back by {@link #close()}. */
    static RocksMemory acquire() {
        synchronized (LOCK) {
            RocksMemory memory = shared;
            if (memory == null) {
                memory = new RocksMemory();
                shared = memory;
            }
            users++;
            return memory;
        }
    }

    /** How many instances use it; 0 means that nothing native is left. */
    static int users() {
        synchronized (LOCK) {
            return users;
        }
    }

    @Override
    public void close() {
        synchronized (LOCK) {
            users--;
            if (users == 0) {
                shared = null;
                bloom.close();
                writeBuffers.close();
                cache.close();
            }
        }
    }

    /** Atomic flush keeps the column families of a store and of the offsets in step although there is no WAL. */
    DBOptions instanceOptions() {
        return new DBOptions()
                .setCreateIfMissing(true)
                .setAtomicFlush(true)
                .setWriteBufferManager(writeBuffers)
                .setSkipStatsUpdateOnDbOpen(true)
                .setStatsDumpPeriodSec(0)
                .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                .setMaxLogFileSize(INFO_LOG_BYTES)
                .setKeepLogFileNum(1);
    }

    /** The two upper levels stay uncompressed: they are rewritten often and hold little. */
    ColumnFamilyOptions storeOptions() {
        return new ColumnFamilyOptions()
                .setWriteBufferSize(WRITE_BUFFER_BYTES)
                .setArenaBlockSize(ARENA_BLOCK_BYTES)
                .setCompressionPerLevel(List.of(
                        CompressionType.NO_COMPRESSION,
                        CompressionType.NO_COMPRESSION,
                        CompressionType.LZ4_COMPRESSION))
                .setTableFormatConfig(new BlockBasedTableConfig()
                        .setBlockCache(cache)
                        .setBlockSize(BLOCK_BYTES)
                        .setFilterPolicy(bloom)
                        .setOptimizeFiltersForMemory(true)
                        .setCacheIndexAndFilterBlocks(true)
                        .setCacheIndexAndFilterBlocksWithHighPriority(true)
                        .setPinL0FilterAndIndexBlocksInCache(true));
    }
}
