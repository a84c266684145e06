package io.tailrace.kstream;

import org.jspecify.annotations.Nullable;

/** Makes one value of two of the same type. Must be stateless: all tasks share it. */
@FunctionalInterface
public interface Reducer<V> {
    /**
     * @param value1 the value so far
     * @param value2 the value of the new record
     * @return the new value; null forgets the key
     */
    @Nullable
    V apply(V value1, V value2);
}
