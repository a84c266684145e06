package io.tailrace.serde;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Writes a double as 8 bytes in IEEE 754 format, big-endian; every NaN becomes the same bytes. */
public class DoubleSerializer implements Serializer<Double> {
    @Override
    public byte @Nullable [] serialize(String topic, @Nullable Double data) {
        return data == null
                ? null
                : ByteBuffer.allocate(Double.BYTES)
                        .putLong(Double.doubleToLongBits(data))
                        .array();
    }
}
