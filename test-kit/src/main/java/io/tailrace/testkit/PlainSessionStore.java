package io.tailrace.testkit;

import io.tailrace.common.header.RecordHeaders;
import io.tailrace.runtime.query.PlainIterator;
import io.tailrace.state.AggregationWithHeaders;
import io.tailrace.state.KeyValueIterator;
import io.tailrace.state.SessionStore;
import io.tailrace.state.SessionStoreWithHeaders;
import io.tailrace.state.Windowed;
import org.jspecify.annotations.Nullable;

/** A session store without the headers of its aggregates; what is written through it has none. One thread. */
final class PlainSessionStore<K, V> extends PlainStore<SessionStoreWithHeaders<K, V>> implements SessionStore<K, V> {

    PlainSessionStore(SessionStoreWithHeaders<K, V> store) {
        super(store);
    }

    private KeyValueIterator<Windowed<K>, V> plain(KeyValueIterator<Windowed<K>, AggregationWithHeaders<V>> scan) {
        return new PlainIterator<>(scan, AggregationWithHeaders::getAggregationOrNull);
    }

    @Override
    public void put(Windowed<K> sessionKey, @Nullable V aggregate) {
        store.put(sessionKey, AggregationWithHeaders.make(aggregate, new RecordHeaders()));
    }

    @Override
    public void remove(Windowed<K> sessionKey) {
        store.remove(sessionKey);
    }

    @Override
    public KeyValueIterator<Windowed<K>, V> findSessions(long earliestSessionEndTime, long latestSessionEndTime) {
        return plain(store.findSessions(earliestSessionEndTime, latestSessionEndTime));
    }

    @Override
    public KeyValueIterator<Windowed<K>, V> findSessions(
            K key, long earliestSessionEndTime, long latestSessionStartTime) {
        return plain(store.findSessions(key, earliestSessionEndTime, latestSessionStartTime));
    }

    @Override
    public KeyValueIterator<Windowed<K>, V> backwardFindSessions(
            K key, long earliestSessionEndTime, long latestSessionStartTime) {
        return plain(store.backwardFindSessions(key, earliestSessionEndTime, latestSessionStartTime));
    }

    @Override
    public KeyValueIterator<Windowed<K>, V> findSessions(
            @Nullable K keyFrom, @Nullable K keyTo, long earliestSessionEndTime, long latestSessionStartTime) {
        return plain(store.findSessions(keyFrom, keyTo, earliestSessionEndTime, latestSessionStartTime));
    }

    @Override
    public KeyValueIterator<Windowed<K>, V> backwardFindSessions(
            @Nullable K keyFrom, @Nullable K keyTo, long earliestSessionEndTime, long latestSessionStartTime) {
        return plain(store.backwardFindSessions(keyFrom, keyTo, earliestSessionEndTime, latestSessionStartTime));
    }

    @Override
    public @Nullable V fetchSession(K key, long sessionStartTime, long sessionEndTime) {
        return AggregationWithHeaders.getAggregationOrNull(store.fetchSession(key, sessionStartTime, sessionEndTime));
    }

    @Override
    public KeyValueIterator<Windowed<K>, V> fetch(K key) {
        return plain(store.fetch(key));
    }

    @Override
    public KeyValueIterator<Windowed<K>, V> backwardFetch(K key) {
        return plain(store.backwardFetch(key));
    }

    @Override
    public KeyValueIterator<Windowed<K>, V> fetch(@Nullable K keyFrom, @Nullable K keyTo) {
        return plain(store.fetch(keyFrom, keyTo));
    }

    @Override
    public KeyValueIterator<Windowed<K>, V> backwardFetch(@Nullable K keyFrom, @Nullable K keyTo) {
        return plain(store.backwardFetch(keyFrom, keyTo));
    }
}
