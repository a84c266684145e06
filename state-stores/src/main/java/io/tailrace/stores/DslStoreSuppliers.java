package io.tailrace.stores;

import io.tailrace.common.Configurable;
import io.tailrace.state.KeyValueBytesStoreSupplier;
import io.tailrace.state.WindowBytesStoreSupplier;
import java.util.Map;

/** Chooses the stores of DSL operators that were not given one (KIP-954). */
public interface DslStoreSuppliers extends Configurable {
    @Override
    default void configure(Map<String, ?> configs) {}

    KeyValueBytesStoreSupplier keyValueStore(DslKeyValueParams params);

    /** @return one of {@link Stores}, or one that passes on such stores */
    WindowBytesStoreSupplier windowStore(DslWindowParams params);
}
