package io.tailrace.stores.versioned;

import static io.tailrace.stores.segment.TimedKey.VERSION;

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
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The reading half of a versioned store: for its owner over all it wrote, for others over what is committed. */
public final class VersionedReads implements ReadOnlyVersionedKeyValueStore<Bytes, byte[]> {
    private final String storeName;
    private final OrderedBytes bytes;
    private final TimedReads history;
    private final Retention retention;
    private final LongSupplier streamTimeMs;

    /** @param streamTimeMs checks first that the store is open, and throws if it is not */
    VersionedReads(String storeName, OrderedBytes bytes, Retention retention, LongSupplier streamTimeMs) {
        this.storeName = storeName;
        this.bytes = bytes;
        this.history = new TimedReads(storeName, bytes, VERSION, retention, streamTimeMs);
        this.retention = retention;
        this.streamTimeMs = streamTimeMs;
    }

    @Override
    public @Nullable VersionedRecord<byte[]> get(Bytes key) {
        byte[] latest = bytes.get(VersionRow.latestKey(key));
        return latest == null ? null : VersionRow.latest(latest);
    }

    @Override
    public @Nullable VersionedRecord<byte[]> get(Bytes key, long asOfTimestamp) {
        long nowMs = streamTimeMs.getAsLong();
        byte[] latest = bytes.get(VersionRow.latestKey(key));
        if (latest != null && VersionRow.validFrom(latest) <= asOfTimestamp) {
            return VersionRow.latest(latest);
        }
        if (asOfTimestamp < oldestReadable(nowMs)) {
            return null;
        }
        KeyValue<Bytes, byte[]> row = firstEndingAfter(key, asOfTimestamp);
        if (row == null || VersionRow.validFrom(OrderedBytes.valueOf(row)) > asOfTimestamp) {
            return null;
        }
        return VersionRow.earlier(OrderedBytes.keyOf(row), OrderedBytes.valueOf(row));
    }

    /** The row of the key with the lowest end after that time, null when there is none. */
    @Nullable
    KeyValue<Bytes, byte[]> firstEndingAfter(Bytes key, long timeMs) {
        try (KeyValueIterator<Bytes, byte[]> scan =
                history.scan(key, timeMs + 1, Long.MAX_VALUE, ScanOrder.ASCENDING)) {
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
        long nowMs = streamTimeMs.getAsLong();
        long oldestMs = Math.max(fromMs, oldestReadable(nowMs));
        VersionedRecord<byte[]> latest = get(key);
        boolean hasLatest = latest != null && latest.timestamp() <= toMs && fromMs <= toMs;
        long lastEndMs = oldestMs > toMs ? Long.MIN_VALUE : Long.MAX_VALUE;
        return new History(
                storeName,
                history.scan(key, oldestMs + 1, lastEndMs, ascending ? ScanOrder.ASCENDING : ScanOrder.DESCENDING),
                hasLatest ? latest : null,
                toMs,
                ascending);
    }
}
