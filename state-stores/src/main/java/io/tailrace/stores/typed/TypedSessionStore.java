package io.tailrace.stores.typed;

import io.tailrace.serde.Serde;
import io.tailrace.state.AggregationWithHeaders;
import io.tailrace.state.KeyValueIterator;
import io.tailrace.state.QueryableStore;
import io.tailrace.state.ReadOnlySessionStore;
import io.tailrace.state.SessionStore;
import io.tailrace.state.SessionStoreWithHeaders;
import io.tailrace.state.SessionWindow;
import io.tailrace.state.Windowed;
import io.tailrace.stores.cache.CachedStateStore;
import io.tailrace.stores.cache.FlushListener;
import io.tailrace.stores.cache.SpanKey;
import io.tailrace.stores.session.ByteSessionStore;
import org.jspecify.annotations.Nullable;

/** A session store of typed keys and aggregates. Owner: the task's thread, except {@link #readOnlyView()}. */
public class TypedSessionStore<K, V> extends StoreFace<ByteSessionStore, K, V>
        implements SessionStore<K, V>, QueryableStore<ReadOnlySessionStore<K, V>>, CachedStateStore<Windowed<K>, V> {
    private @Nullable TypedSessionReads<K, V> reads;

    private TypedSessionStore(
            ByteSessionStore bytes, TypedForm.Source<K> keys, TypedForm.Source<V> values, boolean cacheable) {
        super(bytes, keys, values, cacheable);
    }

    /**
     * Aggregates as their serializer writes them.
     *
     * @param keySerde null for the application's default
     * @param valueSerde null for the application's default
     * @param cacheable whether writes may be held back
     */
    public static <K, V> SessionStore<K, V> plain(
            ByteSessionStore bytes, @Nullable Serde<K> keySerde, @Nullable Serde<V> valueSerde, boolean cacheable) {
        return new TypedSessionStore<>(bytes, TypedForm.keys(keySerde), TypedForm.values(valueSerde), cacheable);
    }

    /** As {@link #plain}, with each aggregate's headers in front of it. */
    public static <K, V> SessionStoreWithHeaders<K, V> withHeaders(
            ByteSessionStore bytes, @Nullable Serde<K> keySerde, @Nullable Serde<V> valueSerde, boolean cacheable) {
        return new WithHeaders<>(bytes, TypedForm.keys(keySerde), TypedForm.withHeaders(valueSerde), cacheable);
    }

    private static final class WithHeaders<K, V> extends TypedSessionStore<K, AggregationWithHeaders<V>>
            implements SessionStoreWithHeaders<K, V> {
        WithHeaders(
                ByteSessionStore bytes,
                TypedForm.Source<K> keys,
                TypedForm.Source<AggregationWithHeaders<V>> values,
                boolean cacheable) {
            super(bytes, keys, values, cacheable);
        }
    }

    @Override
    final void onOpen(Entries<K, V> openEntries) {
        reads = new TypedSessionReads<>(inner, openEntries);
    }

    @Override
    final byte @Nullable [] readBelow(HeldEntries<K, V> held, Object key) {
        SpanKey session = (SpanKey) key;
        return inner.fetchSession(held.keyBytes(session.key()), session.startMs(), session.endMs());
    }

    @Override
    final void writeBelow(HeldEntries<K, V> held, Object key, byte @Nullable [] value) {
        SpanKey session = (SpanKey) key;
        inner.put(new Windowed<>(held.keyBytes(session.key()), window(session)), value);
    }

    private static SessionWindow window(SpanKey session) {
        return new SessionWindow(session.startMs(), session.endMs());
    }

    @Override
    public final boolean setFlushListener(FlushListener<Windowed<K>, V> listener, boolean sendOldValues) {
        StoreCache<K, V> cache = cache();
        if (cache == null) {
            return false;
        }
        cache.listen(
                key -> {
                    SpanKey session = (SpanKey) key;
                    K typed = cache.held().keyOf(session.key());
                    return new Windowed<>(typed, window(session));
                },
                listener,
                sendOldValues);
        return true;
    }

    @Override
    public final void put(Windowed<K> sessionKey, @Nullable V aggregate) {
        StoreCache<K, V> cache = cache();
        if (cache == null) {
            Entries<K, V> entries = entries();
            inner.put(new Windowed<>(entries.key(sessionKey.key()), sessionKey.window()), entries.value(aggregate));
            return;
        }
        Object held = cache.held().held(sessionKey.key());
        long startMs = sessionKey.window().start();
        long endMs = sessionKey.window().end();
        if (inner.admit(endMs)) {
            cache.put(new SpanKey(held, startMs, endMs), aggregate);
        }
    }

    @Override
    public final void remove(Windowed<K> sessionKey) {
        put(sessionKey, null);
    }

    private TypedSessionReads<K, V> scans() {
        scanned();
        return opened(reads);
    }

    @Override
    public final KeyValueIterator<Windowed<K>, V> findSessions(long earliestSessionEndTime, long latestSessionEndTime) {
        return opened(reads).typed(scanned().findSessions(earliestSessionEndTime, latestSessionEndTime));
    }

    @Override
    public final KeyValueIterator<Windowed<K>, V> findSessions(
            K key, long earliestSessionEndTime, long latestSessionStartTime) {
        return scans().findSessions(key, earliestSessionEndTime, latestSessionStartTime);
    }

    @Override
    public final KeyValueIterator<Windowed<K>, V> backwardFindSessions(
            K key, long earliestSessionEndTime, long latestSessionStartTime) {
        return scans().backwardFindSessions(key, earliestSessionEndTime, latestSessionStartTime);
    }

    @Override
    public final KeyValueIterator<Windowed<K>, V> findSessions(
            @Nullable K keyFrom, @Nullable K keyTo, long earliestSessionEndTime, long latestSessionStartTime) {
        return scans().findSessions(keyFrom, keyTo, earliestSessionEndTime, latestSessionStartTime);
    }

    @Override
    public final KeyValueIterator<Windowed<K>, V> backwardFindSessions(
            @Nullable K keyFrom, @Nullable K keyTo, long earliestSessionEndTime, long latestSessionStartTime) {
        return scans().backwardFindSessions(keyFrom, keyTo, earliestSessionEndTime, latestSessionStartTime);
    }

    @Override
    public final @Nullable V fetchSession(K key, long sessionStartTime, long sessionEndTime) {
        StoreCache<K, V> cache = cache();
        if (cache == null) {
            return opened(reads).fetchSession(key, sessionStartTime, sessionEndTime);
        }
        Object held = cache.held().held(key);
        return inner.isLive(sessionEndTime) ? cache.get(new SpanKey(held, sessionStartTime, sessionEndTime)) : null;
    }

    @Override
    public final KeyValueIterator<Windowed<K>, V> fetch(K key) {
        return scans().fetch(key);
    }

    @Override
    public final KeyValueIterator<Windowed<K>, V> backwardFetch(K key) {
        return scans().backwardFetch(key);
    }

    @Override
    public final KeyValueIterator<Windowed<K>, V> fetch(@Nullable K keyFrom, @Nullable K keyTo) {
        return scans().fetch(keyFrom, keyTo);
    }

    @Override
    public final KeyValueIterator<Windowed<K>, V> backwardFetch(@Nullable K keyFrom, @Nullable K keyTo) {
        return scans().backwardFetch(keyFrom, keyTo);
    }

    @Override
    public final ReadOnlySessionStore<K, V> readOnlyView() {
        return new TypedSessionReads<>(inner.readOnlyView(), entries());
    }
}
