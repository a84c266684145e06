package io.tailrace.serde;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Writes a short as 2 bytes, big-endian. */
public class ShortSerializer implements Serializer<Short> {
    @Override
    public byte @Nullable [] serialize(String topic, @Nullable Short data) {
        return data == null
                ? null
                : ByteBuffer.allocate(Short.BYTES).putShort(data).array();
    }
}
