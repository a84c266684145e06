package io.tailrace.common;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A byte string: an array with value equality and the order of unsigned bytes, shorter first, in which stores keep their
 * keys. The array is not copied, neither in nor out: whoever shares it must not change it, because the hash is cached.
 */
public final class Bytes implements Comparable<Bytes> {
    public static final Bytes EMPTY = new Bytes(new byte[0]);

    private final byte[] bytes;
    private int hash; // 0 = not computed; a race computes the same value twice

    private Bytes(byte[] bytes) {
        this.bytes = Objects.requireNonNull(bytes, "bytes must not be null");
    }

    public static Bytes wrap(byte[] bytes) {
        return new Bytes(bytes);
    }

    public byte[] get() {
        return bytes;
    }

    public int length() {
        return bytes.length;
    }

    public boolean startsWith(Bytes prefix) {
        return bytes.length >= prefix.bytes.length
                && Arrays.equals(bytes, 0, prefix.bytes.length, prefix.bytes, 0, prefix.bytes.length);
    }

    /**
     * The least byte string that is greater than every one starting with {@code prefix}: the exclusive upper bound of a
     * prefix scan. Trailing 0xFF bytes cannot grow, so they are dropped and the byte before them is incremented.
     *
     * @return null when there is none: the prefix is empty or all 0xFF, and a scan has no upper bound
     */
    public static @Nullable Bytes increment(Bytes prefix) {
        int last = prefix.bytes.length - 1;
        while (last >= 0 && prefix.bytes[last] == (byte) 0xFF) {
            last--;
        }
        if (last < 0) {
            return null;
        }
        byte[] next = Arrays.copyOf(prefix.bytes, last + 1);
        next[last]++;
        return new Bytes(next);
    }

    @Override
    public int compareTo(Bytes that) {
        return Arrays.compareUnsigned(bytes, that.bytes);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof Bytes that && Arrays.equals(bytes, that.bytes));
    }

    @Override
    public int hashCode() {
        int h = hash;
        if (h == 0) {
            h = Arrays.hashCode(bytes);
            hash = h;
        }
        return h;
    }

    /** Printable ASCII as it is, every other byte and the backslash as {@code \\xHH}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(bytes.length);
        for (char c : new String(bytes, StandardCharsets.ISO_8859_1).toCharArray()) {
            if (c >= ' ' && c <= '~' && c != '\\') {
                text.append(c);
            } else {
                text.append(String.format("\\x%02X", (int) c));
            }
        }
        return text.toString();
    }
}
