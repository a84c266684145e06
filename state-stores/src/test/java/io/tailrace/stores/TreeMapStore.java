package io.tailrace.stores;

import io.tailrace.common.Bytes;
import io.tailrace.processor.KeyValue;
import io.tailrace.processor.StateStore;
import io.tailrace.processor.StateStoreContext;
import io.tailrace.state.KeyValueIterator;
import io.tailrace.state.KeyValueStore;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The least a user has to write for a key-value store of his own; writes are visible at once. */
public class TreeMapStore implements KeyValueStore<Bytes, byte[]> {
    public final TreeMap<Bytes, byte[]> entries = new TreeMap<>();
    public int commitCallbacks;
    private final String name;
    private boolean open;

    public TreeMapStore(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        open = true;
        context.register(root, (key, value) -> put(Bytes.wrap(key), value), () -> commitCallbacks++);
    }

    @Override
    public void put(Bytes key, byte @Nullable [] value) {
        if (value == null) {
            entries.remove(key);
        } else {
            entries.put(key, value);
        }
    }

    @Override
    public byte @Nullable [] putIfAbsent(Bytes key, byte @Nullable [] value) {
        byte[] present = get(key);
        if (present == null) {
            put(key, value);
        }
        return present;
    }

    @Override
    public void putAll(List<KeyValue<Bytes, byte[]>> list) {
        throw new UnsupportedOperationException();
    }

    @Override
    public byte @Nullable [] delete(Bytes key) {
        return entries.remove(key);
    }

    @Override
    public byte @Nullable [] get(Bytes key) {
        return entries.get(key);
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> range(@Nullable Bytes from, @Nullable Bytes to) {
        return iterate(between(from, to));
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> reverseRange(@Nullable Bytes from, @Nullable Bytes to) {
        return iterate(between(from, to).descendingMap());
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> all() {
        return iterate(entries);
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> reverseAll() {
        return iterate(entries.descendingMap());
    }

    @Override
    public long approximateNumEntries() {
        return entries.size();
    }

    @Override
    public void close() {
        open = false;
    }

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    private NavigableMap<Bytes, byte[]> between(@Nullable Bytes from, @Nullable Bytes to) {
        NavigableMap<Bytes, byte[]> tail = from == null ? entries : entries.tailMap(from, true);
        return to == null ? tail : tail.headMap(to, true);
    }

    /** A copy in the order of the map, descending ones included. */
    private static KeyValueIterator<Bytes, byte[]> iterate(NavigableMap<Bytes, byte[]> map) {
        Iterator<Map.Entry<Bytes, byte[]>> copy =
                new LinkedHashMap<>(map).entrySet().iterator();
        return new KeyValueIterator<>() {
            private Map.@Nullable Entry<Bytes, byte[]> ahead = copy.hasNext() ? copy.next() : null;

            @Override
            public boolean hasNext() {
                return ahead != null;
            }

            @Override
            public KeyValue<Bytes, byte[]> next() {
                Map.Entry<Bytes, byte[]> entry = Objects.requireNonNull(ahead);
                ahead = copy.hasNext() ? copy.next() : null;
                return new KeyValue<>(entry.getKey(), entry.getValue());
            }

            @Override
            public Bytes peekNextKey() {
                return Objects.requireNonNull(ahead).getKey();
            }

            @Override
            public void close() {}
        };
    }
}
