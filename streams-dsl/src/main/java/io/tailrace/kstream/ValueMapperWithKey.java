package io.tailrace.kstream;

import org.jspecify.annotations.Nullable;

/** A {@link ValueMapper} that also sees the key, which it must not change: the partition was chosen by it (KIP-149). */
@FunctionalInterface
public interface ValueMapperWithKey<K, V, VR> {
    @Nullable
    VR apply(K readOnlyKey, V value);
}
