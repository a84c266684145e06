package io.tailrace.runtime.query;

import io.tailrace.processor.StateStore;
import java.util.List;

/** Finds the instances of a store, one for each task that owns one. Any thread; the stores are for their views only. */
public interface StoreProvider {
    /**
     * The instances, by ascending partition; never empty.
     *
     * @throws io.tailrace.errors.InvalidStateStoreException when they cannot be read now, or not this way
     */
    List<StateStore> stores(String storeName, QueryableStoreType<?> type);
}
