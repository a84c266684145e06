package io.tailrace.stores;

import io.tailrace.common.Bytes;
import io.tailrace.state.KeyValueStore;
import io.tailrace.state.VersionedBytesStoreSupplier;
import io.tailrace.stores.bytes.ByteStore;
import io.tailrace.stores.segment.Retention;
import io.tailrace.stores.versioned.ByteVersionedStore;
import java.util.function.Function;

/** Makes versioned stores of one name and history. */
record VersionedSupplier(String name, Function<String, ByteStore> maker, Retention retention, String metricsScope)
        implements VersionedBytesStoreSupplier {
    @Override
    public KeyValueStore<Bytes, byte[]> get() {
        return new ByteVersionedStore(maker.apply(name), retention);
    }

    @Override
    public long historyRetentionMs() {
        return retention.retentionMs();
    }
}
