package io.tailrace.kstream;

import org.jspecify.annotations.Nullable;

/** A {@link ValueJoiner} that also sees the key, which it must not change (KIP-149). */
@FunctionalInterface
public interface ValueJoinerWithKey<K1, V1, V2, VR> {
    /**
     * @param readOnlyKey the key of the stream's record; null in a left join of a record without one
     * @param value2 null in a left join when the other side has nothing for the key
     */
    @Nullable
    VR apply(K1 readOnlyKey, V1 value1, V2 value2);
}
