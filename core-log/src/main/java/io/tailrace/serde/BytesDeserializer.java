package io.tailrace.serde;

import io.tailrace.common.Bytes;
import org.jspecify.annotations.Nullable;

/** Wraps the array, without a copy. */
public class BytesDeserializer implements Deserializer<Bytes> {
    @Override
    public @Nullable Bytes deserialize(String topic, byte @Nullable [] data) {
        return data == null ? null : Bytes.wrap(data);
    }
}
