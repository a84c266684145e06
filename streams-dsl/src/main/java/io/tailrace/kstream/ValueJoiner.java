package io.tailrace.kstream;

import org.jspecify.annotations.Nullable;

/** Makes one value of the two that a join brings together. Must be stateless: all tasks share it. */
@FunctionalInterface
public interface ValueJoiner<V1, V2, VR> {
    /** @param value2 null in a left join when the other side has nothing for the key */
    @Nullable
    VR apply(V1 value1, V2 value2);
}
