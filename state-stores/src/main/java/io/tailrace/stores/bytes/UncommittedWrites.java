package io.tailrace.stores.bytes;

import io.tailrace.common.Bytes;
import io.tailrace.state.KeyValueIterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The writes since the last commit, and the store as its owner sees it: these writes laid over the committed entries.
 * They are entries, of which a deletion is one too, and the deleted ranges. A range is older than every entry in it,
 * because deleting one drops the entries that it covers. Owner: the store's thread.
 *
 * <p>Keeping the entries sorted all the time costs most of what a write costs, and only scans need it. So they are hashed,
 * and sorted once when they are committed; the first scan moves them to a sorted map, where they stay as long as
 * there is a scan between two commits.
 */
public final class UncommittedWrites implements OrderedBytes {
    /** Marks a deleted key in the sorted map; compared by identity, so an empty value is not mistaken for it. */
    private static final byte[] TOMBSTONE = new byte[0];

    /** What an entry of the sorted map takes beside its bytes: its node, the key object, the headers of two arrays. */
    private static final int ENTRY_BYTES = 100;

    private final String storeName;
    private final OrderedBytes committed;
    private final WriteTable hashed = new WriteTable(); // empty while there is a sorted map
    private @Nullable NavigableMap<Bytes, byte[]> sorted;
    private boolean scanned; // since the last commit
    private final DeletedRanges deleted = new DeletedRanges();
    private long sortedBytes; // of the sorted map

    /** Where a commit writes to: first the ranges, then the entries in the order of their keys. */
    public interface Target extends WriteTable.Target {
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
        NavigableMap<Bytes, byte[]> map = sorted;
        if (map != null) {
            byte[] written = map.get(key);
            if (written != null) {
                return written == TOMBSTONE ? null : written;
            }
        } else {
            int entry = hashed.find(key);
            if (entry != WriteTable.NONE) {
                return hashed.isDeletion(entry) ? null : hashed.value(entry);
            }
        }
        return !deleted.isEmpty() && deleted.contains(key) ? null : committed.get(key);
    }

    public void put(Bytes key, byte @Nullable [] value) {
        NavigableMap<Bytes, byte[]> map = sorted;
        if (map != null) {
            byte[] written = value == null ? TOMBSTONE : value;
            byte[] replaced = map.put(key, written);
            sortedBytes += written.length - (replaced == null ? -ENTRY_BYTES - key.length() : replaced.length);
        } else if (value == null) {
            hashed.delete(key);
        } else {
            hashed.put(key, value);
        }
    }

    /** About how much memory the writes take. */
    public long bytes() {
        return sorted == null ? hashed.bytes() : sortedBytes;
    }

    public void deleteRange(Bytes from, Bytes to) {
        if (from.compareTo(to) >= 0) {
            return;
        }
        NavigableMap<Bytes, byte[]> map = sorted;
        if (map == null) {
            hashed.remove(from, to);
        } else {
            Map<Bytes, byte[]> covered = map.subMap(from, to);
            covered.forEach((key, value) -> sortedBytes -= ENTRY_BYTES + key.length() + value.length);
            covered.clear();
        }
        deleted.add(from, to);
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> scan(@Nullable Bytes from, @Nullable Bytes to, ScanOrder order) {
        KeyValueIterator<Bytes, byte[]> below = committed.scan(from, to, order);
        if (isEmpty() || (from != null && to != null && from.compareTo(to) >= 0)) {
            return below;
        }
        NavigableMap<Bytes, byte[]> all = sort();
        SortedMap<Bytes, byte[]> above =
                order == ScanOrder.ASCENDING ? within(all, from, to) : descending(all, from, to);
        // Copied, because the owner may write while it iterates.
        int count = above.size();
        Bytes[] keys = above.keySet().toArray(new Bytes[count]);
        byte[][] values = above.values().toArray(new byte[count][]);
        return new MergedScan(storeName, keys, values, TOMBSTONE, deleted.copy(), below, order);
    }

    /** Counts a key once for each of its two places, so it errs upwards. */
    @Override
    public long approximateNumEntries() {
        return committed.approximateNumEntries() + size();
    }

    public boolean isEmpty() {
        return size() == 0 && deleted.isEmpty();
    }

    private int size() {
        NavigableMap<Bytes, byte[]> map = sorted;
        return map == null ? hashed.size() : map.size();
    }

    public void writeTo(Target target) {
        deleted.forEach(target::deleteRange);
        NavigableMap<Bytes, byte[]> map = sorted;
        if (map == null) {
            hashed.writeTo(target);
            return;
        }
        map.forEach((key, value) -> {
            if (value == TOMBSTONE) {
                target.delete(key);
            } else {
                target.put(key, value);
            }
        });
    }

    public void clear() {
        NavigableMap<Bytes, byte[]> map = sorted;
        if (map != null && scanned) {
            map.clear();
        } else {
            sorted = null;
        }
        hashed.clear();
        scanned = false;
        deleted.clear();
        sortedBytes = 0;
    }

    private NavigableMap<Bytes, byte[]> sort() {
        scanned = true;
        NavigableMap<Bytes, byte[]> map = sorted;
        if (map == null) {
            map = new TreeMap<>();
            sorted = map;
            for (int entry : hashed.sorted()) {
                Bytes key = hashed.key(entry);
                byte[] value = hashed.isDeletion(entry) ? TOMBSTONE : hashed.value(entry);
                map.put(key, value);
                sortedBytes += ENTRY_BYTES + key.length() + value.length;
            }
            hashed.clear();
        }
        return map;
    }

    private static SortedMap<Bytes, byte[]> within(
            NavigableMap<Bytes, byte[]> all, @Nullable Bytes from, @Nullable Bytes to) {
        if (from == null) {
            return to == null ? all : all.headMap(to);
        }
        return to == null ? all.tailMap(from) : all.subMap(from, to);
    }

    private static SortedMap<Bytes, byte[]> descending(
            NavigableMap<Bytes, byte[]> all, @Nullable Bytes from, @Nullable Bytes to) {
        NavigableMap<Bytes, byte[]> range = from == null ? all : all.tailMap(from, true);
        return (to == null ? range : range.headMap(to, false)).descendingMap();
    }
}
