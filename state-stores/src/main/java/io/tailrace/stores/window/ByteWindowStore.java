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
    private final WindowClock clock;
    private final ChangelogLayer layer;
    private final WindowReads reads;
    private long firstSegment; // segments before it are removed
    private long droppedPuts;

    /** A store without a changelog. {@code physical} is not open yet. */
    public ByteWindowStore(ByteStore physical, WindowSpec spec) {
        this(physical, spec, ValueForm.PLAIN, false);
    }

    private ByteWindowStore(ByteStore physical, WindowSpec spec, ValueForm values, boolean logged) {
        this.physical = physical;
        this.spec = spec;
        this.clock = new WindowClock(physical.name(), spec);
        this.layer = new ChangelogLayer(physical, clock, values, logged);
        this.reads = new WindowReads(physical.name(), layer, spec, this::streamTimeMs);
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
        clock.open(layer.get(WindowClock.entryKey()));
        firstSegment = 0;
        droppedPuts = 0;
    }

    /**
     * Writes one value. Where duplicates are kept it is added, and null does nothing.
     *
     * @throws IllegalArgumentException when the start is negative
     */
    @Override
    public void put(Bytes key, byte @Nullable [] value, long windowStartTimestamp) {
        requireOpen();
        if (windowStartTimestamp < 0) {
            throw new IllegalArgumentException(
                    "store '" + name() + "': window start is " + windowStartTimestamp + " ms, expected 0 or more");
        }
        if (value == null && spec.retainDuplicates()) {
            return;
        }
        clock.observe(windowStartTimestamp);
        if (clock.isExpired(windowStartTimestamp)) {
            droppedPuts++;
            LOG.debug(
                    "store '{}' dropped a window that starts at {} ms: stream time is {} ms and retention {} ms; dropped"
                            + " so far: {}",
                    name(),
                    windowStartTimestamp,
                    clock.nowMs(),
                    spec.retentionMs(),
                    droppedPuts);
            return;
        }
        int sequence = spec.retainDuplicates() ? clock.nextSequence() : 0;
        layer.put(WindowKey.of(spec.segmentOf(windowStartTimestamp), key, windowStartTimestamp, sequence), value);
        removeExpiredSegments();
    }

    private void removeExpiredSegments() {
        long live = spec.segmentOf(WindowClock.earliestMs(spec, clock.nowMs()));
        if (live > firstSegment) {
            layer.deleteRange(WindowKey.segment(firstSegment), WindowKey.segment(live));
            firstSegment = live;
        }
    }

    @Override
    public long approximateUncommittedBytes() {
        return layer.approximateUncommittedBytes();
    }

    @Override
    public void commit(Map<TopicPartition, Long> changelogOffsets) {
        requireOpen();
        if (clock.nowMs() >= 0) {
            layer.putLocally(WindowClock.entryKey(), clock.toBytes());
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
        return new WindowReads(name(), layer.committedView(), spec, this::committedStreamTimeMs);
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

    private long committedStreamTimeMs() {
        requireOpen();
        return clock.committedMs();
    }

    private void requireOpen() {
        if (!layer.isOpen()) {
            throw new InvalidStateStoreException("store '" + name() + "' is not open");
        }
    }
}
