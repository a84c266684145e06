package io.tailrace.stores;

import io.tailrace.common.Bytes;
import io.tailrace.state.KeyValueBytesStoreSupplier;
import io.tailrace.state.KeyValueStore;
import io.tailrace.stores.bytes.ByteStore;
import java.util.function.Function;

/** Makes byte stores of one name. */
record KeyValueSupplier(String name, Function<String, ByteStore> maker, String metricsScope)
        implements KeyValueBytesStoreSupplier {
    @Override
    public KeyValueStore<Bytes, byte[]> get() {
        return maker.apply(name);
    }
}
