package io.tailrace.stores.session;

import io.tailrace.common.Bytes;
import io.tailrace.common.TopicPartition;
import io.tailrace.errors.InvalidStateStoreException;
import io.tailrace.processor.StateStore;
import io.tailrace.processor.StateStoreContext;
import io.tailrace.state.KeyValueIterator;
import io.tailrace.state.QueryableStore;
import io.tailrace.state.ReadOnlySessionStore;
import io.tailrace.state.SessionStore;
import io.tailrace.state.Windowed;
import io.tailrace.stores.bytes.ByteStore;
import io.tailrace.stores.layer.ChangelogLayer;
import io.tailrace.stores.layer.ValueForm;
import io.tailrace.stores.segment.ExpiredSegments;
import io.tailrace.stores.segment.Retention;
import io.tailrace.stores.segment.StreamClock;
import io.tailrace.stores.segment.TimedForm;
import io.tailrace.stores.segment.TimedKey;
import io.tailrace.stores.segment.TimedReads;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session store of bytes on an ordered byte store. A session expires when its end is the retention or more behind the
 * stream time: it is not read any more, a write to it is dropped, and its segment is removed as a whole once all of it
 * has expired. Owner: the task's thread, except {@link #readOnlyView()}.
 */
public final class ByteSessionStore
        implements SessionStore<Bytes, byte[]>, QueryableStore<ReadOnlySessionStore<Bytes, byte[]>> {
    private static final Logger LOG = LoggerFactory.getLogger(ByteSessionStore.class);

    private final ByteStore physical;
    private final Retention retention;
    private final StreamClock clock = new StreamClock();
    private final ExpiredSegments expired;
    private final ChangelogLayer layer;
    private final SessionReads reads;
    private long droppedPuts;

    /** A store without a changelog. {@code physical} is not open yet. */
    public ByteSessionStore(ByteStore physical, Retention retention) {
        this(physical, retention, ValueForm.PLAIN, false);
    }

    private ByteSessionStore(ByteStore physical, Retention retention, ValueForm values, boolean logged) {
        this.physical = physical;
        this.retention = retention;
        this.expired = new ExpiredSegments(retention);
        TimedForm keys = new TimedForm(physical.name(), TimedKey.SESSION, retention, clock, "");
        this.layer = new ChangelogLayer(physical, keys, values, logged);
        this.reads = new SessionReads(
                TimedReads.own(physical.name(), layer, TimedKey.SESSION, retention, this::streamTimeMs));
    }

    /** This store, not open, with aggregates of that form, and with a changelog if {@code logged}. */
    public ByteSessionStore with(ValueForm values, boolean logged) {
        return new ByteSessionStore(physical, retention, values, logged);
    }

    @Override
    public String name() {
        return layer.name();
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        layer.init(context, root);
        clock.open(layer.get(StreamClock.entryKey()));
        expired.reset();
        droppedPuts = 0;
    }

    @Override
    public void put(Windowed<Bytes> sessionKey, byte @Nullable [] aggregate) {
        long startMs = sessionKey.window().start();
        long endMs = sessionKey.window().end();
        if (admit(endMs)) {
            layer.put(TimedKey.SESSION.of(retention.segmentOf(endMs), sessionKey.key(), endMs, startMs), aggregate);
            expired.remove(layer, clock.nowMs());
        }
    }

    /**
     * Moves the stream time on, as a {@link #put} does, and says whether a session with that end may still be written; if not, the
     * put counts as dropped.
     */
    public boolean admit(long endMs) {
        requireOpen();
        clock.observe(endMs);
        if (isLive(endMs)) {
            return true;
        }
        droppedPuts++;
        LOG.debug(
                "store '{}' dropped a session that ends at {} ms: stream time is {} ms and retention {} ms; dropped"
                        + " so far: {}",
                name(),
                endMs,
                clock.nowMs(),
                retention.retentionMs(),
                droppedPuts);
        return false;
    }

    /** Whether a session with that end has not expired. */
    public boolean isLive(long endMs) {
        requireOpen();
        return endMs >= retention.earliestMs(clock.nowMs());
    }

    @Override
    public void remove(Windowed<Bytes> sessionKey) {
        put(sessionKey, null);
    }

    @Override
    public void commit(Map<TopicPartition, Long> changelogOffsets) {
        requireOpen();
        if (clock.hasMoved()) {
            layer.putLocally(StreamClock.entryKey(), clock.toBytes());
        }
        layer.commit(changelogOffsets);
        clock.committed();
    }

    @Override
    public @Nullable Long committedOffset(TopicPartition changelog) {
        return layer.committedOffset(changelog);
    }

    @Override
    public long approximateUncommittedBytes() {
        return layer.approximateUncommittedBytes();
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
        return new SessionReads(TimedReads.committed(name(), layer.committedView(), TimedKey.SESSION, retention));
    }

    @Override
    public void close() {
        layer.close();
    }

    @Override
    public boolean persistent() {
        return layer.persistent();
    }

    @Override
    public boolean isOpen() {
        return layer.isOpen();
    }

    private long streamTimeMs() {
        requireOpen();
        return clock.nowMs();
    }

    private void requireOpen() {
        if (!layer.isOpen()) {
            throw new InvalidStateStoreException("store '" + name() + "' is not open");
        }
    }
}
