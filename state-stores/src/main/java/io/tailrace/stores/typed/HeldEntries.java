package io.tailrace.stores.typed;

import io.tailrace.common.Bytes;
import io.tailrace.stores.cache.Weigher;
import org.jspecify.annotations.Nullable;

/**
 * The typed entries of one open store as its cache holds them: keys and values as they are where nobody can change them, else as
 * bytes. One thread.
 */
final class HeldEntries<K, V> {
    private static final char LAST_ASCII = 0x7F;

    private final Entries<K, V> entries;
    private final boolean keepKeys;
    private final boolean keepValues;
    private final Weigher weigher = new Weigher();

    HeldEntries(Entries<K, V> entries) {
        this.entries = entries;
        this.keepKeys = entries.hasImmutableKeys();
        this.keepValues = entries.hasImmutableValues();
    }

    Weigher weigher() {
        return weigher;
    }

    Object held(@Nullable K key) {
        return keepKeys ? entries.required(key) : entries.key(key);
    }

    /**
     * The held key that all keys of the same bytes have in common. Text is what differs from its bytes: a character that the encoding
     * does not have, such as half of a surrogate pair, becomes a question mark.
     */
    @SuppressWarnings("unchecked") // what held has made
    Object storedKey(Object held) {
        if (!(held instanceof String text) || isAscii(text)) {
            return held;
        }
        K stored = entries.keyOf(entries.key((K) held));
        return stored.equals(held) ? held : stored;
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > LAST_ASCII) {
                return false;
            }
        }
        return true;
    }

    @SuppressWarnings("unchecked") // what held has made
    Bytes keyBytes(Object held) {
        return keepKeys ? entries.key((K) held) : (Bytes) held;
    }

    @SuppressWarnings("unchecked") // as above
    K keyOf(Object held) {
        return keepKeys ? (K) held : entries.keyOf((Bytes) held);
    }

    @Nullable
    Object heldValue(@Nullable V value) {
        return keepValues ? value : entries.value(value);
    }

    @Nullable
    Object heldBytes(byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
        weigher.observe(bytes.length);
        return keepValues ? entries.valueOf(bytes) : bytes;
    }

    @SuppressWarnings("unchecked") // what heldValue or heldBytes has made
    byte @Nullable [] valueBytes(@Nullable Object held) {
        byte[] bytes = keepValues ? entries.value((@Nullable V) held) : (byte @Nullable []) held;
        if (bytes != null) {
            weigher.observe(bytes.length);
        }
        return bytes;
    }

    @SuppressWarnings("unchecked") // as above
    @Nullable
    V valueOf(@Nullable Object held) {
        return held == null || keepValues ? (@Nullable V) held : entries.valueOf((byte[]) held);
    }
}
