package io.tailrace.state;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The read side of a {@link SessionStore}. Every method throws {@link io.tailrace.errors.InvalidStateStoreException}
 * when the store is not open. Bounds are both included, in epoch milliseconds where they are a {@code long}; an expired
 * session is not found.
 *
 * <p><b>Order:</b> iterators over one key go by session end, then start; those over several keys need not be sorted by
 * key.
 */
public interface ReadOnlySessionStore<K, AGG> {
    /** The sessions of one key that end at {@code earliestSessionEndTime} or later and start at {@code latestSessionStartTime} or earlier. */
    default KeyValueIterator<Windowed<K>, AGG> findSessions(
            K key, long earliestSessionEndTime, long latestSessionStartTime) {
        throw new UnsupportedOperationException(getClass().getName() + " cannot find sessions by time");
    }

    default KeyValueIterator<Windowed<K>, AGG> findSessions(
            K key, Instant earliestSessionEndTime, Instant latestSessionStartTime) {
        return findSessions(
                key,
                EpochMillis.of("earliestSessionEndTime", earliestSessionEndTime),
                EpochMillis.of("latestSessionStartTime", latestSessionStartTime));
    }

    /** As {@link #findSessions(Object, long, long)} in reverse; a store that cannot go backwards throws. */
    default KeyValueIterator<Windowed<K>, AGG> backwardFindSessions(
            K key, long earliestSessionEndTime, long latestSessionStartTime) {
        throw new UnsupportedOperationException(getClass().getName() + " cannot be read in reverse order");
    }

    default KeyValueIterator<Windowed<K>, AGG> backwardFindSessions(
            K key, Instant earliestSessionEndTime, Instant latestSessionStartTime) {
        return backwardFindSessions(
                key,
                EpochMillis.of("earliestSessionEndTime", earliestSessionEndTime),
                EpochMillis.of("latestSessionStartTime", latestSessionStartTime));
    }

    /**
     * As {@link #findSessions(Object, long, long)} for all keys between two, both included.
     *
     * @param keyFrom null for the first key
     * @param keyTo null for the last key
     */
    default KeyValueIterator<Windowed<K>, AGG> findSessions(
            @Nullable K keyFrom, @Nullable K keyTo, long earliestSessionEndTime, long latestSessionStartTime) {
        throw new UnsupportedOperationException(getClass().getName() + " cannot find sessions by time");
    }

    default KeyValueIterator<Windowed<K>, AGG> findSessions(
            @Nullable K keyFrom, @Nullable K keyTo, Instant earliestSessionEndTime, Instant latestSessionStartTime) {
        return findSessions(
                keyFrom,
                keyTo,
                EpochMillis.of("earliestSessionEndTime", earliestSessionEndTime),
                EpochMillis.of("latestSessionStartTime", latestSessionStartTime));
    }

    /** As {@link #findSessions(Object, Object, long, long)} in reverse; a store that cannot go backwards throws. */
    default KeyValueIterator<Windowed<K>, AGG> backwardFindSessions(
            @Nullable K keyFrom, @Nullable K keyTo, long earliestSessionEndTime, long latestSessionStartTime) {
        throw new UnsupportedOperationException(getClass().getName() + " cannot be read in reverse order");
    }

    default KeyValueIterator<Windowed<K>, AGG> backwardFindSessions(
            @Nullable K keyFrom, @Nullable K keyTo, Instant earliestSessionEndTime, Instant latestSessionStartTime) {
        return backwardFindSessions(
                keyFrom,
                keyTo,
                EpochMillis.of("earliestSessionEndTime", earliestSessionEndTime),
                EpochMillis.of("latestSessionStartTime", latestSessionStartTime));
    }

    /** The aggregate of one session, null when there is none with exactly these bounds. */
    default @Nullable AGG fetchSession(K key, long sessionStartTime, long sessionEndTime) {
        throw new UnsupportedOperationException(getClass().getName() + " cannot find one session");
    }

    default @Nullable AGG fetchSession(K key, Instant sessionStartTime, Instant sessionEndTime) {
        return fetchSession(
                key,
                EpochMillis.of("sessionStartTime", sessionStartTime),
                EpochMillis.of("sessionEndTime", sessionEndTime));
    }

    /** All sessions of one key. */
    KeyValueIterator<Windowed<K>, AGG> fetch(K key);

    /** As {@link #fetch(Object)} in reverse; a store that cannot go backwards throws. */
    default KeyValueIterator<Windowed<K>, AGG> backwardFetch(K key) {
        throw new UnsupportedOperationException(getClass().getName() + " cannot be read in reverse order");
    }

    /**
     * All sessions of the keys between two, both included.
     *
     * @param keyFrom null for the first key
     * @param keyTo null for the last key
     */
    KeyValueIterator<Windowed<K>, AGG> fetch(@Nullable K keyFrom, @Nullable K keyTo);

    /** As {@link #fetch(Object, Object)} in reverse; a store that cannot go backwards throws. */
    default KeyValueIterator<Windowed<K>, AGG> backwardFetch(@Nullable K keyFrom, @Nullable K keyTo) {
        throw new UnsupportedOperationException(getClass().getName() + " cannot be read in reverse order");
    }
}
