package io.tailrace.log.record;

/**
 * Zig-zag varints as in Protocol Buffers: the sign moves to the lowest bit, then seven bits a byte, lowest first, the top
 * bit set when more follow. Small numbers of either sign take one byte.
 */
final class Varint {
    static final int MAX_INT_BYTES = 5;
    static final int MAX_LONG_BYTES = 10;

    private Varint() {}

    static int size(int value) {
        return sizeUnsigned(zigZag(value));
    }

    static int size(long value) {
        long bits = zigZag(value);
        return (63 - Long.numberOfLeadingZeros(bits | 1)) / 7 + 1;
    }

    /** Returns the index behind the last byte written. */
    static int put(byte[] target, int at, int value) {
        int bits = zigZag(value);
        while ((bits & ~0x7f) != 0) {
            target[at++] = (byte) (bits | 0x80);
            bits >>>= 7;
        }
        target[at] = (byte) bits;
        return at + 1;
    }

    /** Returns the index behind the last byte written. */
    static int put(byte[] target, int at, long value) {
        long bits = zigZag(value);
        while ((bits & ~0x7fL) != 0) {
            target[at++] = (byte) (bits | 0x80);
            bits >>>= 7;
        }
        target[at] = (byte) bits;
        return at + 1;
    }

    static int decode(int bits) {
        return (bits >>> 1) ^ -(bits & 1);
    }

    static long decode(long bits) {
        return (bits >>> 1) ^ -(bits & 1);
    }

    private static int sizeUnsigned(int bits) {
        return (31 - Integer.numberOfLeadingZeros(bits | 1)) / 7 + 1;
    }

    private static int zigZag(int value) {
        return (value << 1) ^ (value >> 31);
    }

    private static long zigZag(long value) {
        return (value << 1) ^ (value >> 63);
    }
}
