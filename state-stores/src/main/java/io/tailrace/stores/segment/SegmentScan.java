package io.tailrace.stores.segment;

import io.tailrace.common.Bytes;
import io.tailrace.processor.KeyValue;
import io.tailrace.state.KeyValueIterator;
import io.tailrace.stores.bytes.LookaheadIterator;
import io.tailrace.stores.bytes.OrderedBytes;
import io.tailrace.stores.bytes.ScanOrder;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One scan per segment, one after the other, each opened when it is reached; only matching entries. One thread. */
final class SegmentScan extends LookaheadIterator<Bytes, byte[]> {
    private final LongFunction<KeyValueIterator<Bytes, byte[]>> scanOfSegment;
    private final Predicate<byte[]> matches;
    private final long step;
    private long segment;
    private long segmentsLeft;
    private @Nullable KeyValueIterator<Bytes, byte[]> current;

    /** @param first to {@code last}, both included, whatever the order */
    SegmentScan(
            String storeName,
            long first,
            long last,
            ScanOrder order,
            LongFunction<KeyValueIterator<Bytes, byte[]>> scanOfSegment,
            Predicate<byte[]> matches) {
        super(storeName);
        this.scanOfSegment = scanOfSegment;
        this.matches = matches;
        this.step = order == ScanOrder.ASCENDING ? 1 : -1;
        this.segment = order == ScanOrder.ASCENDING ? first : last;
        this.segmentsLeft = last - first + 1;
    }

    @Override
    protected @Nullable KeyValue<Bytes, byte[]> advance() {
        while (true) {
            if (current == null) {
                if (segmentsLeft <= 0) {
                    return null;
                }
                current = scanOfSegment.apply(segment);
                segment += step;
                segmentsLeft--;
            }
            while (current.hasNext()) {
                KeyValue<Bytes, byte[]> entry = current.next();
                if (matches.test(OrderedBytes.keyOf(entry).get())) {
                    return entry;
                }
            }
            current.close();
            current = null;
        }
    }

    @Override
    protected void release() {
        if (current != null) {
            current.close();
        }
    }
}
