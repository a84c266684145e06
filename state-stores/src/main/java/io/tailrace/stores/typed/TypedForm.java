package io.tailrace.stores.typed;

import io.tailrace.processor.StateStoreContext;
import io.tailrace.serde.Serde;
import io.tailrace.state.AggregationWithHeaders;
import io.tailrace.state.ValueAndTimestamp;
import io.tailrace.state.ValueTimestampHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Typed objects as stored bytes and back. Any thread, if the serde's two halves may be used by any.
 *
 * @param <T> type of the keys or of the values of one store
 */
interface TypedForm<T> {
    /** Null only for a value whose serializer returns null, which deletes. */
    byte @Nullable [] toBytes(T object);

    /** Null only if the deserializer returns null. */
    @Nullable
    T fromBytes(byte[] bytes);

    /** Whether the objects may be kept instead of their bytes, see {@link Serde#isImmutable()}. */
    boolean isImmutable();

    /** Whether an object has its own time, which its entry in the changelog then gets. */
    default boolean hasTime() {
        return false;
    }

    /** What a store knows before it has a context. */
    @FunctionalInterface
    interface Source<T> {
        TypedForm<T> resolve(String storeName, StateStoreContext context);
    }

    /** Keys by that serde, null for the application's default. */
    static <K> Source<K> keys(@Nullable Serde<K> serde) {
        return (storeName, context) -> SerdeForm.resolve(storeName, context, serde, SerdeForm.Part.KEY);
    }

    /** Values by that serde, null for the application's default. */
    static <V> Source<V> values(@Nullable Serde<V> serde) {
        return (storeName, context) -> SerdeForm.resolve(storeName, context, serde, SerdeForm.Part.VALUE);
    }

    /** Values with their timestamp in front. */
    static <V> Source<ValueAndTimestamp<V>> timestamped(@Nullable Serde<V> serde) {
        return (storeName, context) ->
                new TimestampedForm<>(SerdeForm.resolve(storeName, context, serde, SerdeForm.Part.VALUE));
    }

    /** Values with their headers and their timestamp in front. */
    static <V> Source<ValueTimestampHeaders<V>> timestampedWithHeaders(@Nullable Serde<V> serde) {
        return (storeName, context) ->
                new TimestampedHeadersForm<>(SerdeForm.resolve(storeName, context, serde, SerdeForm.Part.VALUE));
    }

    /** Aggregates with their headers in front. */
    static <V> Source<AggregationWithHeaders<V>> withHeaders(@Nullable Serde<V> serde) {
        return (storeName, context) ->
                new AggregationForm<>(SerdeForm.resolve(storeName, context, serde, SerdeForm.Part.VALUE));
    }
}
