package io.tailrace.stores.versioned;

import io.tailrace.common.Bytes;
import io.tailrace.common.ConsumerRecord;
import io.tailrace.common.TopicPartition;
import io.tailrace.errors.InvalidStateStoreException;
import io.tailrace.processor.Changelog;
import io.tailrace.processor.KeyValue;
import io.tailrace.processor.RecordRestoreCallback;
import io.tailrace.processor.StateStore;
import io.tailrace.processor.StateStoreContext;
import io.tailrace.state.KeyValueIterator;
import io.tailrace.state.QueryableStore;
import io.tailrace.state.ReadOnlyVersionedKeyValueStore;
import io.tailrace.state.SizedStore;
import io.tailrace.state.VersionedBytesStore;
import io.tailrace.state.VersionedKeyValueStore;
import io.tailrace.state.VersionedRecord;
import io.tailrace.stores.bytes.ByteStore;
import io.tailrace.stores.bytes.OrderedBytes;
import io.tailrace.stores.layer.ValueForm;
import io.tailrace.stores.segment.ExpiredSegments;
import io.tailrace.stores.segment.Retention;
import io.tailrace.stores.segment.StreamClock;
import io.tailrace.stores.segment.TimedKey;
import io.tailrace.stores.segment.TimedReads;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A versioned store of bytes on an ordered byte store. Its changelog has the writes as they came: key, value, and the
 * version's time as the record's (KIP-889). A restore repeats them. Owner: the task's thread, except {@link
 * #readOnlyView()}.
 */
