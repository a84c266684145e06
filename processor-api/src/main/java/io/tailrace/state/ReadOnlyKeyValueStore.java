package io.tailrace.state;

import io.tailrace.serde.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * The read side of a {@link KeyValueStore}. Every method throws {@link io.tailrace.errors.InvalidStateStoreException}
 * when the store is not open.
 *
 * <p><b>Order:</b> by the serialized key, byte by byte, unsigned, which need not be the order of the key's type.
 */
public interface ReadOnlyKeyValueStore<K, V> {
    /** Returns null when the key is absent. */
    @Nullable
    V get(K key);

    /**
     * All entries between two keys, both included.
     *
     * @param from null for the first key
     * @param to null for the last key
     */
    KeyValueIterator<K, V> range(@Nullable K from, @Nullable K to);

    /** As {@link #range}, from the highest key to the lowest; a store that cannot go backwards throws. */
    default KeyValueIterator<K, V> reverseRange(@Nullable K from, @Nullable K to) {
        throw new UnsupportedOperationException(getClass().getName() + " cannot be read in reverse order");
    }

    KeyValueIterator<K, V> all();

    /** As {@link #all}, from the highest key to the lowest; a store that cannot go backwards throws. */
    default KeyValueIterator<K, V> reverseAll() {
        throw new UnsupportedOperationException(getClass().getName() + " cannot be read in reverse order");
    }

    /**
     * All entries whose serialized key starts with the serialized prefix (KIP-614); a store that cannot do it throws.
     *
     * @param prefixKeySerializer turns the prefix into bytes; it must write what the key serializer would begin with
     */
    default <PS extends Serializer<P>, P> KeyValueIterator<K, V> prefixScan(P prefix, PS prefixKeySerializer) {
        throw new UnsupportedOperationException(getClass().getName() + " cannot be scanned by prefix");
    }

    /** How many entries there are, about; never negative. Counting exactly would read the whole store. */
    long approximateNumEntries();
}
