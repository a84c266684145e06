package io.tailrace.log.clean;

import java.nio.ByteBuffer;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The last offset of each key, in a fixed number of bytes: open addressing over slots of 24 bytes, the MD5 of the key and the
 * offset. Two keys of the same MD5 would be taken for one, as in Kafka.
 *
 * <p><b>Owner:</b> one thread.
 */
final class OffsetMap {
    /** There is no offset for a key. */
    static final long NONE = -1;

    static final int SLOT_BYTES = 24;
    private static final int HASH_BYTES = 16;
    private static final double MAX_LOAD = 0.9;
    private static final int MIN_SLOTS = 16;

    private final long[] slots; // hash, hash, offset + 1; 0 there for an empty slot
    private final int capacity;
    private final int limit;
    private final MessageDigest digest;
    private final byte[] hash = new byte[HASH_BYTES];
    private final ByteBuffer hashBuffer = ByteBuffer.wrap(hash);
    private int size;

    /**
     * @param memoryBytes not exceeded, unless it is less than 384
     * @param keys how many there are at most, which may need less
     */
    OffsetMap(long memoryBytes, long keys) {
        long wanted = (long) Math.ceil(Math.max(0, keys) / MAX_LOAD) + 1;
        this.capacity = (int) Math.max(MIN_SLOTS, Math.min(Math.min(memoryBytes / SLOT_BYTES, wanted), 1 << 29));
        this.limit = (int) (capacity * MAX_LOAD);
        this.slots = new long[3 * capacity];
        try {
            this.digest = MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JVM has no MD5, which every Java platform must have", e);
        }
    }

    /**
     * Remembers the offset of a record of a key, if it is larger than the one known.
     *
     * @param key its remaining bytes; they are consumed
     * @return false when there is no room for another key; nothing has changed then
     */
    boolean put(ByteBuffer key, long offset) {
        int at = find(key);
        if (slots[at + 2] == 0) {
            if (size == limit) {
                return false;
            }
            size++;
            slots[at] = hashBuffer.getLong(0);
            slots[at + 1] = hashBuffer.getLong(Long.BYTES);
        }
        slots[at + 2] = Math.max(slots[at + 2], offset + 1);
        return true;
    }

    /** The largest offset of the key, or {@link #NONE}; the key's bytes are consumed. */
    long get(ByteBuffer key) {
        return slots[find(key) + 2] - 1;
    }

    /** Keys so far. */
    int size() {
        return size;
    }

    int capacity() {
        return limit;
    }

    /** Where the key is, or would be; its hash is in {@link #hash} then. */
    private int find(ByteBuffer key) {
        digest.update(key);
        try {
            digest.digest(hash, 0, HASH_BYTES);
        } catch (DigestException e) {
            throw new IllegalStateException("MD5 does not fit its 16 bytes", e);
        }
        long first = hashBuffer.getLong(0);
        long second = hashBuffer.getLong(Long.BYTES);
        int slot = (int) Long.remainderUnsigned(first, capacity);
        while (true) {
            int at = 3 * slot;
            if (slots[at + 2] == 0 || (slots[at] == first && slots[at + 1] == second)) {
                return at;
            }
            slot = slot + 1 == capacity ? 0 : slot + 1;
        }
    }
}
