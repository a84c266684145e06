package io.tailrace.serde;

import io.tailrace.common.header.Headers;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Reads a double from 8 bytes in IEEE 754 format, big-endian. */
public class DoubleDeserializer implements Deserializer<Double> {
    @Override
    public @Nullable Double deserialize(String topic, byte @Nullable [] data) {
        return data == null ? null : Buffers.sized(data, "double", Double.BYTES).getDouble();
    }

    @Override
    public @Nullable Double deserialize(String topic, Headers headers, @Nullable ByteBuffer data) {
        return data == null ? null : Buffers.sized(data, "double", Double.BYTES).getDouble();
    }
}
