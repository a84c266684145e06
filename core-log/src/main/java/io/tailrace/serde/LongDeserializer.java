package io.tailrace.serde;

import io.tailrace.common.header.Headers;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Reads a long from 8 bytes, big-endian. */
public class LongDeserializer implements Deserializer<Long> {
    @Override
    public @Nullable Long deserialize(String topic, byte @Nullable [] data) {
        return data == null ? null : Buffers.sized(data, "long", Long.BYTES).getLong();
    }

    @Override
    public @Nullable Long deserialize(String topic, Headers headers, @Nullable ByteBuffer data) {
        return data == null ? null : Buffers.sized(data, "long", Long.BYTES).getLong();
    }
}
