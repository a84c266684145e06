package io.tailrace.stores;

import io.tailrace.common.Bytes;
import io.tailrace.state.SessionBytesStoreSupplier;
import io.tailrace.state.SessionStore;
import io.tailrace.stores.bytes.ByteStore;
import io.tailrace.stores.segment.Retention;
import io.tailrace.stores.session.ByteSessionStore;
import java.util.function.Function;

/** Makes session stores of one name and retention. */
record SessionSupplier(String name, Function<String, ByteStore> maker, Retention retention, String metricsScope)
        implements SessionBytesStoreSupplier {
    @Override
    public SessionStore<Bytes, byte[]> get() {
        return new ByteSessionStore(maker.apply(name), retention);
    }

    @Override
    public long segmentIntervalMs() {
        return retention.segmentIntervalMs();
    }

    @Override
    public long retentionPeriod() {
        return retention.retentionMs();
    }
}
