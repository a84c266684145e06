package io.tailrace.stores.rocksdb;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.IndexType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.WriteBufferManager;

/**
 * The native memory that all RocksDB instances of an application share, whatever the number of its tasks and stores: one
 * block cache, which index and filter blocks live in too, and to which write buffers are charged up to half of it. It
 * takes two thirds of the budget; the rest is for what RocksDB does not count: the buffers of flushes and compactions,
 * and the pieces that the C library keeps. It exists while an instance is open.
 */
final class RocksMemory implements AutoCloseable {
    private static final int WRITE_BUFFERS_SHARE = 2; // one part in so many of the cache
    private static final double HIGH_PRIORITY_SHARE = 0.5; // of the cache, for index and filter blocks
    private static final int ANY_NUMBER_OF_SHARDS = -1;
    private static final int MAX_BACKGROUND_JOBS =
            2; // each takes some megabytes beside the cache; as many as RocksDB has by default
    private static final long WRITE_BUFFER_BYTES = 16L << 20;
    private static final long ARENA_BLOCK_BYTES = 256L << 10; // what a column family takes for its first entry
    private static final long BLOCK_BYTES = 4L << 10;
    private static final int BLOOM_BITS_PER_KEY = 10;
    private static final long INFO_LOG_BYTES = 1L << 20;

    private static final Object LOCK = new Object();

    private static final Map<Owner, RocksMemory> SHARED = new HashMap<>(); // guarded by LOCK

    /** One application; one that starts again with another budget gets another memory. */
    private record Owner(String name, long budgetBytes) {}

    static {
        RocksLibrary.load();
    }

    private final Owner owner;
    private final Cache cache;
    private final WriteBufferManager writeBuffers;
    private final BloomFilter bloom = new BloomFilter(BLOOM_BITS_PER_KEY, false);
    private int users; // guarded by LOCK

    private RocksMemory(Owner owner) {
        this.owner = owner;
        long cacheBytes = owner.budgetBytes / 3 * 2;
        this.cache = new LRUCache(cacheBytes, ANY_NUMBER_OF_SHARDS, false, HIGH_PRIORITY_SHARE);
        this.writeBuffers = new WriteBufferManager(cacheBytes / WRITE_BUFFERS_SHARE, cache);
    }

    /** To be given back by {@link #close()}. */
    static RocksMemory acquire(RocksSettings settings) {
        synchronized (LOCK) {
            RocksMemory memory =
                    SHARED.computeIfAbsent(new Owner(settings.owner(), settings.budgetBytes()), RocksMemory::new);
            memory.users++;
            return memory;
        }
    }

    /** How many instances use any of it; 0 means that nothing native is left. */
    static int users() {
        synchronized (LOCK) {
            return SHARED.values().stream().mapToInt(memory -> memory.users).sum();
        }
    }

    /** How many bytes of blocks and write buffers are in it. */
    long usedBytes() {
        return cache.getUsage();
    }

    @Override
    public void close() {
        synchronized (LOCK) {
            users--;
            if (users == 0) {
                SHARED.remove(owner);
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
                .setMaxBackgroundJobs(MAX_BACKGROUND_JOBS)
                .setSkipStatsUpdateOnDbOpen(true)
                .setStatsDumpPeriodSec(0)
                .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                .setMaxLogFileSize(INFO_LOG_BYTES)
                .setKeepLogFileNum(1);
    }

    /**
     * The two upper levels stay uncompressed: they are rewritten often and hold little. The last one, which holds most and is
     * rewritten least, is compressed best. Index and filters are cut into parts, so that a read loads only the one it
     * needs into the cache, and large stores do not fill it with what is not read.
     */
    ColumnFamilyOptions storeOptions() {
        return new ColumnFamilyOptions()
                .setWriteBufferSize(WRITE_BUFFER_BYTES)
                .setArenaBlockSize(ARENA_BLOCK_BYTES)
                .setCompressionPerLevel(List.of(
                        CompressionType.NO_COMPRESSION,
                        CompressionType.NO_COMPRESSION,
                        CompressionType.LZ4_COMPRESSION))
                .setBottommostCompressionType(CompressionType.ZSTD_COMPRESSION)
                .setTableFormatConfig(new BlockBasedTableConfig()
                        .setBlockCache(cache)
                        .setBlockSize(BLOCK_BYTES)
                        .setFilterPolicy(bloom)
                        .setOptimizeFiltersForMemory(true)
                        .setIndexType(IndexType.kTwoLevelIndexSearch)
                        .setPartitionFilters(true)
                        .setMetadataBlockSize(BLOCK_BYTES)
                        .setPinTopLevelIndexAndFilter(true)
                        .setCacheIndexAndFilterBlocks(true)
                        .setCacheIndexAndFilterBlocksWithHighPriority(true)
                        .setPinL0FilterAndIndexBlocksInCache(true));
    }
}
