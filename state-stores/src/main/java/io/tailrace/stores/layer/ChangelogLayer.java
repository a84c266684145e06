package io.tailrace.stores.layer;

import io.tailrace.common.Bytes;
import io.tailrace.common.ConsumerRecord;
import io.tailrace.common.TopicPartition;
import io.tailrace.processor.Changelog;
import io.tailrace.processor.CommitCallback;
import io.tailrace.processor.KeyValue;
import io.tailrace.processor.RecordRestoreCallback;
import io.tailrace.processor.StateStore;
import io.tailrace.processor.StateStoreContext;
import io.tailrace.state.KeyValueIterator;
import io.tailrace.stores.bytes.ByteStore;
import io.tailrace.stores.bytes.OrderedBytes;
import io.tailrace.stores.bytes.ScanOrder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A byte store that appends each change to its changelog, and is restored from it. Expired ranges are not logged: a
 * restore leaves out what has expired by itself.
 *
 * <p>Without logging it is still what knows how to restore: a global store is restored from its input topic.
 *
 * <p>A change whose value carries no time is appended with {@link ConsumerRecord#NO_TIMESTAMP}, for the changelog to put
 * the time of the record that is being processed.
 */
public final class ChangelogLayer implements ByteStore {
    private final ByteStore inner;
    private final KeyForm keys;
    private final ValueForm values;
    private final boolean logged;
    private @Nullable Changelog changelog; // null when closed or not logged

    /** @param inner not open yet */
    public ChangelogLayer(ByteStore inner, KeyForm keys, ValueForm values, boolean logged) {
        this.inner = inner.withLayout(keys.layout() + values.layoutSuffix());
        this.keys = keys;
        this.values = values;
        this.logged = logged;
        this.inner.onDrop(this::logDeletion);
    }

    private void logDeletion(Bytes key) {
        if (changelog != null) {
            changelog.append(keys.toRecord(key), null, ConsumerRecord.NO_TIMESTAMP, values.recordHeaders(null));
        }
    }

    @Override
    public String name() {
        return inner.name();
    }

    @Override
    public void open(StateStoreContext context) {
        inner.open(context);
        changelog = logged ? context.changelog(name()) : null;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        open(context);
        CommitCallback onCommit = inner instanceof ForeignByteStore foreign ? foreign.commitCallback() : () -> {};
        context.register(root, (RecordRestoreCallback) this::restoreRecords, onCommit);
    }

    @Override
    public byte @Nullable [] get(Bytes key) {
        return inner.get(key);
    }

    @Override
    public void put(Bytes key, byte @Nullable [] value) {
        inner.put(key, value);
        if (changelog != null) {
            changelog.append(
                    keys.toRecord(key),
                    values.toRecord(value),
                    values.recordTimestamp(value),
                    values.recordHeaders(value));
        }
    }

    /** Writes what belongs to this copy of the store only, and is not logged. */
    public void putLocally(Bytes key, byte[] value) {
        inner.put(key, value);
    }

    @Override
    public void deleteRange(Bytes from, Bytes to) {
        inner.deleteRange(from, to);
    }

    @Override
    public long approximateUncommittedBytes() {
        return inner.approximateUncommittedBytes();
    }

    @Override
    public void commit(Map<TopicPartition, Long> changelogOffsets) {
        inner.commit(changelogOffsets);
    }

    @Override
    public @Nullable Long committedOffset(TopicPartition changelogPartition) {
        return inner.committedOffset(changelogPartition);
    }

    @Override
    public void restore(Collection<KeyValue<byte[], byte[]>> records, Map<TopicPartition, Long> changelogOffsets) {
        inner.restore(records, changelogOffsets);
    }

    private void restoreRecords(List<ConsumerRecord<byte[], byte[]>> records) {
        if (records.isEmpty()) {
            return;
        }
        List<KeyValue<byte[], byte[]>> entries = new ArrayList<>(records.size() + 1);
        for (ConsumerRecord<byte[], byte[]> entry : records) {
            byte[] recordKey = entry.key();
            Bytes key = recordKey == null ? null : keys.toStore(recordKey);
            if (key != null) {
                entries.add(
                        new KeyValue<>(key.get(), values.toStore(entry.value(), entry.timestamp(), entry.headers())));
            }
        }
        KeyValue<byte[], byte[]> bookkeeping = keys.bookkeeping();
        if (bookkeeping != null) {
            entries.add(bookkeeping);
        }
        ConsumerRecord<byte[], byte[]> last = records.get(records.size() - 1);
        inner.restore(entries, Map.of(new TopicPartition(last.topic(), last.partition()), last.offset() + 1));
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> scan(@Nullable Bytes from, @Nullable Bytes to, ScanOrder order) {
        return inner.scan(from, to, order);
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> range(@Nullable Bytes from, @Nullable Bytes to) {
        return inner.range(from, to);
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> reverseRange(@Nullable Bytes from, @Nullable Bytes to) {
        return inner.reverseRange(from, to);
    }

    @Override
    public long approximateNumEntries() {
        return inner.approximateNumEntries();
    }

    @Override
    public OrderedBytes committedView() {
        return inner.committedView();
    }

    @Override
    public void close() {
        changelog = null;
        inner.close();
    }

    @Override
    public boolean persistent() {
        return inner.persistent();
    }

    @Override
    public boolean isOpen() {
        return inner.isOpen();
    }
}
