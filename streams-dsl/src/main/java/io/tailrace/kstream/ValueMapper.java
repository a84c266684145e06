package io.tailrace.kstream;

import org.jspecify.annotations.Nullable;

/** Makes a new value, or many, of a record's value. Must be stateless: all tasks share it. */
@FunctionalInterface
public interface ValueMapper<V, VR> {
    @Nullable
    VR apply(V value);
}
