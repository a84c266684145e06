package io.tailrace.serde;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Writes an int as 4 bytes, big-endian. */
public class IntegerSerializer implements Serializer<Integer> {
    @Override
    public byte @Nullable [] serialize(String topic, @Nullable Integer data) {
        return data == null
                ? null
                : ByteBuffer.allocate(Integer.BYTES).putInt(data).array();
    }
}
