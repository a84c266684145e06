package io.tailrace.stores.cache;

import java.util.Arrays;

/**
 * Small numbers in the order in which they were touched last. Touching appends to a ring and leaves the older mention behind as
 * dead, so it writes next to where the last one was written, and neighbours are not looked for all over the memory as in a linked
 * list. One thread.
 */
final class TouchOrder {
    private static final long ABSENT = -1;

    private int[] ring = new int[64]; // a power of two, at least twice as many as are in
    private long head; // mentions before it are dead
    private long tail;
    private long[] mentionedAt = new long[0]; // by number
    private int size;

    /** Allows numbers below {@code limit}. */
    void ensure(int limit) {
        int known = mentionedAt.length;
        if (known < limit) {
            mentionedAt = Arrays.copyOf(mentionedAt, limit);
            Arrays.fill(mentionedAt, known, limit, ABSENT);
        }
    }

    boolean contains(int number) {
        return mentionedAt[number] != ABSENT;
    }

    int size() {
        return size;
    }

    /** Puts the number last. */
    void touch(int number) {
        long at = mentionedAt[number];
        if (at == tail - 1 && at != ABSENT) {
            return;
        }
        if (at == ABSENT) {
            size++;
        }
        mentionedAt[number] = tail;
        ring[(int) tail & (ring.length - 1)] = number;
        tail++;
        if (tail - head == ring.length) {
            compact();
        }
    }

    void remove(int number) {
        if (mentionedAt[number] != ABSENT) {
            mentionedAt[number] = ABSENT;
            size--;
        }
    }

    /** The number that was not touched for the longest time, -1 for none. */
    int eldest() {
        while (head < tail) {
            int number = ring[(int) head & (ring.length - 1)];
            if (mentionedAt[number] == head) {
                return number;
            }
            head++;
        }
        return -1;
    }

    /** The numbers from the eldest on. */
    int[] toArray() {
        int[] numbers = new int[size];
        int count = 0;
        for (long at = head; at < tail; at++) {
            int number = ring[(int) at & (ring.length - 1)];
            if (mentionedAt[number] == at) {
                numbers[count++] = number;
            }
        }
        return numbers;
    }

    void clear() {
        for (long at = head; at < tail; at++) {
            mentionedAt[ring[(int) at & (ring.length - 1)]] = ABSENT;
        }
        head = 0;
        tail = 0;
        size = 0;
    }

    private void compact() {
        int[] numbers = toArray();
        ring = numbers.length > ring.length / 2 ? new int[ring.length * 2] : ring;
        System.arraycopy(numbers, 0, ring, 0, numbers.length);
        head = 0;
        tail = numbers.length;
        for (int at = 0; at < numbers.length; at++) {
            mentionedAt[numbers[at]] = at;
        }
    }
}