public final class ByteVersionedStore
        implements VersionedBytesStore, SizedStore, QueryableStore<ReadOnlyVersionedKeyValueStore<Bytes, byte[]>> {
    private static final Logger LOG = LoggerFactory.getLogger(ByteVersionedStore.class);

    private final ByteStore physical;
    private final ByteStore bytes;
    private final Retention retention;
    private final boolean logged;
    private final StreamClock clock = new StreamClock();
    private final ExpiredSegments expired;
    private final VersionedReads reads;
    private final VersionWrites writes;
    private long droppedPuts;
    private @Nullable Changelog changelog; // null when closed or not logged

    /** A store without a changelog. {@code physical} is not open yet; the retention is that of the history. */
    public ByteVersionedStore(ByteStore physical, Retention retention) {
        this(physical, retention, false);
    }

    private ByteVersionedStore(ByteStore physical, Retention retention, boolean logged) {
        this.physical = physical;
        this.bytes = physical.withLayout("versioned-" + retention.segmentIntervalMs());
        this.retention = retention;
        this.logged = logged;
        this.expired = new ExpiredSegments(retention);
        this.reads = new VersionedReads(
                physical.name(),
                bytes,
                TimedReads.own(physical.name(), bytes, TimedKey.VERSION, retention, this::streamTimeMs),
                retention);
        this.writes = new VersionWrites(bytes, reads, retention, clock);
    }

    /** This store, not open, with a changelog if {@code withLog}. */
    public ByteVersionedStore with(boolean withLog) {
        return new ByteVersionedStore(physical, retention, withLog);
    }

    @Override
    public String name() {
        return bytes.name();
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        bytes.open(context);
        changelog = logged ? context.changelog(name()) : null;
        clock.open(bytes.get(StreamClock.entryKey()));
        expired.reset();
        droppedPuts = 0;
        context.register(root, (RecordRestoreCallback) this::restoreRecords);
    }

    /** @throws IllegalArgumentException when the timestamp is negative */
    @Override
    public long put(Bytes key, byte @Nullable [] value, long timestamp) {
        requireOpen();
        if (timestamp < 0) {
            throw new IllegalArgumentException(
                    "store '" + name() + "': the timestamp of a version is " + timestamp + " ms, expected 0 or more");
        }
        if (isTooLate(timestamp)) {
            return VersionedKeyValueStore.PUT_RETURN_CODE_NOT_PUT;
        }
        long validTo = apply(key, value, timestamp);
        if (changelog != null) {
            changelog.append(key.get(), value, timestamp);
        }
        return validTo;
    }

    private long apply(Bytes key, byte @Nullable [] value, long timestamp) {
        clock.observe(timestamp);
        long validTo = writes.put(key, value, timestamp);
        expired.remove(bytes, clock.nowMs());
        return validTo;
    }

    private boolean isTooLate(long timestamp) {
        if (timestamp >= clock.nowMs() - retention.retentionMs()) {
            return false;
        }
        droppedPuts++;
        LOG.debug(
                "store '{}' dropped a version of {} ms: stream time is {} ms and history retention {} ms; dropped so"
                        + " far: {}",
                name(),
                timestamp,
                clock.nowMs(),
                retention.retentionMs(),
                droppedPuts);
        return true;
    }

    /** @return what was valid at that time, null when there was nothing or the deletion came too late */
    public @Nullable VersionedRecord<byte[]> deleteVersion(Bytes key, long timestamp) {
        VersionedRecord<byte[]> present = reads.get(key, timestamp);
        return put(key, null, timestamp) == VersionedKeyValueStore.PUT_RETURN_CODE_NOT_PUT ? null : present;
    }

    /** The owner's reads. */
    public ReadOnlyVersionedKeyValueStore<Bytes, byte[]> reads() {
        return reads;
    }

    /** In the order in which they were written: then none of them comes too late, as none did at first. */
    private void restoreRecords(List<ConsumerRecord<byte[], byte[]>> records) {
        for (ConsumerRecord<byte[], byte[]> entry : records) {
            byte[] key = entry.key();
            if (key != null) {
                apply(Bytes.wrap(key), entry.value(), Math.max(0, entry.timestamp()));
            }
        }
        if (!records.isEmpty()) {
            ConsumerRecord<byte[], byte[]> last = records.get(records.size() - 1);
            commit(Map.of(new TopicPartition(last.topic(), last.partition()), last.offset() + 1));
        }
    }

    @Override
    public void commit(Map<TopicPartition, Long> changelogOffsets) {
        requireOpen();
        if (clock.hasMoved()) {
            bytes.put(StreamClock.entryKey(), clock.toBytes());
        }
        bytes.commit(changelogOffsets);
        clock.committed();
    }

    @Override
    public @Nullable Long committedOffset(TopicPartition changelogPartition) {
        return bytes.committedOffset(changelogPartition);
    }

    @Override
    public long approximateUncommittedBytes() {
        return bytes.approximateUncommittedBytes();
    }

    @Override
    public byte @Nullable [] get(Bytes key) {
        return timestamped(reads.get(key));
    }

    @Override
    public byte @Nullable [] get(Bytes key, long asOfTimestamp) {
        return timestamped(reads.get(key, asOfTimestamp));
    }

    @Override
    public byte @Nullable [] delete(Bytes key, long timestamp) {
        return timestamped(deleteVersion(key, timestamp));
    }

    private static byte @Nullable [] timestamped(@Nullable VersionedRecord<byte[]> version) {
        return version == null ? null : ValueForm.timestamped(version.timestamp(), version.value());
    }

    @Override
    public void put(Bytes key, byte @Nullable [] value) {
        throw needsATime("put(key, value, timestamp)");
    }

    @Override
    public byte @Nullable [] putIfAbsent(Bytes key, byte @Nullable [] value) {
        throw needsATime("put(key, value, timestamp)");
    }

    @Override
    public void putAll(List<KeyValue<Bytes, byte[]>> entries) {
        throw needsATime("put(key, value, timestamp)");
    }

    @Override
    public byte @Nullable [] delete(Bytes key) {
        throw needsATime("delete(key, timestamp)");
    }

    private UnsupportedOperationException needsATime(String instead) {
        return new UnsupportedOperationException(
                "store '" + name() + "' is versioned, so each write needs a timestamp: call " + instead);
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> range(@Nullable Bytes from, @Nullable Bytes to) {
        throw notAllKeys();
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> all() {
        throw notAllKeys();
    }

    private UnsupportedOperationException notAllKeys() {
        return new UnsupportedOperationException("store '" + name() + "' is versioned and is read key by key only");
    }

    @Override
    public long approximateNumEntries() {
        return bytes.approximateNumEntries();
    }

    @Override
    public long approximateEntries() {
        return StreamClock.entriesBeside(bytes.committedView());
    }

    @Override
    public long approximateBytes() {
        return bytes.approximateBytes();
    }

    @Override
    public VersionedReads readOnlyView() {
        OrderedBytes committed = bytes.committedView();
        return new VersionedReads(
                name(), committed, TimedReads.committed(name(), committed, TimedKey.VERSION, retention), retention);
    }

    @Override
    public void close() {
        changelog = null;
        bytes.close();
    }

    @Override
    public boolean persistent() {
        return bytes.persistent();
    }

    @Override
    public boolean isOpen() {
        return bytes.isOpen();
    }

    private long streamTimeMs() {
        requireOpen();
        return clock.nowMs();
    }

    private void requireOpen() {
        if (!bytes.isOpen()) {
            throw new InvalidStateStoreException("store '" + name() + "' is not open");
        }
    }
}
