package io.tailrace.runtime.global;

import io.tailrace.processor.StateStore;
import io.tailrace.state.AggregationWithHeaders;
import io.tailrace.state.KeyValueIterator;
import io.tailrace.state.ReadOnlySessionStore;
import io.tailrace.state.SessionStore;
import io.tailrace.state.SessionStoreWithHeaders;
import io.tailrace.state.Windowed;
import org.jspecify.annotations.Nullable;

/** A session store that only reads. Threads: as the view behind it. */
class ReadOnlySessionFace<K, V> extends ReadOnlyStore implements SessionStore<K, V> {
    private final ReadOnlySessionStore<K, V> view;

    @SuppressWarnings("unchecked") // the types of key and value are for the caller to know
    ReadOnlySessionFace(StateStore store, ReadOnlySessionStore<?, ?> view) {
        super(store);
        this.view = (ReadOnlySessionStore<K, V>) view;
    }

    /** The face of a store with headers. */
    static final class WithHeaders<K, V> extends ReadOnlySessionFace<K, AggregationWithHeaders<V>>
            implements SessionStoreWithHeaders<K, V> {
        WithHeaders(StateStore store, ReadOnlySessionStore<?, ?> view) {
            super(store, view);
        }
    }

    @Override
    public KeyValueIterator<Windowed<K>, V> findSessions(
            K key, long earliestSessionEndTime, long latestSessionStartTime) {
        return view.findSessions(key, earliestSessionEndTime, latestSessionStartTime);
    }

    @Override
    public KeyValueIterator<Windowed<K>, V> backwardFindSessions(
            K key, long earliestSessionEndTime, long latestSessionStartTime) {
        return view.backwardFindSessions(key, earliestSessionEndTime, latestSessionStartTime);
    }

    @Override
    public KeyValueIterator<Windowed<K>, V> findSessions(
            @Nullable K keyFrom, @Nullable K keyTo, long earliestSessionEndTime, long latestSessionStartTime) {
        return view.findSessions(keyFrom, keyTo, earliestSessionEndTime, latestSessionStartTime);
    }

    @Override
    public KeyValueIterator<Windowed<K>, V> backwardFindSessions(
            @Nullable K keyFrom, @Nullable K keyTo, long earliestSessionEndTime, long latestSessionStartTime) {
        return view.backwardFindSessions(keyFrom, keyTo, earliestSessionEndTime, latestSessionStartTime);
    }

    @Override
    public @Nullable V fetchSession(K key, long sessionStartTime, long sessionEndTime) {
        return view.fetchSession(key, sessionStartTime, sessionEndTime);
    }

    @Override
    public KeyValueIterator<Windowed<K>, V> fetch(K key) {
        return view.fetch(key);
    }

    @Override
    public KeyValueIterator<Windowed<K>, V> backwardFetch(K key) {
        return view.backwardFetch(key);
    }

    @Override
    public KeyValueIterator<Windowed<K>, V> fetch(@Nullable K keyFrom, @Nullable K keyTo) {
        return view.fetch(keyFrom, keyTo);
    }

    @Override
    public KeyValueIterator<Windowed<K>, V> backwardFetch(@Nullable K keyFrom, @Nullable K keyTo) {
        return view.backwardFetch(keyFrom, keyTo);
    }

    @Override
    public void put(Windowed<K> sessionKey, @Nullable V aggregate) {
        throw readOnly();
    }

    @Override
    public void remove(Windowed<K> sessionKey) {
        throw readOnly();
    }
}
