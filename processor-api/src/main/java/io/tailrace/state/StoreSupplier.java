package io.tailrace.state;

import io.tailrace.processor.StateStore;

/** Makes the innermost, physical store of one name, to which a {@link StoreBuilder} adds its layers. */
public interface StoreSupplier<T extends StateStore> {
    String name();

    /** A new store, not open yet, another one each time. */
    T get();

    /** What kind of store it is, such as {@code in-memory}, to tell the kinds apart in messages and measurements. */
    String metricsScope();
}
