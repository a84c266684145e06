package io.tailrace.stores.bytes;

import io.tailrace.common.Bytes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The last write of each key, hashed. An entry lies in a chunk of bytes: length of the key, length of the value, key, value. So the
 * garbage collector sees a few arrays, whatever the number of entries, and a commit copies instead of following references. Entries have
 * numbers from 0 on, in the order in which their keys came. One thread.
 */
public final class WriteTable {
    static final int NONE = -1;

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int HEADER_BYTES = 2 * Integer.BYTES;
    private static final int DELETION = -1; // as the length of a value
    private static final long REMOVED = -1; // as a place
    private static final int ENTRY_BYTES = 24; // in the arrays by entry, and in two buckets
    private static final int CHUNK_BYTES = 1 << 18;
    private static final int KEPT_CHUNKS = 8;
    private static final int KEPT_BUCKETS = 1 << 18;
    private static final int FIRST_BUCKETS = 64;
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private final List<byte[]> chunks = new ArrayList<>();
    private int chunk = NONE; // the one that is being filled
    private int end; // in it
    private int[] buckets = new int[FIRST_BUCKETS]; // entry + 1, at most half full
    private int[] hashes = new int[FIRST_BUCKETS / 2]; // by entry
    private long[] places = new long[FIRST_BUCKETS / 2]; // by entry: the chunk, and where in it
    private int count; // of entries, removed ones included
    private int size;
    private long usedBytes;

    /** Where entries are passed on to. */
    public interface Target {
        /** Key and value are parts of {@code source}, which is not the target's to keep. */
        void put(byte[] source, int keyAt, int keyLength, int valueAt, int valueLength);

        /** The key is a part of {@code source}, likewise. */
        void delete(byte[] source, int keyAt, int keyLength);
    }

    public int size() {
        return size;
    }

    /** What the entries take, together with what was written to keys that were written again since. */
    public long bytes() {
        return usedBytes;
    }

    /** The entry of the key, {@link #NONE} when it was not written. */
    int find(Bytes key) {
        return find(key.get(), hash(key.get()));
    }

    boolean isDeletion(int entry) {
        return valueLength(entry) == DELETION;
    }

    /** A copy; not of a deletion. */
    byte[] value(int entry) {
        int from = keyAt(entry) + keyLength(entry);
        return Arrays.copyOfRange(source(entry), from, from + valueLength(entry));
    }

    /** A copy. */
    Bytes key(int entry) {
        int from = keyAt(entry);
        return Bytes.wrap(Arrays.copyOfRange(source(entry), from, from + keyLength(entry)));
    }

    public void put(Bytes key, byte[] value) {
        put(key.get(), value, value.length);
    }

    public void delete(Bytes key) {
        put(key.get(), key.get(), DELETION);
    }

    /** Forgets what was written to these keys, as if it had never been. */
    void remove(Bytes from, Bytes to) {
        for (int entry = 0; entry < count; entry++) {
            if (places[entry] != REMOVED && compare(entry, from) >= 0 && compare(entry, to) < 0) {
                places[entry] = REMOVED; // its bucket stays, so that what lies behind it is found
                size--;
            }
        }
        if (size == 0) {
            clear();
        }
    }

    /** Passes everything on, in the order of the keys. */
    public void writeTo(Target target) {
        for (int entry : sorted()) {
            byte[] source = source(entry);
            int keyAt = keyAt(entry);
            int keyLength = keyLength(entry);
            int valueLength = valueLength(entry);
            if (valueLength == DELETION) {
                target.delete(source, keyAt, keyLength);
            } else {
                target.put(source, keyAt, keyLength, keyAt + keyLength, valueLength);
            }
        }
    }

    /** All entries, in the order of their keys. */
    int[] sorted() {
        int[] all = new int[size];
        int next = 0;
        for (int entry = 0; entry < count; entry++) {
            if (places[entry] != REMOVED) {
                all[next++] = entry;
            }
        }
        new KeyOrder(this).sort(all);
        return all;
    }

    public void clear() {
        if (buckets.length > KEPT_BUCKETS) { // a large table is slow to clear
            buckets = new int[FIRST_BUCKETS];
            hashes = new int[FIRST_BUCKETS / 2];
            places = new long[FIRST_BUCKETS / 2];
        } else if (count > 0) {
            Arrays.fill(buckets, 0);
        }
        if (chunks.size() > KEPT_CHUNKS) {
            chunks.subList(KEPT_CHUNKS, chunks.size()).clear();
        }
        chunks.removeIf(bytes -> bytes.length != CHUNK_BYTES);
        chunk = NONE;
        end = 0;
        count = 0;
        size = 0;
        usedBytes = 0;
    }

