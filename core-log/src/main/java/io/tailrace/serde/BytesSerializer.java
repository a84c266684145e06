package io.tailrace.serde;

import io.tailrace.common.Bytes;
import org.jspecify.annotations.Nullable;

/** Hands the wrapped array on, without a copy. */
public class BytesSerializer implements Serializer<Bytes> {
    @Override
    public byte @Nullable [] serialize(String topic, @Nullable Bytes data) {
        return data == null ? null : data.get();
    }
}
