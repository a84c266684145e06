package io.tailrace.stores.rocksdb;

import io.tailrace.common.Bytes;
import io.tailrace.common.TopicPartition;
import io.tailrace.errors.InvalidStateStoreException;
import io.tailrace.errors.ProcessorStateException;
import io.tailrace.processor.KeyValue;
import io.tailrace.processor.StateStoreContext;
import io.tailrace.state.KeyValueIterator;
import io.tailrace.stores.bytes.ByteStore;
import io.tailrace.stores.bytes.OrderedBytes;
import io.tailrace.stores.bytes.ScanOrder;
import io.tailrace.stores.bytes.UncommittedWrites;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Snapshot;
import org.rocksdb.WriteBatch;

/**
 * A byte store in RocksDB, below {@code <state directory>/rocksdb}. Committed entries survive a close; a crash may take
 * back the last commits, but each of them as a whole with its offsets.
 *
 * <p><b>Threads.</b> The owner takes no lock to read or write. Other threads read under the read lock, so that
 * {@link #close()}, under the write lock, cannot free what they are using.
 */
public final class RocksByteStore implements ByteStore {
    static final String DIRECTORY = "rocksdb";
    private static final String DEFAULT_LAYOUT = "kv";

    private final String name;
    private final String layout;
    private final ReentrantReadWriteLock lifetime = new ReentrantReadWriteLock();
    private final OpenScans openScans = new OpenScans();
    private final UncommittedWrites writes;
    private final BatchBytes batchBytes = new BatchBytes();
    private @Nullable RocksBulkLoad load; // from a restore until anything else is asked of the store
    private volatile @Nullable Opened opened; // written by the owner under the write lock

    private boolean begun; // whether an offset of this store is in a file; the owner's

    private record Opened(RocksInstance instance, ColumnFamilyHandle family) {}

    public RocksByteStore(String name) {
        this(name, DEFAULT_LAYOUT);
    }

