package io.tailrace.stores.bytes;

import io.tailrace.common.Bytes;
import io.tailrace.state.KeyValueIterator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The writes since the last commit, and the store as its owner sees it: these writes laid over the committed entries.
 * They are a map in which a deletion is an entry too, and the deleted ranges. A range is older than every entry in it,
 * because deleting one drops the entries that it covers. Owner: the store's thread.
 *
 * <p>Keeping the entries sorted all the time costs most of what a write costs, and only scans need it. So they are hashed,
 * and sorted once when they are committed; the first scan turns the map into a sorted one, which it stays as long as
 * there is a scan between two commits.
 */
public final class UncommittedWrites implements OrderedBytes {
    /** Marks a deleted key; compared by identity, so an empty value is not mistaken for it. */
    private static final byte[] TOMBSTONE = new byte[0];

    /** What an entry takes beside its bytes: the node of the map, the key object, the headers of two arrays. */
    private static final int ENTRY_BYTES = 100;

    private final String storeName;
    private final OrderedBytes committed;
    private Map<Bytes, byte[]> entries = new HashMap<>();
    private @Nullable NavigableMap<Bytes, byte[]> sorted; // the same map, if it is a sorted one
    private boolean scanned; // since the last commit
    private final DeletedRanges deleted = new DeletedRanges();
    /** Above so many entries the map is not cleared but given up. */
    private static final int KEPT_ENTRIES = 1 << 16;

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
            Map<Bytes, byte[]> perhapsCovered = sorted == null ? entries : sorted.subMap(from, to);
            Iterator<Map.Entry<Bytes, byte[]>> each = perhapsCovered.entrySet().iterator();
            while (each.hasNext()) {
                Map.Entry<Bytes, byte[]> entry = each.next();
                Bytes key = entry.getKey();
                if (key.compareTo(from) >= 0 && key.compareTo(to) < 0) {
                    bytes -= ENTRY_BYTES + key.length() + entry.getValue().length;
                    each.remove();
                }
            }
            deleted.add(from, to);
        }
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
        return committed.approximateNumEntries() + entries.size();
    }

    public boolean isEmpty() {
        return entries.isEmpty() && deleted.isEmpty();
    }

    public void writeTo(Target target) {
        deleted.forEach(target::deleteRange);
        if (sorted != null) {
            sorted.forEach((key, value) -> write(target, key, value));
            return;
        }
        // Sorted, because RocksDB takes keys in their order at a lower price, in most measurements.
        List<Map.Entry<Bytes, byte[]>> all = new ArrayList<>(entries.entrySet());
        all.sort(Map.Entry.comparingByKey());
        for (Map.Entry<Bytes, byte[]> entry : all) {
            write(target, entry.getKey(), entry.getValue());
        }
    }

    private static void write(Target target, Bytes key, byte[] value) {
        if (value == TOMBSTONE) {
            target.delete(key);
        } else {
            target.put(key, value);
        }
    }

    public void clear() {
        if (sorted != null && !scanned) {
            sorted = null;
            entries = new HashMap<>();
        } else if (sorted == null && entries.size() > KEPT_ENTRIES) {
            entries = new HashMap<>(); // a large table is slow to clear
        } else if (!entries.isEmpty()) {
            entries.clear();
        }
        scanned = false;
        deleted.clear();
        bytes = 0;
    }

    private NavigableMap<Bytes, byte[]> sort() {
        scanned = true;
        NavigableMap<Bytes, byte[]> map = sorted;
        if (map == null) {
            map = new TreeMap<>(entries);
            sorted = map;
            entries = map;
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
