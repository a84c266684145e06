package io.tailrace.log.txn;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Bytes of one stored record, big-endian, in a buffer that grows. */
final class RecordBytes {
    private static final int FIRST_CAPACITY_BYTES = 128;
    private static final int MAX_VARINT_BYTES = 5;

    private ByteBuffer bytes = ByteBuffer.allocate(FIRST_CAPACITY_BYTES);

    void putByte(byte value) {
        room(Byte.BYTES).put(value);
    }

    void putShort(short value) {
        room(Short.BYTES).putShort(value);
    }

    void putInt(int value) {
        room(Integer.BYTES).putInt(value);
    }

    void putLong(long value) {
        room(Long.BYTES).putLong(value);
    }

    void putBytes(byte[] value) {
        room(value.length).put(value);
    }

    /** Seven bits a byte, the lowest first, the high bit set on all but the last. */
    void putUnsignedVarint(int value) {
        ByteBuffer target = room(MAX_VARINT_BYTES);
        int left = value;
        while ((left & ~0x7f) != 0) {
            target.put((byte) (left | 0x80));
            left >>>= 7;
        }
        target.put((byte) left);
    }

    /** @throws IllegalArgumentException when it does not end after five bytes */
    static int getUnsignedVarint(ByteBuffer in) {
        int value = 0;
        for (int shift = 0; shift < 7 * MAX_VARINT_BYTES; shift += 7) {
            byte next = in.get();
            value |= (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("varint of more than " + MAX_VARINT_BYTES + " bytes");
    }

    byte[] toArray() {
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    private ByteBuffer room(int more) {
        if (bytes.remaining() < more) {
            int needed = bytes.position() + more;
            ByteBuffer larger = ByteBuffer.allocate(Math.max(needed, 2 * bytes.capacity()));
            bytes = larger.put(bytes.flip());
        }
        return bytes;
    }
}
