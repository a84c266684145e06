package io.tailrace.processor;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Takes many changelog records in one call, oldest first (KIP-167). The single-record method is never called. */
public interface BatchingStateRestoreCallback extends StateRestoreCallback {
    void restoreAll(Collection<KeyValue<byte[], byte[]>> records);

    /** @throws UnsupportedOperationException always, unless overridden */
    @Override
    default void restore(byte[] key, byte @Nullable [] value) {
        throw new UnsupportedOperationException("this store restores in batches: call restoreAll");
    }
}
