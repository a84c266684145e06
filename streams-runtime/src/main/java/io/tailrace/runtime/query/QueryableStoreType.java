package io.tailrace.runtime.query;

import io.tailrace.processor.StateStore;

/**
 * A way to read stores of one kind.
 *
 * @param <T> the face that readers get
 */
public interface QueryableStoreType<T> {
    /** Whether a store can be read this way. */
    boolean accepts(StateStore store);

    /** One face over the stores of that name, which asks the provider anew on every read. */
    T create(StoreProvider provider, String storeName);
}
