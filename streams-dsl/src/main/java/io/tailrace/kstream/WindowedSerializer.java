package io.tailrace.kstream;

import io.tailrace.common.header.Headers;
import io.tailrace.serde.Serializer;
import io.tailrace.state.Windowed;
import org.jspecify.annotations.Nullable;

/** A serializer of windowed keys that can also write the key without its window, by which such records are partitioned. */
public interface WindowedSerializer<T> extends Serializer<Windowed<T>> {
    /** The bytes of the key inside. */
    byte @Nullable [] serializeBaseKey(String topic, Headers headers, Windowed<T> data);
}
