package io.tailrace.runtime.global;

import io.tailrace.processor.StateStore;
import io.tailrace.state.QueryableStore;
import io.tailrace.state.ReadOnlyKeyValueStore;
import io.tailrace.state.ReadOnlySessionStore;
import io.tailrace.state.ReadOnlyVersionedKeyValueStore;
import io.tailrace.state.ReadOnlyWindowStore;
import io.tailrace.state.SessionStoreWithHeaders;
import io.tailrace.state.TimestampedKeyValueStore;
import io.tailrace.state.TimestampedKeyValueStoreWithHeaders;
import io.tailrace.state.TimestampedWindowStore;
import io.tailrace.state.TimestampedWindowStoreWithHeaders;

/**
 * Gives a read-only view the type of the store it came from, because a processor asks for a {@code KeyValueStore} also where
 * it may only read.
 */
public final class ReadOnlyFaces {
    private ReadOnlyFaces() {}

    /**
     * A face for any thread that reads what the last commit made visible and refuses writes. A store without a read-only view
     * is returned as it is: then it is up to the store what happens.
     */
    public static StateStore of(StateStore store) {
        if (store instanceof QueryableStore<?> queryable) {
            Object view = queryable.readOnlyView();
            if (view instanceof ReadOnlyKeyValueStore<?, ?> keyValues) {
                return keyValue(store, keyValues);
            }
            if (view instanceof ReadOnlyWindowStore<?, ?> windows) {
                return window(store, windows);
            }
            if (view instanceof ReadOnlySessionStore<?, ?> sessions) {
                return session(store, sessions);
            }
            if (view instanceof ReadOnlyVersionedKeyValueStore<?, ?> versions) {
                return new ReadOnlyVersionedFace<>(store, versions);
            }
        }
        return store;
    }

    /** A face of {@code store}'s kind that reads from {@code view}. */
    public static StateStore keyValue(StateStore store, ReadOnlyKeyValueStore<?, ?> view) {
        if (store instanceof TimestampedKeyValueStoreWithHeaders) {
            return new ReadOnlyKeyValueFace.WithHeaders<>(store, view);
        }
        return store instanceof TimestampedKeyValueStore
                ? new ReadOnlyKeyValueFace.Timestamped<>(store, view)
                : new ReadOnlyKeyValueFace<>(store, view);
    }

    /** A face of {@code store}'s kind that reads from {@code view}. */
    public static StateStore window(StateStore store, ReadOnlyWindowStore<?, ?> view) {
        if (store instanceof TimestampedWindowStoreWithHeaders) {
            return new ReadOnlyWindowFace.WithHeaders<>(store, view);
        }
        return store instanceof TimestampedWindowStore
                ? new ReadOnlyWindowFace.Timestamped<>(store, view)
                : new ReadOnlyWindowFace<>(store, view);
    }

    /** A face of {@code store}'s kind that reads from {@code view}. */
    public static StateStore session(StateStore store, ReadOnlySessionStore<?, ?> view) {
        return store instanceof SessionStoreWithHeaders
                ? new ReadOnlySessionFace.WithHeaders<>(store, view)
                : new ReadOnlySessionFace<>(store, view);
    }
}
