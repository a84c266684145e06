package io.tailrace.kstream;

import org.jspecify.annotations.Nullable;

/**
 * Makes something of a record's key and value: a new key, a new pair, many pairs. Must be stateless: all tasks share it.
 *
 * @param <VR> what it makes
 */
@FunctionalInterface
public interface KeyValueMapper<K, V, VR> {
    @Nullable
    VR apply(K key, V value);
}
