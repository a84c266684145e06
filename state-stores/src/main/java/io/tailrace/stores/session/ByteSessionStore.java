package io.tailrace.stores.session;

import io.tailrace.common.Bytes;
import io.tailrace.state.KeyValueIterator;
import io.tailrace.state.QueryableStore;
import io.tailrace.state.ReadOnlySessionStore;
import io.tailrace.state.SessionStore;
import io.tailrace.state.Windowed;
import io.tailrace.stores.bytes.ByteStore;
import io.tailrace.stores.layer.ValueForm;
import io.tailrace.stores.segment.Retention;
import io.tailrace.stores.segment.TimedKey;
import io.tailrace.stores.segment.TimedStore;
import org.jspecify.annotations.Nullable;

/**
 * A session store of bytes on an ordered byte store; the time of a session is its end. Owner: the task's thread, except
 * {@link #readOnlyView()}.
 */
public final class ByteSessionStore extends TimedStore
        implements SessionStore<Bytes, byte[]>, QueryableStore<ReadOnlySessionStore<Bytes, byte[]>> {
    private final Retention retention;
    private final SessionReads reads;

    /** A store without a changelog. {@code physical} is not open yet. */
    public ByteSessionStore(ByteStore physical, Retention retention) {
        this(physical, retention, ValueForm.PLAIN, false);
    }

    private ByteSessionStore(ByteStore physical, Retention retention, ValueForm values, boolean logged) {
        super(physical, TimedKey.SESSION, retention, "", values, logged);
        this.retention = retention;
        this.reads = new SessionReads(ownReads());
    }

    /** This store, not open, with aggregates of that form, and with a changelog if {@code logged}. */
    public ByteSessionStore with(ValueForm values, boolean logged) {
        return new ByteSessionStore(physical(), retention, values, logged);
    }

    @Override
    public void put(Windowed<Bytes> sessionKey, byte @Nullable [] aggregate) {
        long endMs = sessionKey.window().end();
        if (admit(endMs)) {
            write(sessionKey.key(), endMs, sessionKey.window().start(), aggregate);
        }
    }

    @Override
    public void remove(Windowed<Bytes> sessionKey) {
        put(sessionKey, null);
    }

    @Override
    public byte @Nullable [] fetchSession(Bytes key, long sessionStartTime, long sessionEndTime) {
        return reads.fetchSession(key, sessionStartTime, sessionEndTime);
    }

    @Override
    public KeyValueIterator<Windowed<Bytes>, byte[]> findSessions(
            long earliestSessionEndTime, long latestSessionEndTime) {
        return reads.endingWithin(earliestSessionEndTime, latestSessionEndTime);
    }

    @Override
    public KeyValueIterator<Windowed<Bytes>, byte[]> findSessions(
            Bytes key, long earliestSessionEndTime, long latestSessionStartTime) {
        return reads.findSessions(key, earliestSessionEndTime, latestSessionStartTime);
    }

    @Override
    public KeyValueIterator<Windowed<Bytes>, byte[]> backwardFindSessions(
            Bytes key, long earliestSessionEndTime, long latestSessionStartTime) {
        return reads.backwardFindSessions(key, earliestSessionEndTime, latestSessionStartTime);
    }

    @Override
    public KeyValueIterator<Windowed<Bytes>, byte[]> findSessions(
            @Nullable Bytes keyFrom, @Nullable Bytes keyTo, long earliestSessionEndTime, long latestSessionStartTime) {
        return reads.findSessions(keyFrom, keyTo, earliestSessionEndTime, latestSessionStartTime);
    }

    @Override
    public KeyValueIterator<Windowed<Bytes>, byte[]> backwardFindSessions(
            @Nullable Bytes keyFrom, @Nullable Bytes keyTo, long earliestSessionEndTime, long latestSessionStartTime) {
        return reads.backwardFindSessions(keyFrom, keyTo, earliestSessionEndTime, latestSessionStartTime);
    }

    @Override
    public KeyValueIterator<Windowed<Bytes>, byte[]> fetch(Bytes key) {
        return reads.fetch(key);
    }

    @Override
    public KeyValueIterator<Windowed<Bytes>, byte[]> backwardFetch(Bytes key) {
        return reads.backwardFetch(key);
    }

    @Override
    public KeyValueIterator<Windowed<Bytes>, byte[]> fetch(@Nullable Bytes keyFrom, @Nullable Bytes keyTo) {
        return reads.fetch(keyFrom, keyTo);
    }

    @Override
    public KeyValueIterator<Windowed<Bytes>, byte[]> backwardFetch(@Nullable Bytes keyFrom, @Nullable Bytes keyTo) {
        return reads.backwardFetch(keyFrom, keyTo);
    }

    @Override
    public SessionReads readOnlyView() {
        return new SessionReads(committedReads());
    }
}
