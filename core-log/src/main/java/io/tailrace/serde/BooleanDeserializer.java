package io.tailrace.serde;

import io.tailrace.common.errors.SerializationException;
import io.tailrace.common.header.Headers;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Reads a boolean from one byte: 1 is true, 0 is false, anything else is an error. */
public class BooleanDeserializer implements Deserializer<Boolean> {
    @Override
    public @Nullable Boolean deserialize(String topic, byte @Nullable [] data) {
        return data == null ? null : read(Buffers.sized(data, "boolean", 1));
    }

    @Override
    public @Nullable Boolean deserialize(String topic, Headers headers, @Nullable ByteBuffer data) {
        return data == null ? null : read(Buffers.sized(data, "boolean", 1));
    }

    private static Boolean read(ByteBuffer data) {
        byte flag = data.get();
        return switch (flag) {
            case 0 -> false;
            case 1 -> true;
            default ->
                throw new SerializationException("cannot read boolean: found byte " + flag + ", expected 0 or 1");
        };
    }
}
