package io.tailrace.serde;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Writes a long as 8 bytes, big-endian. */
public class LongSerializer implements Serializer<Long> {
    @Override
    public byte @Nullable [] serialize(String topic, @Nullable Long data) {
        return data == null
                ? null
                : ByteBuffer.allocate(Long.BYTES).putLong(data).array();
    }
}
