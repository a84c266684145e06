package io.tailrace.testkit;

import io.tailrace.processor.StateStore;
import io.tailrace.runtime.global.ReadOnlyFaces;
import io.tailrace.runtime.query.QueryableStoreType;
import io.tailrace.runtime.query.QueryableStoreTypes;
import io.tailrace.runtime.query.StoreQueryParameters;
import io.tailrace.runtime.query.StoreRegistry;
import io.tailrace.state.KeyValueStore;
import io.tailrace.state.ReadOnlyKeyValueStore;
import io.tailrace.state.ReadOnlySessionStore;
import io.tailrace.state.ReadOnlyWindowStore;
import io.tailrace.state.SessionStore;
import io.tailrace.state.SessionStoreWithHeaders;
import io.tailrace.state.TimestampedKeyValueStore;
import io.tailrace.state.TimestampedKeyValueStoreWithHeaders;
import io.tailrace.state.TimestampedWindowStore;
import io.tailrace.state.TimestampedWindowStoreWithHeaders;
import io.tailrace.state.WindowStore;

/**
 * A store that is spread over several partitions, shown as one.
 *
 * @param any one of its instances
 */
record SpreadStore(String name, StateStore any, StoreRegistry stores) {
    /**
     * Of the kind that the instances are; read-only, as of the last commit.
     *
     * @throws IllegalStateException when that kind cannot be read across partitions
     */
    StateStore face() {
        // The more special kinds first.
        if (any instanceof TimestampedKeyValueStoreWithHeaders) {
            return keyValue(QueryableStoreTypes.timestampedKeyValueStoreWithHeaders());
        }
        if (any instanceof TimestampedKeyValueStore) {
            return keyValue(QueryableStoreTypes.timestampedKeyValueStore());
        }
        if (any instanceof KeyValueStore) {
            return keyValue(QueryableStoreTypes.keyValueStore());
        }
        if (any instanceof TimestampedWindowStoreWithHeaders) {
            return window(QueryableStoreTypes.timestampedWindowStoreWithHeaders());
        }
        if (any instanceof TimestampedWindowStore) {
            return window(QueryableStoreTypes.timestampedWindowStore());
        }
        if (any instanceof WindowStore) {
            return window(QueryableStoreTypes.windowStore());
        }
        if (any instanceof SessionStoreWithHeaders) {
            return session(QueryableStoreTypes.sessionStoreWithHeaders());
        }
        if (any instanceof SessionStore) {
            return session(QueryableStoreTypes.sessionStore());
        }
        throw new IllegalStateException("store '" + name + "' is a "
                + any.getClass().getName() + " in several partitions, which cannot be shown as one");
    }

    private StateStore keyValue(QueryableStoreType<? extends ReadOnlyKeyValueStore<?, ?>> type) {
        return ReadOnlyFaces.keyValue(any, read(type));
    }

    private StateStore window(QueryableStoreType<? extends ReadOnlyWindowStore<?, ?>> type) {
        return ReadOnlyFaces.window(any, read(type));
    }

    private StateStore session(QueryableStoreType<? extends ReadOnlySessionStore<?, ?>> type) {
        return ReadOnlyFaces.session(any, read(type));
    }

    private <T> T read(QueryableStoreType<T> type) {
        return stores.read(StoreQueryParameters.fromNameAndType(name, type));
    }
}
