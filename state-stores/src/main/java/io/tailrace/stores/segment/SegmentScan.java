package io.tailrace.stores.segment;

import io.tailrace.common.Bytes;
import io.tailrace.processor.KeyValue;
import io.tailrace.state.KeyValueIterator;
import io.tailrace.stores.bytes.LookaheadIterator;
import io.tailrace.stores.bytes.OrderedBytes;
import io.tailrace.stores.bytes.ScanOrder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One scan per segment, one after the other, each opened when it is reached, or all before; only matching entries. One thread. */
final class SegmentScan extends LookaheadIterator<Bytes, byte[]> {
    private final LongFunction<KeyValueIterator<Bytes, byte[]>> scanOfSegment;
    private final Predicate<byte[]> matches;
    private final long step;
    private long segment;
    private long segmentsLeft;
    private final Deque<KeyValueIterator<Bytes, byte[]>> opened = new ArrayDeque<>();
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

    /** Opens the scans of all segments, of which there are few, so that they see the same state; returns this. */
    SegmentScan openAll() {
        for (KeyValueIterator<Bytes, byte[]> next = openNext(); next != null; next = openNext()) {
            opened.add(next);
        }
        return this;
    }

    private @Nullable KeyValueIterator<Bytes, byte[]> openNext() {
        if (segmentsLeft <= 0) {
            return null;
        }
        KeyValueIterator<Bytes, byte[]> next = scanOfSegment.apply(segment);
        segment += step;
        segmentsLeft--;
        return next;
    }

    @Override
    protected @Nullable KeyValue<Bytes, byte[]> advance() {
        while (true) {
            if (current == null) {
                current = opened.isEmpty() ? openNext() : opened.poll();
                if (current == null) {
                    return null;
                }
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
        opened.forEach(KeyValueIterator::close);
    }
}
