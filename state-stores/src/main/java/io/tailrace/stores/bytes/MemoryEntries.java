package io.tailrace.stores.bytes;

import io.tailrace.common.Bytes;
import io.tailrace.processor.KeyValue;
import io.tailrace.state.KeyValueIterator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The committed entries of a {@link MemoryByteStore}, which says who may call what under which lock. */
final class MemoryEntries implements OrderedBytes, UncommittedWrites.Target {
    private final String storeName;
    /** What an entry takes beside its bytes: the node of the map, the key object, the headers of two arrays. */
    private static final int ENTRY_BYTES = 100;

    private final TreeMap<Bytes, byte[]> entries = new TreeMap<>();
    private long bytes;

    MemoryEntries(String storeName) {
        this.storeName = storeName;
    }

    @Override
    public byte @Nullable [] get(Bytes key) {
        return entries.get(key);
    }

    @Override
    public long approximateNumEntries() {
        return entries.size();
    }

    /** A scan for the owner: it copies nothing, and goes on behind its last key after a commit. */
    @Override
    public KeyValueIterator<Bytes, byte[]> scan(@Nullable Bytes from, @Nullable Bytes to, ScanOrder order) {
        return order == ScanOrder.ASCENDING ? new Ascending(from, to) : new Descending(from, to);
    }

    KeyValueIterator<Bytes, byte[]> copyOf(@Nullable Bytes from, @Nullable Bytes to, ScanOrder order) {
        List<KeyValue<Bytes, byte[]>> copy = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> scan = scan(from, to, order)) {
            scan.forEachRemaining(copy::add);
        }
        return new Copied(copy.iterator());
    }

    @Override
    public long approximateBytes() {
        return bytes;
    }

    void apply(Bytes key, byte @Nullable [] value) {
        if (value == null) {
            delete(key);
        } else {
            put(key, value);
        }
    }

    @Override
    public void put(Bytes key, byte[] value) {
        byte[] replaced = entries.put(key, value);
        bytes += replaced == null ? sizeOf(key, value) : value.length - replaced.length;
    }

    @Override
    public void put(byte[] source, int keyAt, int keyLength, int valueAt, int valueLength) {
        put(key(source, keyAt, keyLength), Arrays.copyOfRange(source, valueAt, valueAt + valueLength));
    }

    @Override
    public void delete(Bytes key) {
        byte[] removed = entries.remove(key);
        if (removed != null) {
            bytes -= sizeOf(key, removed);
        }
    }

    @Override
    public void delete(byte[] source, int keyAt, int keyLength) {
        delete(key(source, keyAt, keyLength));
    }

    private static Bytes key(byte[] source, int at, int length) {
        return Bytes.wrap(Arrays.copyOfRange(source, at, at + length));
    }

    @Override
    public void deleteRange(Bytes from, Bytes to) {
        Iterator<Map.Entry<Bytes, byte[]>> covered =
                entries.subMap(from, to).entrySet().iterator();
        while (covered.hasNext()) {
            Map.Entry<Bytes, byte[]> entry = covered.next();
            bytes -= sizeOf(entry.getKey(), entry.getValue());
            covered.remove();
        }
    }

    void clear() {
        entries.clear();
        bytes = 0;
    }

    private static long sizeOf(Bytes key, byte[] value) {
        return (long) ENTRY_BYTES + key.length() + value.length;
    }

    /** Looks each entry up from the one before, so that changes in between do no harm. */
    private final class Ascending extends LookaheadIterator<Bytes, byte[]> {
        private final @Nullable Bytes from;
        private final @Nullable Bytes to;
        private @Nullable Bytes last;

        Ascending(@Nullable Bytes from, @Nullable Bytes to) {
            super(MemoryEntries.this.storeName);
            this.from = from;
            this.to = to;
        }

        @Override
        protected @Nullable KeyValue<Bytes, byte[]> advance() {
            Map.Entry<Bytes, byte[]> entry = last != null
                    ? entries.higherEntry(last)
                    : from != null ? entries.ceilingEntry(from) : entries.firstEntry();
            if (entry == null || (to != null && entry.getKey().compareTo(to) >= 0)) {
                return null;
            }
            last = entry.getKey();
            return new KeyValue<>(last, entry.getValue());
        }

        @Override
        protected void release() {}
    }

    /** As {@link Ascending}, from the other end. */
    private final class Descending extends LookaheadIterator<Bytes, byte[]> {
        private final @Nullable Bytes from;
        private @Nullable Bytes before;

        Descending(@Nullable Bytes from, @Nullable Bytes to) {
            super(MemoryEntries.this.storeName);
            this.from = from;
            this.before = to;
        }

        @Override
        protected @Nullable KeyValue<Bytes, byte[]> advance() {
            Map.Entry<Bytes, byte[]> entry = before != null ? entries.lowerEntry(before) : entries.lastEntry();
            if (entry == null || (from != null && entry.getKey().compareTo(from) < 0)) {
                return null;
            }
            before = entry.getKey();
            return new KeyValue<>(before, entry.getValue());
        }

        @Override
        protected void release() {}
    }

    private final class Copied extends LookaheadIterator<Bytes, byte[]> {
        private final Iterator<KeyValue<Bytes, byte[]>> copy;

        Copied(Iterator<KeyValue<Bytes, byte[]>> copy) {
            super(MemoryEntries.this.storeName);
            this.copy = copy;
        }

        @Override
        protected @Nullable KeyValue<Bytes, byte[]> advance() {
            return copy.hasNext() ? copy.next() : null;
        }

        @Override
        protected void release() {}
    }
}
