package io.tailrace.runtime.query;

import io.tailrace.state.KeyValueIterator;
import io.tailrace.state.ReadOnlySessionStore;
import io.tailrace.state.Windowed;
import org.jspecify.annotations.Nullable;

/** A session store with part of its aggregates. Any thread, as the view behind it. */
final class PlainSessionView<K, A, V> implements ReadOnlySessionStore<K, V> {
    private final ReadOnlySessionStore<K, A> view;
    private final ValuePart<A, V> part;

    PlainSessionView(ReadOnlySessionStore<K, A> view, ValuePart<A, V> part) {
        this.view = view;
        this.part = part;
    }

    @Override
    public KeyValueIterator<Windowed<K>, V> findSessions(
            K key, long earliestSessionEndTime, long latestSessionStartTime) {
        return new PlainIterator<>(view.findSessions(key, earliestSessionEndTime, latestSessionStartTime), part);
    }

    @Override
    public KeyValueIterator<Windowed<K>, V> backwardFindSessions(
            K key, long earliestSessionEndTime, long latestSessionStartTime) {
        return new PlainIterator<>(
                view.backwardFindSessions(key, earliestSessionEndTime, latestSessionStartTime), part);
    }

    @Override
    public KeyValueIterator<Windowed<K>, V> findSessions(
            @Nullable K keyFrom, @Nullable K keyTo, long earliestSessionEndTime, long latestSessionStartTime) {
        return new PlainIterator<>(
                view.findSessions(keyFrom, keyTo, earliestSessionEndTime, latestSessionStartTime), part);
    }

    @Override
    public KeyValueIterator<Windowed<K>, V> backwardFindSessions(
            @Nullable K keyFrom, @Nullable K keyTo, long earliestSessionEndTime, long latestSessionStartTime) {
        return new PlainIterator<>(
                view.backwardFindSessions(keyFrom, keyTo, earliestSessionEndTime, latestSessionStartTime), part);
    }

    @Override
    public @Nullable V fetchSession(K key, long sessionStartTime, long sessionEndTime) {
        return part.of(view.fetchSession(key, sessionStartTime, sessionEndTime));
    }

    @Override
    public KeyValueIterator<Windowed<K>, V> fetch(K key) {
        return new PlainIterator<>(view.fetch(key), part);
    }

    @Override
    public KeyValueIterator<Windowed<K>, V> backwardFetch(K key) {
        return new PlainIterator<>(view.backwardFetch(key), part);
    }

    @Override
    public KeyValueIterator<Windowed<K>, V> fetch(@Nullable K keyFrom, @Nullable K keyTo) {
        return new PlainIterator<>(view.fetch(keyFrom, keyTo), part);
    }

    @Override
    public KeyValueIterator<Windowed<K>, V> backwardFetch(@Nullable K keyFrom, @Nullable K keyTo) {
        return new PlainIterator<>(view.backwardFetch(keyFrom, keyTo), part);
    }
}
