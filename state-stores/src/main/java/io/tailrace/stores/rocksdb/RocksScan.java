package io.tailrace.stores.rocksdb;

import io.tailrace.common.Bytes;
import io.tailrace.errors.InvalidStateStoreException;
import io.tailrace.processor.KeyValue;
import io.tailrace.stores.bytes.LookaheadIterator;
import io.tailrace.stores.bytes.ScanOrder;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.Snapshot;

/**
 * A scan of one column family as it was at the beginning. The bounds are given to RocksDB, which then does not search
 * behind them through what was deleted. One thread reads; {@link #abandon} may come from another.
 */
final class RocksScan extends LookaheadIterator<Bytes, byte[]> {
    private final RocksByteStore store;
    private final ReadOptions options = new ReadOptions();
    private final @Nullable Slice lower;
    private final @Nullable Slice upper;
    private final RocksIterator iterator;
    private final ScanOrder order;
    private final @Nullable String openedBy;
    private boolean started;
    private boolean freed; // this and every native call under the monitor

    RocksScan(
            RocksByteStore store,
            RocksInstance instance,
            ColumnFamilyHandle family,
            @Nullable Snapshot snapshot,
            @Nullable Bytes from,
            @Nullable Bytes to,
            ScanOrder order,
            @Nullable String openedBy) {
        super(store.name());
        this.openedBy = openedBy;
        this.store = store;
        this.order = order;
        lower = from == null ? null : new Slice(from.get());
        upper = to == null ? null : new Slice(to.get());
        if (snapshot != null) {
            options.setSnapshot(snapshot);
        }
        if (lower != null) {
            options.setIterateLowerBound(lower);
        }
        if (upper != null) {
            options.setIterateUpperBound(upper);
        }
        iterator = instance.db.newIterator(family, options);
    }

    String openedBy() {
        return openedBy == null ? "unknown" : openedBy;
    }

    @Override
    protected synchronized @Nullable KeyValue<Bytes, byte[]> advance() {
        if (freed) {
            throw new InvalidStateStoreException("store '" + storeName + "' was closed while it was iterated over");
        }
        if (!started) {
            started = true;
            if (order == ScanOrder.ASCENDING) {
                iterator.seekToFirst();
            } else {
                iterator.seekToLast();
            }
        } else if (order == ScanOrder.ASCENDING) {
            iterator.next();
        } else {
            iterator.prev();
        }
        if (iterator.isValid()) {
            return new KeyValue<>(Bytes.wrap(iterator.key()), iterator.value());
        }
        try {
            iterator.status();
        } catch (RocksDBException e) {
            throw store.failed("scan", e);
        }
        return null;
    }

    /** Freed first: one that the store has forgotten would outlive it when it is closed meanwhile. */
    @Override
    protected void release() {
        abandon();
        store.forget(this);
    }

    /** Frees the native side, once. */
    synchronized void abandon() {
        if (!freed) {
            freed = true;
            iterator.close();
            options.close();
            if (upper != null) {
                upper.close();
            }
            if (lower != null) {
                lower.close();
            }
        }
    }
}
