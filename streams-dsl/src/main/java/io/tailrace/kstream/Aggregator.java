package io.tailrace.kstream;

import org.jspecify.annotations.Nullable;

/** Takes one more record into a key's aggregate. Must be stateless: all tasks share it. */
@FunctionalInterface
public interface Aggregator<K, V, VAgg> {
    /**
     * @param aggregate the aggregate so far, or what the {@link Initializer} made
     * @return the new aggregate; null forgets the key
     */
    @Nullable
    VAgg apply(K key, V value, VAgg aggregate);
}
