package io.tailrace.stores.cache;

import io.tailrace.processor.CacheSpace;
import io.tailrace.processor.RecordContext;
import io.tailrace.processor.WriteBack;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what was read and written last, holds writes back, and tells of each key that was written once per flush. Observably it is
 * Kafka Streams' record cache:
 *
 * <ul>
 *   <li>A flush goes through the keys in the order in which they were written last. The old value is the one that was told last;
 *       a key that had none and has none is left out.
 *   <li>When memory runs short, the key that was not used for the longest time goes. If that one was written, everything is flushed,
 *       it first.
 *   <li>Nothing is told because of a scan: {@link #writeBelow} makes the store complete for it, and the old values stay known.
 * </ul>
 *
 * <p>Other than there, a flush first writes all of its keys, then tells of them: when the listener reads the store, or writes to it
 * again, cache and store agree. From {@link #beginCommit} to {@link #endCommit} nothing is held back, so that what a later flush of
 * another store writes to this one is part of the same commit.
 *
 * <p>It is not one of the caching libraries because it has one owner, evicts at a known moment in a known order (a test that is
 * repeated must evict the same again), and remembers per key what is not yet written or told. Owner: the task's thread.
 *
 * @param <K> an immutable key
 * @param <V> a value that nobody changes
 */
public final class WriteBackCache<K, V> implements CacheSpace.Member {
    /** The store below. */
    public interface Below<K, V> {
        @Nullable
        V read(K key);

        /** Null deletes. */
        void write(K key, @Nullable V value);

        /**
         * The key under which the store below has what belongs to that key: the same object, unless different keys are the same to
         * the store. Asked about keys that are not found here, so only such keys ever are.
         */
        default K storedKey(K key) {
            return key;
        }

        /** Whether values have their own time, so that it does not matter what is being processed when one is written. */
        boolean hasOwnTime();
    }

    /** Told of each change, in the place of the record that caused it. */
    @FunctionalInterface
    public interface Listener<K, V> {
        /** @param oldValue null also if old values are not asked for */
        void changed(K key, @Nullable V newValue, @Nullable V oldValue, RecordContext origin);
    }

    private static final int SLOT_BYTES = 96; // of the arrays here and in the parts, per entry

    // Flags of a slot. Without any, the slot holds what is in the store below and was told.
    private static final long UNTOLD = 1;
    private static final long UNWRITTEN = 2;
    private static final long WRITTEN_UNTOLD = 4; // written at least once since it was told
    private static final long NEW = 8; // the old value is known to be none
    private static final long OLD = 16; // the old value is known and kept

    private final Below<K, V> below;
    private final WriteBack writeBack;
    private final Weigher weigher;
    private final Lines lines = new Lines(0);
    private final SlotTable<K> slots = new SlotTable<>(lines);
    private final TouchOrder used = new TouchOrder(lines, Lines.USED);
    private final TouchOrder written = new TouchOrder(lines, Lines.WRITTEN);
    private @Nullable Object[] values = {};
    private @Nullable Object[] oldValues = {};
    private final Origins origins = new Origins(lines);
    private final Origins.View origin = origins.new View();

    private @Nullable Listener<K, V> listener;
    private boolean sendOldValues;
    private boolean committing;
    private long usedBytes;
    private long hits;
    private long misses;
    private @Nullable K missed; // the last key that was looked for and not found below either
    private int writing; // the slot that is being written below
    private final Runnable writer = this::writeOne;

    public WriteBackCache(Below<K, V> below, WriteBack writeBack, Weigher weigher) {
        this.below = below;
        this.writeBack = writeBack;
        this.weigher = weigher;
        writeBack.join(this);
    }

    /** From now on the listener hears of changes. */
    public void listen(Listener<K, V> told, boolean oldValuesToo) {
        listener = told;
        sendOldValues = oldValuesToo;
    }

    public @Nullable V get(K given) {
        K key = given;
        int slot = slots.find(key);
        if (slot == SlotTable.NONE) {
            key = below.storedKey(given);
            slot = key == given ? SlotTable.NONE : slots.find(key);
        }
        if (slot != SlotTable.NONE) {
            used.touch(slot);
            hits++;
            return value(slot);
        }
        misses++;
        V value = below.read(key);
        if (value == null) {
            missed = key;
        } else {
            keep(add(key), value);
            makeRoom();
        }
        return value;
    }

    /** Null deletes. */
    public void put(K given, @Nullable V value) {
        K key = given;
        int slot = slots.find(key);
        if (slot == SlotTable.NONE) {
            key = below.storedKey(given);
            slot = key == given ? SlotTable.NONE : slots.find(key);
        }
        if (slot == SlotTable.NONE) {
            boolean isNew = key.equals(missed);
            slot = add(key);
            flag(slot, isNew ? NEW : 0);
        } else if (!is(slot, UNTOLD)) {
            flag(slot, OLD);
            if (sendOldValues) {
                oldValues[slot] = values[slot];
            }
        }
        missed = null;
        flag(slot, flags(slot) | UNTOLD | UNWRITTEN);
        origins.set(slot, writeBack.hold());
        keep(slot, value);
        written.touch(slot);
        if (committing) {
            flush(SlotTable.NONE);
        }
        makeRoom();
    }

    /** Writes what is held back to the store below, and tells nobody. */
    public void writeBelow() {
        if (written.size() == 0) {
            return;
        }
        for (int slot : written.toArray()) {
            if (is(slot, UNWRITTEN)) {
                if (listener != null) {
                    rememberOld(slot);
                }
                write(slot);
                flag(slot, (flags(slot) & ~UNWRITTEN) | WRITTEN_UNTOLD);
            }
        }
    }

    /** Writes and tells what is held back. */
    public void flush() {
        flush(SlotTable.NONE);
    }

    /** As {@link #flush}, and holds nothing back from now on. */
    public void beginCommit() {
        committing = true;
        flush();
    }

    public void endCommit() {
        flush();
        committing = false;
    }

    public void close() {
        forget();
        writeBack.space().leave(this);
    }

    @Override
    public void forget() {
        while (used.eldest() != SlotTable.NONE) {
            drop(used.eldest());
        }
        missed = null;
    }

    @Override
    public long usedBytes() {
        return usedBytes;
    }

    @Override
    public long hits() {
        return hits;
    }

    @Override
    public long misses() {
        return misses;
    }

    @Override
    public boolean giveUpOne() {
        int eldest = used.eldest();
        if (eldest == SlotTable.NONE || is(eldest, UNTOLD)) {
            return false;
        }
        drop(eldest);
        return true;
    }

    /** @param evicted goes first and is dropped; {@link SlotTable#NONE} for no slot */
    private void flush(int evicted) {
        if (written.size() == 0) {
            return;
        }
        int[] order = written.toArray();
        if (evicted != SlotTable.NONE) {
            moveToFront(order, evicted);
        }
        Changes<K, V> changes = listener == null ? null : new Changes<>(order.length, origins, listener);
        for (int slot : order) {
            if (changes == null) {
                writeIfHeld(slot);
            } else {
                writeAndNote(slot, changes);
            }
            flag(slot, 0);
            if (values[slot] == null || slot == evicted) {
                drop(slot);
            }
        }
        written.clear();
        if (changes != null) {
            changes.deliver(writeBack);
        }
    }

    private void writeIfHeld(int slot) {
        if (is(slot, UNWRITTEN)) {
            write(slot);
        }
    }

    private void writeAndNote(int slot, Changes<K, V> changes) {
        V value = value(slot);
        if (value == null || sendOldValues) {
            rememberOld(slot);
        }
        boolean changed = value != null || !is(slot, NEW);
        if (changed || is(slot, WRITTEN_UNTOLD)) {
            writeIfHeld(slot);
        }
        if (changed) {
            changes.add(slots.key(slot), value, oldValue(slot), origins, slot);
        }
        forgetOld(slot);
    }

    /** To be called before the slot is written: then the store still has it. */
    private void rememberOld(int slot) {
        if (!is(slot, NEW | OLD)) {
            V old = below.read(slots.key(slot));
            flag(slot, flags(slot) | (old == null ? NEW : OLD));
            if (sendOldValues) {
                oldValues[slot] = old;
            }
        }
    }

    private void forgetOld(int slot) {
        if (sendOldValues && oldValues[slot] != null) {
            oldValues[slot] = null;
        }
    }

    private void write(int slot) {
        writing = slot;
        if (values[slot] != null && below.hasOwnTime()) {
            writeOne();
        } else {
            writeBack.resume(origin.at(slot), writer);
        }
    }

    private void writeOne() {
        below.write(slots.key(writing), value(writing));
    }

    private void makeRoom() {
        CacheSpace space = writeBack.space();
        while (space.isExceeded() && slots.size() > 0) {
            if (!space.takeFromOthers(this)) {
                int eldest = used.eldest();
                if (is(eldest, UNTOLD)) {
                    flush(eldest);
                } else {
                    drop(eldest);
                }
            }
        }
    }

    private int add(K key) {
        int slot = slots.add(key);
        if (slot >= values.length) {
            int capacity = slots.capacity();
            values = Arrays.copyOf(values, capacity);
            oldValues = Arrays.copyOf(oldValues, capacity);
        }
        lines.set(slot, Lines.WEIGHT, 0);
        flag(slot, 0);
        return slot;
    }

    private void keep(int slot, @Nullable V value) {
        values[slot] = value;
        long before = lines.get(slot, Lines.WEIGHT);
        int weight = SLOT_BYTES + weigher.weigh(slots.key(slot)) + (value == null ? 0 : weigher.weigh(value));
        if (weight != before) {
            lines.set(slot, Lines.WEIGHT, weight);
            use(weight - before);
        }
        used.touch(slot);
    }

    private void drop(int slot) {
        use(-lines.get(slot, Lines.WEIGHT));
        values[slot] = null;
        oldValues[slot] = null;
        flag(slot, 0);
        origins.clear(slot);
        used.remove(slot);
        written.remove(slot);
        slots.remove(slot);
    }

    private void use(long bytes) {
        usedBytes += bytes;
        writeBack.space().use(bytes);
    }

    private long flags(int slot) {
        return lines.get(slot, Lines.FLAGS);
    }

    /** Whether the slot has any of them. */
    private boolean is(int slot, long anyOf) {
        return (flags(slot) & anyOf) != 0;
    }

    private void flag(int slot, long all) {
        lines.set(slot, Lines.FLAGS, all);
    }

    @SuppressWarnings("unchecked") // only keep writes values
    private @Nullable V value(int slot) {
        return (V) values[slot];
    }

    @SuppressWarnings("unchecked") // a copy of a value
    private @Nullable V oldValue(int slot) {
        return sendOldValues ? (V) oldValues[slot] : null;
    }

    private static void moveToFront(int[] order, int first) {
        int at = 0;
        while (order[at] != first) {
            at++;
        }
        System.arraycopy(order, 0, order, 1, at);
        order[0] = first;
    }
}
