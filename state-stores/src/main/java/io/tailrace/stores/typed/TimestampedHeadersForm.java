package io.tailrace.stores.typed;

import io.tailrace.common.header.Headers;
import io.tailrace.common.header.RecordHeaders;
import io.tailrace.state.ValueTimestampHeaders;
import io.tailrace.stores.layer.HeaderBytes;
import io.tailrace.stores.layer.ValueForm;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Values with their timestamp and headers, laid out as {@link ValueForm#TIMESTAMPED_HEADERS} says. They are never kept instead of
 * their bytes, because headers may be changed by whoever has them.
 */
final class TimestampedHeadersForm<V> implements TypedForm<ValueTimestampHeaders<V>> {
    private final SerdeForm<V> values;

    TimestampedHeadersForm(SerdeForm<V> values) {
        this.values = values;
    }

    @Override
    public boolean isImmutable() {
        return false;
    }

    @Override
    public boolean hasTime() {
        return true;
    }

    @Override
    public byte @Nullable [] toBytes(ValueTimestampHeaders<V> object) {
        V value = object.value();
        Headers headers = new RecordHeaders(object.headers()); // a serializer may add to them
        byte[] bytes = value == null ? null : values.toBytes(value, headers);
        return bytes == null ? null : HeaderBytes.before(ValueForm.timestamped(object.timestamp(), bytes), headers);
    }

    @Override
    public @Nullable ValueTimestampHeaders<V> fromBytes(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        Headers headers = HeaderBytes.read(buffer);
        long timestamp = buffer.getLong();
        return ValueTimestampHeaders.make(values.fromBytes(buffer, headers), timestamp, headers);
    }
}
