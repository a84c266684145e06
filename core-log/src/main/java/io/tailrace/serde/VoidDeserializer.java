package io.tailrace.serde;

import io.tailrace.common.errors.SerializationException;
import io.tailrace.common.header.Headers;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** For keys or values that are always null; anything else is an error. */
public class VoidDeserializer implements Deserializer<Void> {
    @Override
    public @Nullable Void deserialize(String topic, byte @Nullable [] data) {
        if (data != null) {
            throw notNull(data.length);
        }
        return null;
    }

    @Override
    public @Nullable Void deserialize(String topic, Headers headers, @Nullable ByteBuffer data) {
        if (data != null) {
            throw notNull(data.remaining());
        }
        return null;
    }

    private static SerializationException notNull(int found) {
        return new SerializationException("cannot read Void: found " + found + " bytes, expected null");
    }
}
