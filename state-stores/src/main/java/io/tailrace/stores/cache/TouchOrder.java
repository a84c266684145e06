package io.tailrace.stores.cache;

/**
 * Small numbers in the order in which they were touched last. Touching appends to a ring and leaves the older mention behind as
 * dead, so it writes next to where the last one was written, and neighbours are not looked for all over the memory as in a linked
 * list. One thread.
 */
final class TouchOrder {
    private static final long ABSENT = 0;

    private final Lines lines;
    private final int field; // of the line: where the number is mentioned, plus 1
    private int[] ring = new int[64]; // a power of two, at least twice as many as are in
    private long head; // mentions before it are dead
    private long tail;
    private int size;

    /** @param field of the lines, which nobody else uses */
    TouchOrder(Lines lines, int field) {
        this.lines = lines;
        this.field = field;
    }

    boolean contains(int number) {
        return mention(number) != ABSENT;
    }

    private long mention(int number) {
        return lines.get(number, field);
    }

    private boolean isMentionedAt(int number, long at) {
        return mention(number) == at + 1;
    }

    private void mention(int number, long at) {
        lines.set(number, field, at + 1);
    }

    int size() {
        return size;
    }

    /** Puts the number last. */
    void touch(int number) {
        long mention = mention(number);
        if (mention == ABSENT) {
            size++;
        } else if (mention == tail) {
            return; // it is the last one
        }
        mention(number, tail);
        ring[(int) tail & (ring.length - 1)] = number;
        tail++;
        if (tail - head == ring.length) {
            compact();
        }
    }

    void remove(int number) {
        if (contains(number)) {
            lines.set(number, field, ABSENT);
            size--;
        }
    }

    /** The number that was not touched for the longest time, -1 for none. */
    int eldest() {
        while (head < tail) {
            int number = ring[(int) head & (ring.length - 1)];
            if (isMentionedAt(number, head)) {
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
            if (isMentionedAt(number, at)) {
                numbers[count++] = number;
            }
        }
        return numbers;
    }

    void clear() {
        for (long at = head; at < tail; at++) {
            lines.set(ring[(int) at & (ring.length - 1)], field, ABSENT);
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
            mention(numbers[at], at);
        }
    }
}
