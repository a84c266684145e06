package io.tailrace.stores.window;

import io.tailrace.common.Bytes;
import io.tailrace.common.TopicPartition;
import io.tailrace.errors.InvalidStateStoreException;
import io.tailrace.processor.StateStore;
import io.tailrace.processor.StateStoreContext;
import io.tailrace.state.KeyValueIterator;
import io.tailrace.state.QueryableStore;
import io.tailrace.state.ReadOnlyWindowStore;
import io.tailrace.state.WindowStore;
import io.tailrace.state.WindowStoreIterator;
import io.tailrace.state.Windowed;
import io.tailrace.stores.bytes.ByteStore;
import io.tailrace.stores.bytes.ScanOrder;
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
 * A window store of bytes on an ordered byte store. A window expires when its start is the retention or more behind the
 * stream time: it is not read any more, a write to it is dropped, and its segment is removed as a whole once all of it
 * has expired. Owner: the task's thread, except {@link #readOnlyView()}.
 */
public final class ByteWindowStore
        implements WindowStore<Bytes, byte[]>, QueryableStore<ReadOnlyWindowStore<Bytes, byte[]>> {
    private static final Logger LOG = LoggerFactory.getLogger(ByteWindowStore.class);

    private final ByteStore physical;
    private final WindowSpec spec;
    private final Retention retention;
    private final StreamClock clock = new StreamClock();
    private final ExpiredSegments expired;
    private final ChangelogLayer layer;
    private final WindowReads reads;
    private long droppedPuts;

    /** A store without a changelog. {@code physical} is not open yet. */
    public ByteWindowStore(ByteStore physical, WindowSpec spec) {
        this(physical, spec, ValueForm.PLAIN, false);
    }

    private ByteWindowStore(ByteStore physical, WindowSpec spec, ValueForm values, boolean logged) {
        this.physical = physical;
        this.spec = spec;
        this.retention = spec.retention();
        this.expired = new ExpiredSegments(retention);
        TimedForm keys = new TimedForm(
                physical.name(), TimedKey.WINDOW, retention, clock, spec.retainDuplicates() ? "-dup" : "");
        this.layer = new ChangelogLayer(physical, keys, values, logged);
        this.reads = new WindowReads(
                spec, TimedReads.own(physical.name(), layer, TimedKey.WINDOW, retention, this::streamTimeMs));
    }

    /** This store, not open, with values of that form, and with a changelog if {@code logged}. */
    public ByteWindowStore with(ValueForm values, boolean logged) {
        return new ByteWindowStore(physical, spec, values, logged);
    }

    public WindowSpec spec() {
        return spec;
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

    /**
     * Writes one value. Where duplicates are kept it is added, and null does nothing.
     *
     * @throws IllegalArgumentException when the start is negative
     */
    @Override
    public void put(Bytes key, byte @Nullable [] value, long windowStartTimestamp) {
        if (value == null && spec.retainDuplicates()) {
            requireOpen();
            return;
        }
        if (admit(windowStartTimestamp)) {
            int sequence = spec.retainDuplicates() ? clock.nextSequence() : 0;
            layer.put(
                    TimedKey.WINDOW.of(retention.segmentOf(windowStartTimestamp), key, windowStartTimestamp, sequence),
                    value);
            expired.remove(layer, clock.nowMs());
        }
    }

    /**
     * Moves the stream time on, as a {@link #put} does, and says whether that window may still be written; if not, the put counts
     * as dropped.
     *
     * @throws IllegalArgumentException when the start is negative
     */
    public boolean admit(long windowStartMs) {
        requireOpen();
        if (windowStartMs < 0) {
            throw new IllegalArgumentException(
                    "store '" + name() + "': window start is " + windowStartMs + " ms, expected 0 or more");
        }
        clock.observe(windowStartMs);
        if (isLive(windowStartMs)) {
            return true;
        }
        droppedPuts++;
        LOG.debug(
                "store '{}' dropped a window that starts at {} ms: stream time is {} ms and retention {} ms; dropped"
                        + " so far: {}",
                name(),
                windowStartMs,
                clock.nowMs(),
                spec.retentionMs(),
                droppedPuts);
        return false;
    }

    /** Whether a window of that start has not expired. */
    public boolean isLive(long windowStartMs) {
        requireOpen();
        return windowStartMs >= retention.earliestMs(clock.nowMs());
    }

    @Override
    public long approximateUncommittedBytes() {
        return layer.approximateUncommittedBytes();
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
    public byte @Nullable [] fetch(Bytes key, long time) {
        return reads.fetch(key, time);
    }

    @Override
    public WindowStoreIterator<byte[]> fetch(Bytes key, long timeFrom, long timeTo) {
        return reads.fetch(key, timeFrom, timeTo, ScanOrder.ASCENDING);
    }

    @Override
    public WindowStoreIterator<byte[]> backwardFetch(Bytes key, long timeFrom, long timeTo) {
        return reads.fetch(key, timeFrom, timeTo, ScanOrder.DESCENDING);
    }

    @Override
    public KeyValueIterator<Windowed<Bytes>, byte[]> fetch(
            @Nullable Bytes keyFrom, @Nullable Bytes keyTo, long timeFrom, long timeTo) {
        return reads.fetch(keyFrom, keyTo, timeFrom, timeTo, ScanOrder.ASCENDING);
    }

    @Override
    public KeyValueIterator<Windowed<Bytes>, byte[]> backwardFetch(
            @Nullable Bytes keyFrom, @Nullable Bytes keyTo, long timeFrom, long timeTo) {
        return reads.fetch(keyFrom, keyTo, timeFrom, timeTo, ScanOrder.DESCENDING);
    }

    @Override
    public KeyValueIterator<Windowed<Bytes>, byte[]> fetchAll(long timeFrom, long timeTo) {
        return reads.fetch(null, null, timeFrom, timeTo, ScanOrder.ASCENDING);
    }

    @Override
    public KeyValueIterator<Windowed<Bytes>, byte[]> backwardFetchAll(long timeFrom, long timeTo) {
        return reads.fetch(null, null, timeFrom, timeTo, ScanOrder.DESCENDING);
    }

    @Override
    public KeyValueIterator<Windowed<Bytes>, byte[]> all() {
        return reads.all();
    }

    @Override
    public KeyValueIterator<Windowed<Bytes>, byte[]> backwardAll() {
        return reads.backwardAll();
    }

    @Override
    public WindowReads readOnlyView() {
        return new WindowReads(spec, TimedReads.committed(name(), layer.committedView(), TimedKey.WINDOW, retention));
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
