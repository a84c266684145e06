package io.tailrace.serde;

import io.tailrace.common.header.Headers;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Reads a short from 2 bytes, big-endian. */
public class ShortDeserializer implements Deserializer<Short> {
    @Override
    public @Nullable Short deserialize(String topic, byte @Nullable [] data) {
        return data == null ? null : Buffers.sized(data, "short", Short.BYTES).getShort();
    }

    @Override
    public @Nullable Short deserialize(String topic, Headers headers, @Nullable ByteBuffer data) {
        return data == null ? null : Buffers.sized(data, "short", Short.BYTES).getShort();
    }
}
