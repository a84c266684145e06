package io.tailrace.stores.bytes;

import io.tailrace.common.Bytes;
import io.tailrace.common.TopicPartition;
import io.tailrace.processor.KeyValue;
import io.tailrace.processor.StateStoreContext;
import io.tailrace.state.KeyValueIterator;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A byte store on the heap that keeps a number of entries only: one too many drops the one that was written or read by its
 * key the longest time ago. Reads by other threads and scans do not count. Owner: the task's thread, except
 * {@link #committedView()}.
 */
public final class LruByteStore implements ByteStore {
    private static final float LOAD_FACTOR = 0.75f;

    private final MemoryByteStore entries;
    private final int maxEntries;
    private final LinkedHashMap<Bytes, Boolean> recency = new LinkedHashMap<>(16, LOAD_FACTOR, true);
    private Consumer<Bytes> onDrop = key -> {};

    /** @throws IllegalArgumentException when it could not keep a single entry */
    public LruByteStore(String name, int maxEntries) {
        if (maxEntries < 1) {
            throw new IllegalArgumentException(
                    "store '" + name + "': the number of entries to keep is " + maxEntries + ", expected 1 or more");
        }
        this.entries = new MemoryByteStore(name);
        this.maxEntries = maxEntries;
    }

    @Override
    public String name() {
        return entries.name();
    }

    @Override
    public void onDrop(Consumer<Bytes> listener) {
        onDrop = listener;
    }

    @Override
    public void open(StateStoreContext context) {
        entries.open(context);
    }

    @Override
    public byte @Nullable [] get(Bytes key) {
        byte[] value = entries.get(key);
        if (value != null) {
            recency.get(key);
        }
        return value;
    }

    @Override
    public void put(Bytes key, byte @Nullable [] value) {
        entries.put(key, value);
        if (value == null) {
            recency.remove(key);
            return;
        }
        recency.put(key, true);
        while (recency.size() > maxEntries) {
            Bytes eldest = takeEldest();
            entries.put(eldest, null);
            onDrop.accept(eldest);
        }
    }

    private Bytes takeEldest() {
        Iterator<Bytes> keys = recency.keySet().iterator();
        Bytes eldest = keys.next();
        keys.remove();
        return eldest;
    }

    @Override
    public void deleteRange(Bytes from, Bytes to) {
        entries.deleteRange(from, to);
        recency.keySet().removeIf(key -> key.compareTo(from) >= 0 && key.compareTo(to) < 0);
    }

    @Override
    public void commit(Map<TopicPartition, Long> changelogOffsets) {
        entries.commit(changelogOffsets);
    }

    @Override
    public long approximateUncommittedBytes() {
        return entries.approximateUncommittedBytes();
    }

    @Override
    public @Nullable Long committedOffset(TopicPartition changelog) {
        return entries.committedOffset(changelog);
    }

    @Override
    public void restore(Collection<KeyValue<byte[], byte[]>> records, Map<TopicPartition, Long> changelogOffsets) {
        List<KeyValue<byte[], byte[]>> changes = new ArrayList<>(records);
        for (KeyValue<byte[], byte[]> entry : records) {
            Bytes key = Bytes.wrap(OrderedBytes.keyOf(entry));
            if (entry.value == null) {
                recency.remove(key);
            } else {
                recency.put(key, true);
            }
        }
        while (recency.size() > maxEntries) {
            changes.add(new KeyValue<>(takeEldest().get(), null));
        }
        entries.restore(changes, changelogOffsets);
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> scan(@Nullable Bytes from, @Nullable Bytes to, ScanOrder order) {
        return entries.scan(from, to, order);
    }

    @Override
    public long approximateNumEntries() {
        return recency.size();
    }

    @Override
    public OrderedBytes committedView() {
        return entries.committedView();
    }

    @Override
    public void close() {
        recency.clear();
        entries.close();
    }

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return entries.isOpen();
    }
}
