package io.tailrace.state;

/**
 * A store that other threads may read while its task writes.
 *
 * @param <R> the read-only face, such as {@link ReadOnlyKeyValueStore}
 */
public interface QueryableStore<R> {
    /**
     * A view for any thread, at any time after the store was opened. It sees what the last commit made visible, never
     * uncommitted writes; later commits show up in it. Its methods throw
     * {@link io.tailrace.errors.InvalidStateStoreException} once the store is closed.
     */
    R readOnlyView();
}
