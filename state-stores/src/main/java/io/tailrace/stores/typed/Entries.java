package io.tailrace.stores.typed;

import io.tailrace.common.Bytes;
import io.tailrace.errors.StreamsException;
import io.tailrace.processor.StateStoreContext;
import io.tailrace.serde.Serializer;
import org.jspecify.annotations.Nullable;

/** The typed entries of one open store as bytes and back. */
final class Entries<K, V> {
    private final String storeName;
    private final TypedForm<K> keys;
    private final TypedForm<V> values;

    private Entries(String storeName, TypedForm<K> keys, TypedForm<V> values) {
        this.storeName = storeName;
        this.keys = keys;
        this.values = values;
    }

    static <K, V> Entries<K, V> resolve(
            String storeName, StateStoreContext context, TypedForm.Source<K> keys, TypedForm.Source<V> values) {
        return new Entries<>(storeName, keys.resolve(storeName, context), values.resolve(storeName, context));
    }

    /** Whether keys may be kept as they are. */
    boolean hasImmutableKeys() {
        return keys.isImmutable();
    }

    /** Whether values may be kept as they are. */
    boolean hasImmutableValues() {
        return values.isImmutable();
    }

    /** Whether values have their own time. */
    boolean hasTimes() {
        return values.hasTime();
    }

    /** @throws NullPointerException when the key is null, which a caller without null checks may well pass */
    K required(@Nullable K key) {
        if (key == null) {
            throw new NullPointerException("store '" + storeName + "': the key must not be null");
        }
        return key;
    }

    /** @throws NullPointerException as {@link #required} */
    Bytes key(@Nullable K key) {
        byte[] bytes = keys.toBytes(required(key));
        if (bytes == null) {
            throw new StreamsException(
                    "store '" + storeName + "': the serializer returned null for a key, which is not null itself");
        }
        return Bytes.wrap(bytes);
    }

    @Nullable
    Bytes bound(@Nullable K key) {
        return key == null ? null : key(key);
    }

    <P> Bytes prefix(P prefix, Serializer<P> serializer) {
        if (prefix == null) {
            throw new NullPointerException("store '" + storeName + "': the prefix must not be null");
        }
        byte[] bytes = serializer.serialize(storeName, prefix);
        if (bytes == null) {
            throw new StreamsException("store '" + storeName + "': "
                    + serializer.getClass().getName() + " returned null for a prefix, which is not null itself");
        }
        return Bytes.wrap(bytes);
    }

    byte @Nullable [] value(@Nullable V value) {
        return value == null ? null : values.toBytes(value);
    }

    K keyOf(Bytes key) {
        K object = keys.fromBytes(key.get());
        if (object == null) {
            throw new StreamsException("store '" + storeName + "': the deserializer returned null for a stored key");
        }
        return object;
    }

    @Nullable
    V valueOf(byte[] value) {
        return values.fromBytes(value);
    }
}
