package io.tailrace.stores.cache;

import java.util.Arrays;

/**
 * The numbers of each slot of a cache, side by side in a line of 64 bytes: whoever uses a slot needs most of them, and waits for
 * memory once. One thread.
 */
final class Lines {
    /** Of the key, spread. */
    static final int HASH = 0;

    static final int FLAGS = 1;
    static final int WEIGHT = 2;

    /** Where {@link TouchOrder} mentions the slot; one order for each of the two. */
    static final int USED = 3;

    static final int WRITTEN = 4;

    /** What {@link Origins} keep. */
    static final int PLACE = 5;

    static final int OFFSET = 6;
    static final int TIMESTAMP = 7;

    private static final int LENGTH_SHIFT = 3;

    private long[] numbers;

    Lines(int capacity) {
        numbers = new long[capacity << LENGTH_SHIFT];
    }

    /** Allows slots below {@code capacity}; new ones are all 0. */
    void ensure(int capacity) {
        if (capacity << LENGTH_SHIFT > numbers.length) {
            numbers = Arrays.copyOf(numbers, capacity << LENGTH_SHIFT);
        }
    }

    long get(int slot, int field) {
        return numbers[(slot << LENGTH_SHIFT) + field];
    }

    void set(int slot, int field, long value) {
        numbers[(slot << LENGTH_SHIFT) + field] = value;
    }
}
