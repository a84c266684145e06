package io.tailrace.stores.bytes;

import java.util.Arrays;

/**
 * Sorts entries of a {@link WriteTable} by their keys, as unsigned bytes. The next bytes of a key that differ between the keys at hand go
 * with the number of the entry into one long; those are sorted, and keys that are still alike once more, by what follows. Comparing two
 * keys at a time would mostly wait for memory.
 */
final class KeyOrder {
    private static final int TAKEN_BYTES = 4;
    private static final int ENTRY_BITS = 29; // below 4 bytes, and 3 bits for how many of them there are
    private static final int ENTRY_MASK = (1 << ENTRY_BITS) - 1;

    private final WriteTable table;

    KeyOrder(WriteTable table) {
        this.table = table;
    }

    void sort(int[] entries) {
        sort(entries, 0, entries.length, 0);
    }

    /** @param known so many bytes are the same in all of these keys */
    private void sort(int[] entries, int from, int to, int known) {
        if (to - from < 2) {
            return;
        }
        int common = common(entries, from, to, known);
        long[] taken = new long[to - from];
        for (int i = from; i < to; i++) {
            taken[i - from] = take(entries[i], common);
        }
        Arrays.sort(taken);
        for (int i = from; i < to; i++) {
            entries[i] = (int) taken[i - from] & ENTRY_MASK;
        }
        int start = 0;
        for (int i = 1; i <= taken.length; i++) {
            if (i == taken.length || taken[i] >> ENTRY_BITS != taken[start] >> ENTRY_BITS) {
                sort(entries, from + start, from + i, common + TAKEN_BYTES);
                start = i;
            }
        }
    }

    private int common(int[] entries, int from, int to, int known) {
        int first = entries[from];
        byte[] source = table.source(first);
        int at = table.keyAt(first);
        int common = table.keyLength(first);
        for (int i = from + 1; i < to && common > known; i++) {
            int entry = entries[i];
            int otherAt = table.keyAt(entry);
            common = Math.min(common, table.keyLength(entry));
            int differs = Arrays.mismatch(
                    source, at + known, at + common, table.source(entry), otherAt + known, otherAt + common);
            common = differs < 0 ? common : known + differs;
        }
        return common;
    }

    /** Four bytes of the key, 0 where it has ended, how many it really has, and the entry; so it sorts as a signed number. */
    private long take(int entry, int skipped) {
        byte[] source = table.source(entry);
        int at = table.keyAt(entry) + skipped;
        int count = Math.min(TAKEN_BYTES, table.keyLength(entry) - skipped);
        long bytes = 0;
        for (int i = 0; i < TAKEN_BYTES; i++) {
            bytes = (bytes << Byte.SIZE) | (i < count ? source[at + i] & 0xFF : 0);
        }
        return ((((bytes << 3) | count) << ENTRY_BITS) ^ Long.MIN_VALUE) | entry;
    }
}
