package io.tailrace.serde;

import io.tailrace.common.errors.SerializationException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The few things that all deserializers do with a buffer, without moving its position. */
final class Buffers {
    private Buffers() {}

    /** The bytes between position and limit, in a new array; null stays null. */
    static byte @Nullable [] copy(@Nullable ByteBuffer data) {
        if (data == null) {
            return null;
        }
        byte[] bytes = new byte[data.remaining()];
        data.get(data.position(), bytes);
        return bytes;
    }

    /**
     * A view of the array, big-endian, once its size is known to be right.
     *
     * @param type for the message, for example {@code "long"}
     * @param size expected, in bytes
     */
    static ByteBuffer sized(byte[] data, String type, int size) {
        checkSize(data.length, type, size);
        return ByteBuffer.wrap(data);
    }

    /** A view of the buffer with its own position, big-endian whatever the buffer's order, once its size is known to be right. */
    static ByteBuffer sized(ByteBuffer data, String type, int size) {
        checkSize(data.remaining(), type, size);
        return data.duplicate();
    }

    private static void checkSize(int found, String type, int expected) {
        if (found != expected) {
            throw new SerializationException(
                    "cannot read " + type + ": found " + found + " bytes, expected " + expected);
        }
    }
}
