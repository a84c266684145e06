package io.tailrace.serde;

import io.tailrace.common.header.Headers;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Reads an int from 4 bytes, big-endian. */
public class IntegerDeserializer implements Deserializer<Integer> {
    @Override
    public @Nullable Integer deserialize(String topic, byte @Nullable [] data) {
        return data == null ? null : Buffers.sized(data, "int", Integer.BYTES).getInt();
    }

    @Override
    public @Nullable Integer deserialize(String topic, Headers headers, @Nullable ByteBuffer data) {
        return data == null ? null : Buffers.sized(data, "int", Integer.BYTES).getInt();
    }
}
