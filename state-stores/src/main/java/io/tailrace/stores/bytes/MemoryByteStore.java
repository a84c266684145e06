package io.tailrace.stores.bytes;

import io.tailrace.common.Bytes;
import io.tailrace.common.TopicPartition;
import io.tailrace.errors.InvalidStateStoreException;
import io.tailrace.processor.KeyValue;
import io.tailrace.processor.StateStoreContext;
import io.tailrace.state.KeyValueIterator;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A byte store on the heap; closing it forgets everything, its offsets included.
 *
 * <p><b>Threads.</b> The committed entries change only on the owner's thread, under the write lock. So the owner reads
 * them without a lock, and others under the read lock, where they never meet half a commit.
 */
public final class MemoryByteStore implements ByteStore {
    private final String name;
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private final MemoryEntries committed;
    private final UncommittedWrites writes;
    private final Map<TopicPartition, Long> offsets = new HashMap<>();
    private volatile boolean open; // written by the owner under the write lock

    public MemoryByteStore(String name) {
        this.name = name;
        committed = new MemoryEntries(name);
        writes = new UncommittedWrites(name, committed);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void open(StateStoreContext context) {
        open = true;
    }

    @Override
    public byte @Nullable [] get(Bytes key) {
        requireOpen();
        return writes.get(key);
    }

    @Override
    public void put(Bytes key, byte @Nullable [] value) {
        requireOpen();
        writes.put(key, value);
    }

    @Override
    public void deleteRange(Bytes from, Bytes to) {
        requireOpen();
        writes.deleteRange(from, to);
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> scan(@Nullable Bytes from, @Nullable Bytes to, ScanOrder order) {
        requireOpen();
        return writes.scan(from, to, order);
    }

    @Override
    public long approximateNumEntries() {
        requireOpen();
        return writes.approximateNumEntries();
    }

    @Override
    public long approximateUncommittedBytes() {
        return writes.bytes();
    }

    @Override
    public void commit(Map<TopicPartition, Long> changelogOffsets) {
        requireOpen();
        offsets.putAll(changelogOffsets);
        if (!writes.isEmpty()) {
            lock.writeLock().lock();
            try {
                writes.writeTo(committed);
            } finally {
                lock.writeLock().unlock();
            }
            writes.clear();
        }
    }

    @Override
    public void restore(Collection<KeyValue<byte[], byte[]>> records, Map<TopicPartition, Long> changelogOffsets) {
        requireOpen();
        lock.writeLock().lock();
        try {
            for (KeyValue<byte[], byte[]> entry : records) {
                committed.apply(Bytes.wrap(OrderedBytes.keyOf(entry)), entry.value);
            }
        } finally {
            lock.writeLock().unlock();
        }
        offsets.putAll(changelogOffsets);
    }

    @Override
    public @Nullable Long committedOffset(TopicPartition changelog) {
        return offsets.get(changelog);
    }

    @Override
    public OrderedBytes committedView() {
        return new View();
    }

    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            open = false;
            committed.clear();
        } finally {
            lock.writeLock().unlock();
        }
        writes.clear();
        offsets.clear();
    }

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    private void requireOpen() {
        if (!open) {
            throw new InvalidStateStoreException("store '" + name + "' is not open");
        }
    }

    /** Scans copy the references of what they return, so that a commit cannot change them half way. */
    private final class View implements OrderedBytes {
        @Override
        public byte @Nullable [] get(Bytes key) {
            lock.readLock().lock();
            try {
                requireOpen();
                return committed.get(key);
            } finally {
                lock.readLock().unlock();
            }
        }

        @Override
        public KeyValueIterator<Bytes, byte[]> scan(@Nullable Bytes from, @Nullable Bytes to, ScanOrder order) {
            lock.readLock().lock();
            try {
                requireOpen();
                return committed.copyOf(from, to, order);
            } finally {
                lock.readLock().unlock();
            }
        }

        @Override
        public <T extends @Nullable Object> T asOfOneCommit(Function<OrderedBytes, T> reads) {
            lock.readLock().lock();
            try {
                return reads.apply(this);
            } finally {
                lock.readLock().unlock();
            }
        }

        @Override
        public long approximateNumEntries() {
            lock.readLock().lock();
            try {
                requireOpen();
                return committed.approximateNumEntries();
            } finally {
                lock.readLock().unlock();
            }
        }

        @Override
        public long approximateBytes() {
            lock.readLock().lock();
            try {
                requireOpen();
                return committed.approximateBytes();
            } finally {
                lock.readLock().unlock();
            }
        }
    }
}
