package io.tailrace.stores.layer;

import io.tailrace.common.Bytes;
import io.tailrace.common.TopicPartition;
import io.tailrace.errors.InvalidStateStoreException;
import io.tailrace.processor.BatchingStateRestoreCallback;
import io.tailrace.processor.CommitCallback;
import io.tailrace.processor.KeyValue;
import io.tailrace.processor.RecordRestoreCallback;
import io.tailrace.processor.StateRestoreCallback;
import io.tailrace.processor.StateStoreContext;
import io.tailrace.state.KeyValueIterator;
import io.tailrace.state.KeyValueStore;
import io.tailrace.state.QueryableStore;
import io.tailrace.state.ReadOnlyKeyValueStore;
import io.tailrace.stores.bytes.ByteStore;
import io.tailrace.stores.bytes.OrderedBytes;
import io.tailrace.stores.bytes.ScanOrder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A user's own key-value store of bytes as a {@link ByteStore}. How far it keeps the state contract is up to that store:
 * writes go to it at once. It is restored by the callback that it registers itself, and read from other threads only if
 * it is a {@link QueryableStore}.
 */
public final class ForeignByteStore implements ByteStore {
    private final KeyValueStore<Bytes, byte[]> foreign;
    private final OrderedBytes reads;
    private @Nullable StateRestoreCallback restoreCallback;
    private CommitCallback commitCallback = () -> {};

    public ForeignByteStore(KeyValueStore<Bytes, byte[]> foreign) {
        this.foreign = foreign;
        this.reads = new ForeignReads(foreign.name(), foreign);
    }

    /** The store itself if it is one of ours, else an adapter around it. */
    public static ByteStore adapt(KeyValueStore<Bytes, byte[]> store) {
        return store instanceof ByteStore ours ? ours : new ForeignByteStore(store);
    }

    @Override
    public String name() {
        return foreign.name();
    }

    @Override
    public void open(StateStoreContext context) {
        CapturedRegistration captured = new CapturedRegistration(context);
        foreign.init(captured, foreign);
        restoreCallback = captured.restoreCallback();
        commitCallback = captured.commitCallback();
        if (restoreCallback instanceof RecordRestoreCallback) {
            foreign.close();
            throw new IllegalArgumentException(
                    "store '" + name() + "': " + foreign.getClass().getName()
                            + " registered a RecordRestoreCallback, but a store of bytes is restored by key and value: register a"
                            + " BatchingStateRestoreCallback");
        }
    }

    /** What the store wants to be called at the beginning of a commit. */
    CommitCallback commitCallback() {
        return commitCallback;
    }

    @Override
    public byte @Nullable [] get(Bytes key) {
        return foreign.get(key);
    }

    @Override
    public void put(Bytes key, byte @Nullable [] value) {
        foreign.put(key, value);
    }

    @Override
    public void deleteRange(Bytes from, Bytes to) {
        List<Bytes> keys = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> scan = scan(from, to, ScanOrder.ASCENDING)) {
            scan.forEachRemaining(entry -> keys.add(OrderedBytes.keyOf(entry)));
        }
        keys.forEach(key -> foreign.put(key, null));
    }

    @Override
    public long approximateUncommittedBytes() {
        return foreign.approximateUncommittedBytes();
    }

    @Override
    public void commit(Map<TopicPartition, Long> changelogOffsets) {
        foreign.commit(changelogOffsets);
    }

    @Override
    public @Nullable Long committedOffset(TopicPartition changelog) {
        return foreign.committedOffset(changelog);
    }

    /** The offsets are left to the store's own commits. */
    @Override
    public void restore(Collection<KeyValue<byte[], byte[]>> records, Map<TopicPartition, Long> changelogOffsets) {
        StateRestoreCallback callback = restoreCallback;
        if (callback instanceof BatchingStateRestoreCallback batching) {
            batching.restoreAll(records);
        } else if (callback != null) {
            records.forEach(entry -> callback.restore(OrderedBytes.keyOf(entry), entry.value));
        } else {
            records.forEach(entry -> foreign.put(Bytes.wrap(OrderedBytes.keyOf(entry)), entry.value));
        }
    }

    @Override
    public OrderedBytes committedView() {
        if (foreign instanceof QueryableStore<?> queryable
                && queryable.readOnlyView() instanceof ReadOnlyKeyValueStore<?, ?> view) {
            @SuppressWarnings("unchecked") // the read-only face of a store of Bytes and byte[]
            ReadOnlyKeyValueStore<Bytes, byte[]> bytes = (ReadOnlyKeyValueStore<Bytes, byte[]>) view;
            return new ForeignReads(name(), bytes);
        }
        throw new InvalidStateStoreException("store '" + name() + "' cannot be read from other threads: "
                + foreign.getClass().getName() + " does not implement QueryableStore with a ReadOnlyKeyValueStore");
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> scan(@Nullable Bytes from, @Nullable Bytes to, ScanOrder order) {
        return reads.scan(from, to, order);
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> range(@Nullable Bytes from, @Nullable Bytes to) {
        return reads.range(from, to);
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> reverseRange(@Nullable Bytes from, @Nullable Bytes to) {
        return reads.reverseRange(from, to);
    }

    @Override
    public long approximateNumEntries() {
        return reads.approximateNumEntries();
    }

    @Override
    public void close() {
        foreign.close();
    }

    @Override
    public boolean persistent() {
        return foreign.persistent();
    }

    @Override
    public boolean isOpen() {
        return foreign.isOpen();
    }
}
