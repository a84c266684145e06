package io.tailrace.stores.session;

import static io.tailrace.stores.segment.TimedKey.SESSION;

import io.tailrace.common.Bytes;
import io.tailrace.state.KeyValueIterator;
import io.tailrace.state.ReadOnlySessionStore;
import io.tailrace.state.SessionWindow;
import io.tailrace.state.Windowed;
import io.tailrace.stores.bytes.MappedIterator;
import io.tailrace.stores.bytes.ScanOrder;
import io.tailrace.stores.segment.TimedReads;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The reading half of a session store: for its owner over all it wrote, for others over what is committed. Bounds in
 * epoch milliseconds, both included.
 *
 * <p><b>Order</b> over several keys: by segment, then by key, end and start.
 */
public final class SessionReads implements ReadOnlySessionStore<Bytes, byte[]> {
    private final TimedReads reads;

    SessionReads(TimedReads reads) {
        this.reads = reads;
    }

    @Override
    public byte @Nullable [] fetchSession(Bytes key, long sessionStartTime, long sessionEndTime) {
        return reads.get(key, sessionEndTime, sessionStartTime);
    }

    /** The sessions of one key that end from {@code earliestEndMs} on and start up to {@code latestStartMs}. */
    KeyValueIterator<Windowed<Bytes>, byte[]> find(Bytes key, long earliestEndMs, long latestStartMs, ScanOrder order) {
        return sessions(reads.scan(key, earliestEndMs, Long.MAX_VALUE, order, startingUpTo(latestStartMs)));
    }

    KeyValueIterator<Windowed<Bytes>, byte[]> find(
            @Nullable Bytes keyFrom, @Nullable Bytes keyTo, long earliestEndMs, long latestStartMs, ScanOrder order) {
        return sessions(reads.scan(keyFrom, keyTo, earliestEndMs, Long.MAX_VALUE, order, startingUpTo(latestStartMs)));
    }

    KeyValueIterator<Windowed<Bytes>, byte[]> endingWithin(long earliestEndMs, long latestEndMs) {
        return sessions(reads.scan(null, null, earliestEndMs, latestEndMs, ScanOrder.ASCENDING, storeKey -> true));
    }

    private static Predicate<byte[]> startingUpTo(long latestStartMs) {
        return storeKey -> SESSION.restOf(storeKey) <= latestStartMs;
    }

    private static KeyValueIterator<Windowed<Bytes>, byte[]> sessions(KeyValueIterator<Bytes, byte[]> scan) {
        return new MappedIterator<>(scan, SessionReads::session, Function.identity());
    }

    private static Windowed<Bytes> session(Bytes storeKey) {
        byte[] bytes = storeKey.get();
        return new Windowed<>(SESSION.keyOf(bytes), new SessionWindow(SESSION.restOf(bytes), SESSION.timeOf(bytes)));
    }

    @Override
    public KeyValueIterator<Windowed<Bytes>, byte[]> findSessions(
            Bytes key, long earliestSessionEndTime, long latestSessionStartTime) {
        return find(key, earliestSessionEndTime, latestSessionStartTime, ScanOrder.ASCENDING);
    }

    @Override
    public KeyValueIterator<Windowed<Bytes>, byte[]> backwardFindSessions(
            Bytes key, long earliestSessionEndTime, long latestSessionStartTime) {
        return find(key, earliestSessionEndTime, latestSessionStartTime, ScanOrder.DESCENDING);
    }

    @Override
    public KeyValueIterator<Windowed<Bytes>, byte[]> findSessions(
            @Nullable Bytes keyFrom, @Nullable Bytes keyTo, long earliestSessionEndTime, long latestSessionStartTime) {
        return find(keyFrom, keyTo, earliestSessionEndTime, latestSessionStartTime, ScanOrder.ASCENDING);
    }

    @Override
    public KeyValueIterator<Windowed<Bytes>, byte[]> backwardFindSessions(
            @Nullable Bytes keyFrom, @Nullable Bytes keyTo, long earliestSessionEndTime, long latestSessionStartTime) {
        return find(keyFrom, keyTo, earliestSessionEndTime, latestSessionStartTime, ScanOrder.DESCENDING);
    }

    @Override
    public KeyValueIterator<Windowed<Bytes>, byte[]> fetch(Bytes key) {
        return find(key, 0, Long.MAX_VALUE, ScanOrder.ASCENDING);
    }

    @Override
    public KeyValueIterator<Windowed<Bytes>, byte[]> backwardFetch(Bytes key) {
        return find(key, 0, Long.MAX_VALUE, ScanOrder.DESCENDING);
    }

    @Override
    public KeyValueIterator<Windowed<Bytes>, byte[]> fetch(@Nullable Bytes keyFrom, @Nullable Bytes keyTo) {
        return find(keyFrom, keyTo, 0, Long.MAX_VALUE, ScanOrder.ASCENDING);
    }

    @Override
    public KeyValueIterator<Windowed<Bytes>, byte[]> backwardFetch(@Nullable Bytes keyFrom, @Nullable Bytes keyTo) {
        return find(keyFrom, keyTo, 0, Long.MAX_VALUE, ScanOrder.DESCENDING);
    }
}
