package io.tailrace.state;

import io.tailrace.processor.StateStore;
import org.jspecify.annotations.Nullable;

/**
 * State of one task by key and session. Sessions whose end is older than the retention, counted back from the newest end
 * written, expire. Owner: the task's thread; others read through {@link QueryableStore}.
 */
public interface SessionStore<K, AGG> extends StateStore, ReadOnlySessionStore<K, AGG> {
    /**
     * The sessions of all keys whose end lies between two times, both included.
     *
     * @param earliestSessionEndTime epoch milliseconds
     * @param latestSessionEndTime epoch milliseconds
     */
    default KeyValueIterator<Windowed<K>, AGG> findSessions(long earliestSessionEndTime, long latestSessionEndTime) {
        throw new UnsupportedOperationException(getClass().getName() + " cannot find sessions of all keys by end");
    }

    /**
     * Writes the aggregate of one session. A session that has expired already is dropped.
     *
     * @param sessionKey its window gives start and end, both included
     * @param aggregate null deletes the session
     */
    void put(Windowed<K> sessionKey, @Nullable AGG aggregate);

    void remove(Windowed<K> sessionKey);
}
