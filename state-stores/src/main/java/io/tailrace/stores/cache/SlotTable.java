package io.tailrace.stores.cache;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Keys and the slot that each has: a hash table with linear probing. Everything lies in few large arrays, so a value that changes
 * soils few cards of the old generation, and the garbage collector has few objects to follow. One thread.
 */
final class SlotTable<K> {
    static final int NONE = -1;
    private static final int EMPTY = 0;
    private static final int GOLDEN_RATIO = 0x9E3779B9;

    private int[] buckets = new int[32]; // slot + 1, a power of two, at most half full
    private int shift = Integer.SIZE - 5;
    private @Nullable Object[] keys = new Object[16]; // by slot
    private final Lines lines; // which have the hashes
    private int[] free = new int[0]; // slots that were removed, to be used again
    private int freeCount;
    private int used; // slots ever handed out
    private int size;

    /** @param lines grow with the slots */
    SlotTable(Lines lines) {
        this.lines = lines;
        lines.ensure(keys.length);
    }

    int size() {
        return size;
    }

    /** All slots are below it. */
    int capacity() {
        return keys.length;
    }

    @SuppressWarnings("unchecked") // only add writes keys
    K key(int slot) {
        K key = (K) keys[slot];
        if (key == null) {
            throw new IllegalStateException("slot " + slot + " is free");
        }
        return key;
    }

    /** {@link #NONE} when the key is not there. */
    int find(K key) {
        int hash = spread(key);
        int mask = buckets.length - 1;
        for (int bucket = hash >>> shift; ; bucket = (bucket + 1) & mask) {
            int entry = buckets[bucket];
            if (entry == EMPTY) {
                return NONE;
            }
            if (hash(entry - 1) == hash && key.equals(keys[entry - 1])) {
                return entry - 1;
            }
        }
    }

    /** The key must not be there. */
    int add(K key) {
        if ((size + 1) * 2 > buckets.length) {
            rehash();
        }
        int slot = freeCount > 0 ? free[--freeCount] : used++;
        if (slot == keys.length) {
            keys = Arrays.copyOf(keys, slot * 2);
            lines.ensure(keys.length);
        }
        int hash = spread(key);
        keys[slot] = key;
        lines.set(slot, Lines.HASH, hash);
        size++;
        insert(slot, hash);
        return slot;
    }

    void remove(int slot) {
        int mask = buckets.length - 1;
        int hole = hash(slot) >>> shift;
        while (buckets[hole] != slot + 1) {
            hole = (hole + 1) & mask;
        }
        // Whatever lies behind the hole and could lie in it moves there, so that no probe ends too early.
        for (int next = (hole + 1) & mask; buckets[next] != EMPTY; next = (next + 1) & mask) {
            int home = hash(buckets[next] - 1) >>> shift;
            if (((next - home) & mask) >= ((next - hole) & mask)) {
                buckets[hole] = buckets[next];
                hole = next;
            }
        }
        buckets[hole] = EMPTY;
        keys[slot] = null;
        size--;
        if (freeCount == free.length) {
            free = Arrays.copyOf(free, Math.max(16, freeCount * 2));
        }
        free[freeCount++] = slot;
    }

    private void rehash() {
        buckets = new int[buckets.length * 2];
        shift--;
        for (int slot = 0; slot < used; slot++) {
            if (keys[slot] != null) {
                insert(slot, hash(slot));
            }
        }
    }

    private void insert(int slot, int hash) {
        int mask = buckets.length - 1;
        int bucket = hash >>> shift;
        while (buckets[bucket] != EMPTY) {
            bucket = (bucket + 1) & mask;
        }
        buckets[bucket] = slot + 1;
    }

    private int hash(int slot) {
        return (int) lines.get(slot, Lines.HASH);
    }

    private static int spread(Object key) {
        return key.hashCode() * GOLDEN_RATIO;
    }
}
