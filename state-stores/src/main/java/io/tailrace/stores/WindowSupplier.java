package io.tailrace.stores;

import io.tailrace.common.Bytes;
import io.tailrace.state.WindowBytesStoreSupplier;
import io.tailrace.state.WindowStore;
import io.tailrace.stores.bytes.ByteStore;
import io.tailrace.stores.window.ByteWindowStore;
import io.tailrace.stores.window.WindowSpec;
import java.util.function.Function;

/** Makes window stores of one name and shape. */
record WindowSupplier(String name, Function<String, ByteStore> maker, WindowSpec spec, String metricsScope)
        implements WindowBytesStoreSupplier {
    @Override
    public WindowStore<Bytes, byte[]> get() {
        return new ByteWindowStore(maker.apply(name), spec);
    }

    @Override
    public long segmentIntervalMs() {
        return spec.segmentIntervalMs();
    }

    @Override
    public long windowSize() {
        return spec.windowSizeMs();
    }

    @Override
    public boolean retainDuplicates() {
        return spec.retainDuplicates();
    }

    @Override
    public long retentionPeriod() {
        return spec.retentionMs();
    }
}
