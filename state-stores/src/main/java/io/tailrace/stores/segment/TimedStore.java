package io.tailrace.stores.segment;

import io.tailrace.common.Bytes;
import io.tailrace.common.TopicPartition;
import io.tailrace.errors.InvalidStateStoreException;
import io.tailrace.processor.StateStore;
import io.tailrace.processor.StateStoreContext;
import io.tailrace.state.SizedStore;
import io.tailrace.stores.bytes.ByteStore;
import io.tailrace.stores.layer.ChangelogLayer;
import io.tailrace.stores.layer.ValueForm;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What stores of windows and of sessions have in common. An entry expires when its time is the retention or more behind the stream
 * time: it is not read any more, a write to it is dropped, and its segment is removed as a whole once all of it has expired.
 * Owner: the task's thread, except {@link #committedReads()}.
 */
public abstract class TimedStore implements StateStore, SizedStore {
    private static final Logger LOG = LoggerFactory.getLogger(TimedStore.class);

    private final ByteStore physical;
    private final TimedKey keys;
    private final Retention retention;
    private final StreamClock clock = new StreamClock();
    private final ExpiredSegments expired;
    private final ChangelogLayer layer;
    private long droppedPuts;

    /**
     * @param physical not open yet
     * @param layoutSuffix tells stores of the same keys apart that cannot read each other's entries, empty for none
     */
    protected TimedStore(
            ByteStore physical,
            TimedKey keys,
            Retention retention,
            String layoutSuffix,
            ValueForm values,
            boolean logged) {
        this.physical = physical;
        this.keys = keys;
        this.retention = retention;
        this.expired = new ExpiredSegments(retention);
        TimedForm form = new TimedForm(physical.name(), keys, retention, clock, layoutSuffix);
        this.layer = new ChangelogLayer(physical, form, values, logged);
    }

    /** What the store was given to keep its entries in. */
    protected final ByteStore physical() {
        return physical;
    }

    /** The owner's reads, of everything written. */
    protected final TimedReads ownReads() {
        return TimedReads.own(physical.name(), layer, keys, retention, this::streamTimeMs);
    }

    /** Reads of what is committed, for any thread. */
    protected final TimedReads committedReads() {
        return TimedReads.committed(name(), layer.committedView(), keys, retention);
    }

    /** The number of the next duplicate. */
    protected final int nextSequence() {
        return clock.nextSequence();
    }

    /** Writes an entry whose time was {@linkplain #admit admitted}. */
    protected final void write(Bytes key, long timeMs, long rest, byte @Nullable [] value) {
        layer.put(keys.of(retention.segmentOf(timeMs), key, timeMs, rest), value);
        expired.remove(layer, clock.nowMs());
    }

    /**
     * Moves the stream time on, as a write does, and says whether an entry of that time may still be written; if not, the write
     * counts as dropped.
     *
     * @param timeMs not negative
     */
    public boolean admit(long timeMs) {
        requireOpen();
        clock.observe(timeMs);
        if (isLive(timeMs)) {
            return true;
        }
        droppedPuts++;
        LOG.debug(
                "store '{}' dropped a {} of {} ms: stream time is {} ms and retention {} ms; dropped so far: {}",
                name(),
                keys.kind(),
                timeMs,
                clock.nowMs(),
                retention.retentionMs(),
                droppedPuts);
        return false;
    }

    /** Whether an entry of that time has not expired. */
    public final boolean isLive(long timeMs) {
        requireOpen();
        return timeMs >= retention.earliestMs(clock.nowMs());
    }

    @Override
    public final String name() {
        return layer.name();
    }

    @Override
    public final void init(StateStoreContext context, StateStore root) {
        layer.init(context, root);
        clock.open(layer.get(StreamClock.entryKey()));
        expired.reset();
        droppedPuts = 0;
    }

    @Override
    public final long approximateUncommittedBytes() {
        return layer.approximateUncommittedBytes();
    }

    @Override
    public final long approximateEntries() {
        return StreamClock.entriesBeside(layer.committedView());
    }

    @Override
    public final long approximateBytes() {
        return layer.approximateBytes();
    }

    @Override
    public final void commit(Map<TopicPartition, Long> changelogOffsets) {
        requireOpen();
        if (clock.hasMoved()) {
            layer.putLocally(StreamClock.entryKey(), clock.toBytes());
        }
        layer.commit(changelogOffsets);
        clock.committed();
    }

    @Override
    public final @Nullable Long committedOffset(TopicPartition changelog) {
        return layer.committedOffset(changelog);
    }

    @Override
    public final void close() {
        layer.close();
    }

    @Override
    public final boolean persistent() {
        return layer.persistent();
    }

    @Override
    public final boolean isOpen() {
        return layer.isOpen();
    }

    private long streamTimeMs() {
        requireOpen();
        return clock.nowMs();
    }

    protected final void requireOpen() {
        if (!layer.isOpen()) {
            throw new InvalidStateStoreException("store '" + name() + "' is not open");
        }
    }
}
