package io.tailrace.stores.bytes;

import io.tailrace.common.Bytes;
import io.tailrace.state.KeyValueIterator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The writes since the last commit, and the store as its owner sees it: these writes laid over the committed entries.
 * They are a sorted map in which a deletion is an entry too, and the deleted ranges. A range is older than every entry
 * in it, because deleting one drops the entries that it covers. Owner: the store's thread.
 */
public final class UncommittedWrites implements OrderedBytes {
    /** Marks a deleted key; compared by identity, so an empty value is not mistaken for it. */
    private static final byte[] TOMBSTONE = new byte[0];

    /** What an entry takes beside its bytes: the node of the map, the key object, the headers of two arrays. */
    private static final int ENTRY_BYTES = 100;

    private final String storeName;
    private final OrderedBytes committed;
    private final TreeMap<Bytes, byte[]> entries = new TreeMap<>();
    private final DeletedRanges deleted = new DeletedRanges();
    private long bytes; // of the entries

    /** Where a commit writes to: first the ranges, then the entries in the order of their keys. */
    public interface Target {
        void deleteRange(Bytes from, Bytes to);

        void put(Bytes key, byte[] value);

        void delete(Bytes key);
    }

    /** @param committed what the owner reads where it has not written */
    public UncommittedWrites(String storeName, OrderedBytes committed) {
        this.storeName = storeName;
        this.committed = committed;
    }

    @Override
    public byte @Nullable [] get(Bytes key) {
        byte[] written = entries.get(key);
        if (written != null) {
            return written == TOMBSTONE ? null : written;
        }
        return !deleted.isEmpty() && deleted.contains(key) ? null : committed.get(key);
    }

    public void put(Bytes key, byte @Nullable [] value) {
        byte[] written = value == null ? TOMBSTONE : value;
        byte[] replaced = entries.put(key, written);
        bytes += written.length - (replaced == null ? -ENTRY_BYTES - key.get().length : replaced.length);
    }

    /** About how much memory the writes take. */
    public long bytes() {
        return bytes;
    }

    public void deleteRange(Bytes from, Bytes to) {
        if (from.compareTo(to) < 0) {
            Map<Bytes, byte[]> covered = entries.subMap(from, to);
            covered.forEach((key, value) -> bytes -= ENTRY_BYTES + key.get().length + value.length);
            covered.clear();
            deleted.add(from, to);
        }
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> scan(@Nullable Bytes from, @Nullable Bytes to, ScanOrder order) {
        KeyValueIterator<Bytes, byte[]> below = committed.scan(from, to, order);
        if (isEmpty() || (from != null && to != null && from.compareTo(to) >= 0)) {
            return below;
        }
        SortedMap<Bytes, byte[]> above = order == ScanOrder.ASCENDING ? within(from, to) : descending(from, to);
        // Copied, because the owner may write while it iterates.
        int count = above.size();
        Bytes[] keys = above.keySet().toArray(new Bytes[count]);
        byte[][] values = above.values().toArray(new byte[count][]);
        return new MergedScan(storeName, keys, values, TOMBSTONE, deleted.copy(), below, order);
    }

    /** Counts a key once for each of its two places, so it errs upwards. */
    @Override
    public long approximateNumEntries() {
        return committed.approximateNumEntries() + entries.size();
    }

    public boolean isEmpty() {
        return entries.isEmpty() && deleted.isEmpty();
    }

    public void writeTo(Target target) {
        deleted.forEach(target::deleteRange);
        for (Map.Entry<Bytes, byte[]> entry : entries.entrySet()) {
            byte[] value = entry.getValue();
            if (value == TOMBSTONE) {
                target.delete(entry.getKey());
            } else {
                target.put(entry.getKey(), value);
            }
        }
    }

    public void clear() {
        entries.clear();
        bytes = 0;
        deleted.clear();
    }

    private SortedMap<Bytes, byte[]> within(@Nullable Bytes from, @Nullable Bytes to) {
        if (from == null) {
            return to == null ? entries : entries.headMap(to);
        }
        return to == null ? entries.tailMap(from) : entries.subMap(from, to);
    }

    private SortedMap<Bytes, byte[]> descending(@Nullable Bytes from, @Nullable Bytes to) {
        var range = from == null ? entries : entries.tailMap(from, true);
        return (to == null ? range : range.headMap(to, false)).descendingMap();
    }
}
