package io.tailrace.stores.typed;

import io.tailrace.state.ValueAndTimestamp;
import io.tailrace.stores.layer.ValueForm;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Values with their timestamp, laid out as {@link ValueForm#TIMESTAMPED} says. */
final class TimestampedForm<V> implements TypedForm<ValueAndTimestamp<V>> {
    private final SerdeForm<V> values;

    TimestampedForm(SerdeForm<V> values) {
        this.values = values;
    }

    @Override
    public boolean isImmutable() {
        return values.isImmutable();
    }

    @Override
    public boolean hasTime() {
        return true;
    }

    @Override
    public byte @Nullable [] toBytes(ValueAndTimestamp<V> object) {
        V value = object.value();
        byte[] bytes = value == null ? null : values.toBytes(value);
        return bytes == null ? null : ValueForm.timestamped(object.timestamp(), bytes);
    }

    @Override
    public @Nullable ValueAndTimestamp<V> fromBytes(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        long timestamp = buffer.getLong();
        return ValueAndTimestamp.make(values.fromBytes(buffer), timestamp);
    }
}
