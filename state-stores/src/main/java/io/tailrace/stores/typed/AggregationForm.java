package io.tailrace.stores.typed;

import io.tailrace.common.header.Headers;
import io.tailrace.common.header.RecordHeaders;
import io.tailrace.state.AggregationWithHeaders;
import io.tailrace.stores.layer.HeaderBytes;
import io.tailrace.stores.layer.ValueForm;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Aggregates with their headers, laid out as {@link ValueForm#HEADERS} says; never kept, as in {@link TimestampedHeadersForm}. */
final class AggregationForm<V> implements TypedForm<AggregationWithHeaders<V>> {
    private final SerdeForm<V> values;

    AggregationForm(SerdeForm<V> values) {
        this.values = values;
    }

    @Override
    public boolean isImmutable() {
        return false;
    }

    @Override
    public byte @Nullable [] toBytes(AggregationWithHeaders<V> object) {
        V value = object.aggregation();
        Headers headers = new RecordHeaders(object.headers()); // a serializer may add to them
        byte[] bytes = value == null ? null : values.toBytes(value, headers);
        return bytes == null ? null : HeaderBytes.before(bytes, headers);
    }

    @Override
    public @Nullable AggregationWithHeaders<V> fromBytes(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        Headers headers = HeaderBytes.read(buffer);
        return AggregationWithHeaders.make(values.fromBytes(buffer, headers), headers);
    }
}
