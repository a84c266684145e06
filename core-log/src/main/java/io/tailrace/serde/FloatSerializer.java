package io.tailrace.serde;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Writes a float as 4 bytes in IEEE 754 format, big-endian; a NaN keeps its bits. */
public class FloatSerializer implements Serializer<Float> {
    @Override
    public byte @Nullable [] serialize(String topic, @Nullable Float data) {
        return data == null
                ? null
                : ByteBuffer.allocate(Float.BYTES).putFloat(data).array();
    }
}
