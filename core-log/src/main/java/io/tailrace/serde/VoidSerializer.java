package io.tailrace.serde;

import org.jspecify.annotations.Nullable;

/** For keys or values that are always null. */
public class VoidSerializer implements Serializer<Void> {
    @Override
    public byte @Nullable [] serialize(String topic, @Nullable Void data) {
        return null;
    }
}
