package io.tailrace.stores.bytes;

import io.tailrace.common.Bytes;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** A set of key ranges {@code [from, to)}, kept as few, disjoint ones. Owner: the store's thread. */
final class DeletedRanges {
    private final TreeMap<Bytes, Bytes> toByFrom = new TreeMap<>();

    boolean isEmpty() {
        return toByFrom.isEmpty();
    }

    boolean contains(Bytes key) {
        Map.Entry<Bytes, Bytes> range = toByFrom.floorEntry(key);
        return range != null && key.compareTo(range.getValue()) < 0;
    }

    /** Adds a range that is not empty; those that touch it become part of it. */
    void add(Bytes from, Bytes to) {
        Bytes start = from;
        Bytes end = to;
        Map.Entry<Bytes, Bytes> touching = toByFrom.floorEntry(end);
        while (touching != null && touching.getValue().compareTo(start) >= 0) {
            toByFrom.remove(touching.getKey());
            start = min(start, touching.getKey());
            end = max(end, touching.getValue());
            touching = toByFrom.floorEntry(end);
        }
        toByFrom.put(start, end);
    }

    void forEach(BiConsumer<Bytes, Bytes> action) {
        toByFrom.forEach(action);
    }

    void clear() {
        toByFrom.clear();
    }

    DeletedRanges copy() {
        DeletedRanges copy = new DeletedRanges();
        copy.toByFrom.putAll(toByFrom);
        return copy;
    }

    private static Bytes min(Bytes a, Bytes b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    private static Bytes max(Bytes a, Bytes b) {
        return a.compareTo(b) >= 0 ? a : b;
    }
}
