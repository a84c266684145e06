package io.tailrace.serde;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Copies a buffer's bytes from 0 to its limit, whatever its position, as Kafka does: a buffer that was just filled to its
 * limit need not be flipped, and one that was read may be written again. The buffer itself is left as it is.
 */
public class ByteBufferSerializer implements Serializer<ByteBuffer> {
    @Override
    public byte @Nullable [] serialize(String topic, @Nullable ByteBuffer data) {
        return data == null ? null : Buffers.copy(data.duplicate().rewind());
    }
}
