package io.tailrace.stores.typed;

import io.tailrace.serde.Serde;
import io.tailrace.state.KeyValueIterator;
import io.tailrace.state.QueryableStore;
import io.tailrace.state.ReadOnlySessionStore;
import io.tailrace.state.SessionStore;
import io.tailrace.state.Windowed;
import io.tailrace.stores.session.ByteSessionStore;
import org.jspecify.annotations.Nullable;

/** A session store of typed keys and aggregates. Owner: the task's thread, except {@link #readOnlyView()}. */
public class TypedSessionStore<K, V> extends StoreFace<ByteSessionStore, K, V>
        implements SessionStore<K, V>, QueryableStore<ReadOnlySessionStore<K, V>> {
    private @Nullable TypedSessionReads<K, V> reads;

    private TypedSessionStore(ByteSessionStore bytes, TypedForm.Source<K> keys, TypedForm.Source<V> values) {
        super(bytes, keys, values);
    }

    /**
     * Aggregates as their serializer writes them.
     *
     * @param keySerde null for the application's default
     * @param valueSerde null for the application's default
     */
    public static <K, V> SessionStore<K, V> plain(
            ByteSessionStore bytes, @Nullable Serde<K> keySerde, @Nullable Serde<V> valueSerde) {
        return new TypedSessionStore<>(bytes, TypedForm.keys(keySerde), TypedForm.values(valueSerde));
    }

    @Override
    final void onOpen(Entries<K, V> openEntries) {
        reads = new TypedSessionReads<>(inner, openEntries);
    }

    @Override
    public final void put(Windowed<K> sessionKey, @Nullable V aggregate) {
        Entries<K, V> entries = entries();
        inner.put(new Windowed<>(entries.key(sessionKey.key()), sessionKey.window()), entries.value(aggregate));
    }

    @Override
    public final void remove(Windowed<K> sessionKey) {
        inner.remove(new Windowed<>(entries().key(sessionKey.key()), sessionKey.window()));
    }

    @Override
    public final KeyValueIterator<Windowed<K>, V> findSessions(long earliestSessionEndTime, long latestSessionEndTime) {
        return opened(reads).typed(inner.findSessions(earliestSessionEndTime, latestSessionEndTime));
    }

    @Override
    public final KeyValueIterator<Windowed<K>, V> findSessions(
            K key, long earliestSessionEndTime, long latestSessionStartTime) {
        return opened(reads).findSessions(key, earliestSessionEndTime, latestSessionStartTime);
    }

    @Override
    public final KeyValueIterator<Windowed<K>, V> backwardFindSessions(
            K key, long earliestSessionEndTime, long latestSessionStartTime) {
        return opened(reads).backwardFindSessions(key, earliestSessionEndTime, latestSessionStartTime);
    }

    @Override
    public final KeyValueIterator<Windowed<K>, V> findSessions(
            @Nullable K keyFrom, @Nullable K keyTo, long earliestSessionEndTime, long latestSessionStartTime) {
        return opened(reads).findSessions(keyFrom, keyTo, earliestSessionEndTime, latestSessionStartTime);
    }

    @Override
    public final KeyValueIterator<Windowed<K>, V> backwardFindSessions(
            @Nullable K keyFrom, @Nullable K keyTo, long earliestSessionEndTime, long latestSessionStartTime) {
        return opened(reads).backwardFindSessions(keyFrom, keyTo, earliestSessionEndTime, latestSessionStartTime);
    }

    @Override
    public final @Nullable V fetchSession(K key, long sessionStartTime, long sessionEndTime) {
        return opened(reads).fetchSession(key, sessionStartTime, sessionEndTime);
    }

    @Override
    public final KeyValueIterator<Windowed<K>, V> fetch(K key) {
        return opened(reads).fetch(key);
    }

    @Override
    public final KeyValueIterator<Windowed<K>, V> backwardFetch(K key) {
        return opened(reads).backwardFetch(key);
    }

    @Override
    public final KeyValueIterator<Windowed<K>, V> fetch(@Nullable K keyFrom, @Nullable K keyTo) {
        return opened(reads).fetch(keyFrom, keyTo);
    }

    @Override
    public final KeyValueIterator<Windowed<K>, V> backwardFetch(@Nullable K keyFrom, @Nullable K keyTo) {
        return opened(reads).backwardFetch(keyFrom, keyTo);
    }

    @Override
    public final ReadOnlySessionStore<K, V> readOnlyView() {
        return new TypedSessionReads<>(inner.readOnlyView(), entries());
    }
}
