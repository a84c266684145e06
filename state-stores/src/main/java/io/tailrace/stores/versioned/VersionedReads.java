package io.tailrace.stores.versioned;

import io.tailrace.common.Bytes;
import io.tailrace.processor.KeyValue;
import io.tailrace.state.KeyValueIterator;
import io.tailrace.state.ReadOnlyVersionedKeyValueStore;
import io.tailrace.state.VersionedRecord;
import io.tailrace.state.VersionedRecordIterator;
import io.tailrace.stores.bytes.OrderedBytes;
import io.tailrace.stores.bytes.ScanOrder;
import io.tailrace.stores.segment.Retention;
import io.tailrace.stores.segment.TimedReads;
import org.jspecify.annotations.Nullable;

/** The reading half of a versioned store: for its owner over all it wrote, for others over what is committed. */
public final class VersionedReads implements ReadOnlyVersionedKeyValueStore<Bytes, byte[]> {
    private final String storeName;
    private final OrderedBytes bytes;
    private final TimedReads history;
    private final Retention retention;

    VersionedReads(String storeName, OrderedBytes bytes, TimedReads history, Retention retention) {
        this.storeName = storeName;
        this.bytes = bytes;
        this.history = history;
        this.retention = retention;
    }

    @Override
    public @Nullable VersionedRecord<byte[]> get(Bytes key) {
        history.streamTimeMs(bytes); // throws when the store is not open
        return latest(bytes, key);
    }

    private static @Nullable VersionedRecord<byte[]> latest(OrderedBytes from, Bytes key) {
        byte[] latest = from.get(VersionRow.latestKey(key));
        return latest == null ? null : VersionRow.latest(latest);
    }

    @Override
    public @Nullable VersionedRecord<byte[]> get(Bytes key, long asOfTimestamp) {
        return bytes.asOfOneCommit(from -> get(from, key, asOfTimestamp));
    }

    private @Nullable VersionedRecord<byte[]> get(OrderedBytes from, Bytes key, long asOfTimestamp) {
        long nowMs = history.streamTimeMs(from);
        VersionedRecord<byte[]> latest = latest(from, key);
        if (latest != null && latest.timestamp() <= asOfTimestamp) {
            return latest;
        }
        if (asOfTimestamp < oldestReadable(nowMs)) {
            return null;
        }
        KeyValue<Bytes, byte[]> row = firstEndingAfter(history.within(from), key, asOfTimestamp);
        if (row == null || VersionRow.validFrom(OrderedBytes.valueOf(row)) > asOfTimestamp) {
            return null;
        }
        return VersionRow.earlier(OrderedBytes.keyOf(row), OrderedBytes.valueOf(row));
    }

    /** The row of the key with the lowest end after that time, null when there is none. */
    @Nullable
    KeyValue<Bytes, byte[]> firstEndingAfter(Bytes key, long timeMs) {
        return firstEndingAfter(history, key, timeMs);
    }

    private static @Nullable KeyValue<Bytes, byte[]> firstEndingAfter(TimedReads rows, Bytes key, long timeMs) {
        try (KeyValueIterator<Bytes, byte[]> scan = rows.scan(key, timeMs + 1, Long.MAX_VALUE, ScanOrder.ASCENDING)) {
            return scan.hasNext() ? scan.next() : null;
        }
    }

    byte @Nullable [] rowEndingAt(Bytes key, long endMs) {
        return history.get(key, endMs, 0);
    }

    private long oldestReadable(long nowMs) {
        return nowMs - retention.retentionMs();
    }

    @Override
    public VersionedRecordIterator<byte[]> history(Bytes key, long fromMs, long toMs, boolean ascending) {
        return bytes.asOfOneCommit(from -> history(from, key, fromMs, toMs, ascending));
    }

    private VersionedRecordIterator<byte[]> history(
            OrderedBytes from, Bytes key, long fromMs, long toMs, boolean ascending) {
        long nowMs = history.streamTimeMs(from);
        long oldestMs = Math.max(fromMs, oldestReadable(nowMs));
        VersionedRecord<byte[]> latest = latest(from, key);
        boolean hasLatest = latest != null && latest.timestamp() <= toMs && fromMs <= toMs;
        long lastEndMs = oldestMs > toMs ? Long.MIN_VALUE : Long.MAX_VALUE;
        return new History(
                storeName,
                history.within(from)
                        .scan(key, oldestMs + 1, lastEndMs, ascending ? ScanOrder.ASCENDING : ScanOrder.DESCENDING),
                hasLatest ? latest : null,
                toMs,
                ascending);
    }
}
