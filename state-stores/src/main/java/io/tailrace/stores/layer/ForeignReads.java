package io.tailrace.stores.layer;

import io.tailrace.common.Bytes;
import io.tailrace.processor.KeyValue;
import io.tailrace.state.KeyValueIterator;
import io.tailrace.state.ReadOnlyKeyValueStore;
import io.tailrace.stores.bytes.LookaheadIterator;
import io.tailrace.stores.bytes.OrderedBytes;
import io.tailrace.stores.bytes.ScanOrder;
import org.jspecify.annotations.Nullable;

/** Scans on the read side of a store made by others, whose ranges include their upper bound. */
final class ForeignReads implements OrderedBytes {
    private final String storeName;
    private final ReadOnlyKeyValueStore<Bytes, byte[]> foreign;

    ForeignReads(String storeName, ReadOnlyKeyValueStore<Bytes, byte[]> foreign) {
        this.storeName = storeName;
        this.foreign = foreign;
    }

    @Override
    public byte @Nullable [] get(Bytes key) {
        return foreign.get(key);
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> scan(@Nullable Bytes from, @Nullable Bytes to, ScanOrder order) {
        return new Without(to, order == ScanOrder.ASCENDING ? range(from, to) : reverseRange(from, to));
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> range(@Nullable Bytes from, @Nullable Bytes to) {
        return foreign.range(from, to);
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> reverseRange(@Nullable Bytes from, @Nullable Bytes to) {
        return foreign.reverseRange(from, to);
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> all() {
        return foreign.all();
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> reverseAll() {
        return foreign.reverseAll();
    }

    @Override
    public long approximateNumEntries() {
        return foreign.approximateNumEntries();
    }

    /** A range without the entry at its upper bound. */
    private final class Without extends LookaheadIterator<Bytes, byte[]> {
        private final @Nullable Bytes excluded;
        private final KeyValueIterator<Bytes, byte[]> range;

        Without(@Nullable Bytes excluded, KeyValueIterator<Bytes, byte[]> range) {
            super(ForeignReads.this.storeName);
            this.excluded = excluded;
            this.range = range;
        }

        @Override
        protected @Nullable KeyValue<Bytes, byte[]> advance() {
            while (range.hasNext()) {
                KeyValue<Bytes, byte[]> entry = range.next();
                if (!OrderedBytes.keyOf(entry).equals(excluded)) {
                    return entry;
                }
            }
            return null;
        }

        @Override
        protected void release() {
            range.close();
        }
    }
}