    byte[] source(int entry) {
        return chunks.get((int) (places[entry] >>> Integer.SIZE));
    }

    int keyAt(int entry) {
        return headerAt(entry) + HEADER_BYTES;
    }

    int keyLength(int entry) {
        return (int) INT.get(source(entry), headerAt(entry));
    }

    private int valueLength(int entry) {
        return (int) INT.get(source(entry), headerAt(entry) + Integer.BYTES);
    }

    private int headerAt(int entry) {
        return (int) places[entry];
    }

    private int compare(int entry, Bytes key) {
        int from = keyAt(entry);
        return Arrays.compareUnsigned(source(entry), from, from + keyLength(entry), key.get(), 0, key.length());
    }

    private int find(byte[] key, int hash) {
        int mask = buckets.length - 1;
        for (int bucket = hash & mask; buckets[bucket] != 0; bucket = (bucket + 1) & mask) {
            int entry = buckets[bucket] - 1;
            if (hashes[entry] == hash && places[entry] != REMOVED && hasKey(entry, key)) {
                return entry;
            }
        }
        return NONE;
    }

    private boolean hasKey(int entry, byte[] key) {
        int from = keyAt(entry);
        return Arrays.equals(source(entry), from, from + keyLength(entry), key, 0, key.length);
    }

    private void put(byte[] key, byte[] value, int valueLength) {
        int hash = hash(key);
        int entry = find(key, hash);
        if (entry == NONE) {
            entry = add(hash);
        } else if (valueLength <= valueLength(entry)) {
            overwrite(entry, key.length, value, valueLength);
            return;
        }
        places[entry] = append(key, value, valueLength);
    }

    private void overwrite(int entry, int keyLength, byte[] value, int valueLength) {
        byte[] bytes = source(entry);
        INT.set(bytes, headerAt(entry) + Integer.BYTES, valueLength);
        if (valueLength > 0) {
            System.arraycopy(value, 0, bytes, keyAt(entry) + keyLength, valueLength);
        }
    }

    private int add(int hash) {
        if ((count + 1) * 2 > buckets.length) {
            grow();
        }
        int entry = count++;
        hashes[entry] = hash;
        link(entry, hash);
        size++;
        return entry;
    }

    private void grow() {
        buckets = new int[buckets.length * 2];
        hashes = Arrays.copyOf(hashes, buckets.length / 2);
        places = Arrays.copyOf(places, buckets.length / 2);
        for (int entry = 0; entry < count; entry++) {
            link(entry, hashes[entry]);
        }
    }

    private void link(int entry, int hash) {
        int mask = buckets.length - 1;
        int bucket = hash & mask;
        while (buckets[bucket] != 0) {
            bucket = (bucket + 1) & mask;
        }
        buckets[bucket] = entry + 1;
    }

    private long append(byte[] key, byte[] value, int valueLength) {
        int length = HEADER_BYTES + key.length + Math.max(0, valueLength);
        makeRoom(length);
        byte[] bytes = chunks.get(chunk);
        int at = end;
        INT.set(bytes, at, key.length);
        INT.set(bytes, at + Integer.BYTES, valueLength);
        System.arraycopy(key, 0, bytes, at + HEADER_BYTES, key.length);
        if (valueLength > 0) {
            System.arraycopy(value, 0, bytes, at + HEADER_BYTES + key.length, valueLength);
        }
        end += length;
        usedBytes += length + ENTRY_BYTES;
        return ((long) chunk << Integer.SIZE) | at;
    }

    private void makeRoom(int length) {
        if (chunk != NONE && end + length <= chunks.get(chunk).length) {
            return;
        }
        chunk++;
        end = 0;
        if (length > CHUNK_BYTES) {
            chunks.add(chunk, new byte[length]);
        } else if (chunk == chunks.size()) {
            chunks.add(new byte[CHUNK_BYTES]);
        }
    }

    /** Each step mixes downwards, then upwards by its multiplication, so the upper half is the better one. */
    private static int hash(byte[] key) {
        long hash = key.length;
        int at = 0;
        for (; at + Long.BYTES <= key.length; at += Long.BYTES) {
            hash = mix(hash ^ (long) LONG.get(key, at));
        }
        for (; at < key.length; at++) {
            hash = mix(hash ^ key[at]);
        }
        return (int) (mix(hash) >>> Integer.SIZE);
    }

    private static long mix(long bits) {
        return (bits ^ (bits >>> Integer.SIZE)) * MIX;
    }
}
