package io.tailrace.serde;

import io.tailrace.common.header.Headers;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Reads a float from 4 bytes in IEEE 754 format, big-endian. */
public class FloatDeserializer implements Deserializer<Float> {
    @Override
    public @Nullable Float deserialize(String topic, byte @Nullable [] data) {
        return data == null ? null : Buffers.sized(data, "float", Float.BYTES).getFloat();
    }

    @Override
    public @Nullable Float deserialize(String topic, Headers headers, @Nullable ByteBuffer data) {
        return data == null ? null : Buffers.sized(data, "float", Float.BYTES).getFloat();
    }
}
