package io.tailrace.stores.typed;

import io.tailrace.common.Bytes;
import io.tailrace.state.KeyValueIterator;
import io.tailrace.state.ReadOnlySessionStore;
import io.tailrace.state.Windowed;
import org.jspecify.annotations.Nullable;

/** The reading half of a typed session store, over the owner's bytes or over the committed ones. */
final class TypedSessionReads<K, V> implements ReadOnlySessionStore<K, V> {
    private final ReadOnlySessionStore<Bytes, byte[]> bytes;
    private final Entries<K, V> entries;

    TypedSessionReads(ReadOnlySessionStore<Bytes, byte[]> bytes, Entries<K, V> entries) {
        this.bytes = bytes;
        this.entries = entries;
    }

    @Override
    public KeyValueIterator<Windowed<K>, V> findSessions(
            K key, long earliestSessionEndTime, long latestSessionStartTime) {
        return typed(bytes.findSessions(entries.key(key), earliestSessionEndTime, latestSessionStartTime));
    }

    @Override
    public KeyValueIterator<Windowed<K>, V> backwardFindSessions(
            K key, long earliestSessionEndTime, long latestSessionStartTime) {
        return typed(bytes.backwardFindSessions(entries.key(key), earliestSessionEndTime, latestSessionStartTime));
    }

    @Override
    public KeyValueIterator<Windowed<K>, V> findSessions(
            @Nullable K keyFrom, @Nullable K keyTo, long earliestSessionEndTime, long latestSessionStartTime) {
        return typed(bytes.findSessions(
                entries.bound(keyFrom), entries.bound(keyTo), earliestSessionEndTime, latestSessionStartTime));
    }

    @Override
    public KeyValueIterator<Windowed<K>, V> backwardFindSessions(
            @Nullable K keyFrom, @Nullable K keyTo, long earliestSessionEndTime, long latestSessionStartTime) {
        return typed(bytes.backwardFindSessions(
                entries.bound(keyFrom), entries.bound(keyTo), earliestSessionEndTime, latestSessionStartTime));
    }

    @Override
    public @Nullable V fetchSession(K key, long sessionStartTime, long sessionEndTime) {
        byte[] value = bytes.fetchSession(entries.key(key), sessionStartTime, sessionEndTime);
        return value == null ? null : entries.valueOf(value);
    }

    @Override
    public KeyValueIterator<Windowed<K>, V> fetch(K key) {
        return typed(bytes.fetch(entries.key(key)));
    }

    @Override
    public KeyValueIterator<Windowed<K>, V> backwardFetch(K key) {
        return typed(bytes.backwardFetch(entries.key(key)));
    }

    @Override
    public KeyValueIterator<Windowed<K>, V> fetch(@Nullable K keyFrom, @Nullable K keyTo) {
        return typed(bytes.fetch(entries.bound(keyFrom), entries.bound(keyTo)));
    }

    @Override
    public KeyValueIterator<Windowed<K>, V> backwardFetch(@Nullable K keyFrom, @Nullable K keyTo) {
        return typed(bytes.backwardFetch(entries.bound(keyFrom), entries.bound(keyTo)));
    }

    KeyValueIterator<Windowed<K>, V> typed(KeyValueIterator<Windowed<Bytes>, byte[]> scan) {
        return TypedWindowReads.windowed(entries, scan);
    }
}
