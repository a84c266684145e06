package io.tailrace.stores.bytes;

import io.tailrace.common.Bytes;
import io.tailrace.processor.KeyValue;
import io.tailrace.state.KeyValueIterator;
import org.jspecify.annotations.Nullable;

/** Uncommitted entries, already in scan order, merged with a scan of the committed ones that they hide. */
final class MergedScan extends LookaheadIterator<Bytes, byte[]> {
    private final Bytes[] keys;
    private final byte[][] values;
    private final byte[] tombstone;
    private final DeletedRanges deleted;
    private final KeyValueIterator<Bytes, byte[]> committed;
    private final ScanOrder order;
    private int next;

    MergedScan(
            String storeName,
            Bytes[] keys,
            byte[][] values,
            byte[] tombstone,
            DeletedRanges deleted,
            KeyValueIterator<Bytes, byte[]> committed,
            ScanOrder order) {
        super(storeName);
        this.keys = keys;
        this.values = values;
        this.tombstone = tombstone;
        this.deleted = deleted;
        this.committed = committed;
        this.order = order;
    }

    @Override
    protected @Nullable KeyValue<Bytes, byte[]> advance() {
        while (true) {
            boolean below = committed.hasNext();
            if (!below && next == keys.length) {
                return null;
            }
            int side = !below ? 1 : next == keys.length ? -1 : order.compare(committed.peekNextKey(), keys[next]);
            if (side < 0) {
                KeyValue<Bytes, byte[]> entry = committed.next();
                if (!deleted.contains(OrderedBytes.keyOf(entry))) {
                    return entry;
                }
                continue;
            }
            if (side == 0) {
                committed.next();
            }
            int at = next++;
            if (values[at] != tombstone) {
                return new KeyValue<>(keys[at], values[at]);
            }
        }
    }

    @Override
    protected void release() {
        committed.close();
    }
}
