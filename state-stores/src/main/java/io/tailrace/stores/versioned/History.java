package io.tailrace.stores.versioned;

import io.tailrace.common.Bytes;
import io.tailrace.errors.InvalidStateStoreException;
import io.tailrace.processor.KeyValue;
import io.tailrace.state.KeyValueIterator;
import io.tailrace.state.VersionedRecord;
import io.tailrace.state.VersionedRecordIterator;
import io.tailrace.stores.bytes.OrderedBytes;
import io.tailrace.stores.segment.TimedKey;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** The versions of one key: the rows of a scan without the marks of deletions, and the latest at its end. One thread. */
final class History implements VersionedRecordIterator<byte[]> {
    private final String storeName;
    private final KeyValueIterator<Bytes, byte[]> rows;
    private final long toMs;
    private final boolean ascending;
    private @Nullable VersionedRecord<byte[]> latest; // until it is returned
    private @Nullable VersionedRecord<byte[]> ahead;
    private boolean closed;

    /** @param toMs versions that begin later are left out */
    History(
            String storeName,
            KeyValueIterator<Bytes, byte[]> rows,
            @Nullable VersionedRecord<byte[]> latest,
            long toMs,
            boolean ascending) {
        this.storeName = storeName;
        this.rows = rows;
        this.latest = latest;
        this.toMs = toMs;
        this.ascending = ascending;
    }

    @Override
    public boolean hasNext() {
        if (closed) {
            throw new InvalidStateStoreException("iterator of store '" + storeName + "' is closed");
        }
        if (ahead == null) {
            ahead = advance();
        }
        return ahead != null;
    }

    @Override
    public VersionedRecord<byte[]> next() {
        VersionedRecord<byte[]> next = hasNext() ? ahead : null;
        if (next == null) {
            throw new NoSuchElementException("iterator of store '" + storeName + "' is at its end");
        }
        ahead = null;
        return next;
    }

    private @Nullable VersionedRecord<byte[]> advance() {
        if (!ascending && latest != null) {
            return takeLatest();
        }
        while (rows.hasNext()) {
            KeyValue<Bytes, byte[]> entry = rows.next();
            Bytes key = OrderedBytes.keyOf(entry);
            byte[] row = OrderedBytes.valueOf(entry);
            long validFrom = VersionRow.validFrom(row);
            if (validFrom <= toMs && validFrom < TimedKey.VERSION.timeOf(key.get())) {
                return VersionRow.earlier(key, row);
            }
        }
        return takeLatest();
    }

    private @Nullable VersionedRecord<byte[]> takeLatest() {
        VersionedRecord<byte[]> taken = latest;
        latest = null;
        return taken;
    }

    @Override
    public void close() {
        closed = true;
        rows.close();
    }
}