    private RocksByteStore(String name, String layout) {
        this.name = name;
        this.layout = layout;
        this.writes = new UncommittedWrites(name, new Committed(null));
        RocksLibrary.loadInBackground(); // whoever makes a store is about to open it
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public ByteStore withLayout(String other) {
        return new RocksByteStore(name, other);
    }

    @Override
    public void open(StateStoreContext context) {
        if (opened != null) {
            throw new IllegalStateException("store '" + name + "' is open already");
        }
        Path directory = context.stateDir().toPath().resolve(DIRECTORY);
        RocksInstance instance = RocksInstance.acquire(directory, name, RocksSettings.of(context));
        try {
            opened = new Opened(instance, instance.openFamily(name, layout));
            begun = instance.hasOffset(name, layout);
        } catch (RuntimeException e) {
            instance.release(name);
            throw e;
        }
    }

    @Override
    public byte @Nullable [] get(Bytes key) {
        finishLoad();
        return writes.get(key);
    }

    @Override
    public void put(Bytes key, byte @Nullable [] value) {
        requireOpen();
        finishLoad();
        writes.put(key, value);
    }

    @Override
    public void deleteRange(Bytes from, Bytes to) {
        requireOpen();
        finishLoad();
        writes.deleteRange(from, to);
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> scan(@Nullable Bytes from, @Nullable Bytes to, ScanOrder order) {
        finishLoad();
        return writes.scan(from, to, order);
    }

    @Override
    public long approximateNumEntries() {
        return writes.approximateNumEntries();
    }

    @Override
    public long approximateUncommittedBytes() {
        return writes.bytes();
    }

    @Override
    public void commit(Map<TopicPartition, Long> changelogOffsets) {
        Opened store = requireOpen();
        finishLoad();
        writes.writeTo(batchBytes.begin(store.family.getID()));
        try (WriteBatch batch = batchBytes.toBatch()) {
            write(store, batch, changelogOffsets);
        } catch (RocksDBException e) {
            throw failed("commit", e);
        }
        writes.clear();
    }

    @Override
    public void restore(Collection<KeyValue<byte[], byte[]>> records, Map<TopicPartition, Long> changelogOffsets) {
        Opened store = requireOpen();
        RocksBulkLoad loading = load;
        if (loading == null) {
            loading = new RocksBulkLoad(store.instance, store.family, name, layout);
            load = loading;
        }
        try {
            loading.add(records, changelogOffsets);
        } catch (RocksDBException e) {
            throw failed("restore", e);
        }
    }

    private void finishLoad() {
        RocksBulkLoad loading = load;
        if (loading != null) {
            load = null;
            try {
                loading.flush();
                if (!begun && requireOpen().instance.hasOffset(name, layout)) {
                    begin(requireOpen());
                }
            } catch (RocksDBException e) {
                throw failed("restore", e);
            }
        }
    }

    private void write(Opened store, WriteBatch batch, Map<TopicPartition, Long> changelogOffsets)
            throws RocksDBException {
        for (Map.Entry<TopicPartition, Long> entry : changelogOffsets.entrySet()) {
            store.instance.putOffset(batch, name, layout, entry.getKey(), entry.getValue());
        }
        if (batch.count() > 0) {
            store.instance.db.write(store.instance.writeOptions, batch);
        }
        if (!begun && changelogOffsets.values().stream().anyMatch(offset -> offset > 0)) {
            begin(store);
        }
        store.instance.flushIfDue();
    }

    /** From here on a restore never begins at the beginning. */
    private void begin(Opened store) throws RocksDBException {
        store.instance.flush();
        begun = true;
    }

    @Override
    public @Nullable Long committedOffset(TopicPartition changelog) {
        requireOpen();
        finishLoad();
        try {
            return requireOpen().instance.offset(name, layout, changelog);
        } catch (RocksDBException e) {
            throw failed("read its changelog offset", e);
        }
    }

    @Override
    public OrderedBytes committedView() {
        return new View();
    }

    @Override
    public void close() {
        Opened store = opened;
        if (store == null) {
            return;
        }
        lifetime.writeLock().lock();
        try {
            opened = null;
            openScans.closeAll(name, store.instance.directory);
        } finally {
            lifetime.writeLock().unlock();
        }
        writes.clear();
        load = null; // what was not finished is replayed
        store.instance.closeFamily(name, layout);
        store.instance.release(name);
    }

    @Override
    public boolean persistent() {
        return true;
    }

    @Override
    public boolean isOpen() {
        return opened != null;
    }

    void forget(RocksScan scan) {
        openScans.remove(scan);
    }

    ProcessorStateException failed(String action, RocksDBException cause) {
        return RocksFailures.failed(name, requireOpen().instance.directory, action, cause);
    }

    private Opened requireOpen() {
        Opened store = opened;
        if (store == null) {
            throw new InvalidStateStoreException("store '" + name + "' is not open");
        }
        return store;
    }

    /** What RocksDB holds. The caller makes sure that the store is not closed meanwhile. */
    private final class Committed implements OrderedBytes {
        private final @Nullable Snapshot snapshot;

        /** @param snapshot null for what is committed at the time of each read */
        Committed(@Nullable Snapshot snapshot) {
            this.snapshot = snapshot;
        }

        @Override
        public byte @Nullable [] get(Bytes key) {
            Opened store = requireOpen();
            try {
                return snapshot == null ? store.instance.db.get(store.family, key.get()) : get(store, snapshot, key);
            } catch (RocksDBException e) {
                throw failed("read a key", e);
            }
        }

        private static byte @Nullable [] get(Opened store, Snapshot asOf, Bytes key) throws RocksDBException {
            try (ReadOptions options = new ReadOptions().setSnapshot(asOf)) {
                return store.instance.db.get(store.family, options, key.get());
            }
        }

        @Override
        public KeyValueIterator<Bytes, byte[]> scan(@Nullable Bytes from, @Nullable Bytes to, ScanOrder order) {
            Opened store = requireOpen();
            RocksScan scan = new RocksScan(
                    RocksByteStore.this, store.instance, store.family, snapshot, from, to, order, openScans.caller());
            openScans.add(scan);
            return scan;
        }

        @Override
        public long approximateNumEntries() {
            return property("rocksdb.estimate-num-keys");
        }

        /** Files without what is overwritten in them, compressed, and write buffers. */
        @Override
        public long approximateBytes() {
            return property("rocksdb.estimate-live-data-size") + property("rocksdb.cur-size-all-mem-tables");
        }

        private long property(String name) {
            Opened store = requireOpen();
            try {
                return Math.max(0, store.instance.db.getLongProperty(store.family, name));
            } catch (RocksDBException e) {
                throw failed("estimate its size", e);
            }
        }
    }

    private final class View implements OrderedBytes {
        private final OrderedBytes committed = new Committed(null);

        /** An iterator needs its snapshot only to be opened: from then on it holds what it reads. */
        @Override
        public <T extends @Nullable Object> T asOfOneCommit(Function<OrderedBytes, T> reads) {
            lifetime.readLock().lock();
            try {
                RocksDB db = requireOpen().instance.db;
                Snapshot snapshot = db.getSnapshot();
                try {
                    return reads.apply(new Committed(snapshot));
                } finally {
                    db.releaseSnapshot(snapshot);
                }
            } finally {
                lifetime.readLock().unlock();
            }
        }

        @Override
        public byte @Nullable [] get(Bytes key) {
            lifetime.readLock().lock();
            try {
                return committed.get(key);
            } finally {
                lifetime.readLock().unlock();
            }
        }

        @Override
        public KeyValueIterator<Bytes, byte[]> scan(@Nullable Bytes from, @Nullable Bytes to, ScanOrder order) {
            lifetime.readLock().lock();
            try {
                return committed.scan(from, to, order);
            } finally {
                lifetime.readLock().unlock();
            }
        }

        @Override
        public long approximateNumEntries() {
            lifetime.readLock().lock();
            try {
                return committed.approximateNumEntries();
            } finally {
                lifetime.readLock().unlock();
            }
        }

        @Override
        public long approximateBytes() {
            lifetime.readLock().lock();
            try {
                return committed.approximateBytes();
            } finally {
                lifetime.readLock().unlock();
            }
        }
    }
}
