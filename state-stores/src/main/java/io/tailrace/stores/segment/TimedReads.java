package io.tailrace.stores.segment;

import io.tailrace.common.Bytes;
import io.tailrace.state.KeyValueIterator;
import io.tailrace.stores.bytes.OrderedBytes;
import io.tailrace.stores.bytes.ScanOrder;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Scans over keys with a time that leave out what has expired: for the owner over all it wrote, for others over what is
 * committed. Bounds in epoch milliseconds, both included.
 *
 * <p><b>Order</b> over several keys: by segment, then by key and time.
 */
public final class TimedReads {
    private final String storeName;
    private final OrderedBytes bytes;
    private final TimedKey keys;
    private final Retention retention;
    private final LongSupplier streamTimeMs;

    /** @param streamTimeMs checks first that the store is open, and throws if it is not */
    public TimedReads(
            String storeName, OrderedBytes bytes, TimedKey keys, Retention retention, LongSupplier streamTimeMs) {
        this.storeName = storeName;
        this.bytes = bytes;
        this.keys = keys;
        this.retention = retention;
        this.streamTimeMs = streamTimeMs;
    }

    /** The value of exactly that key, null when there is none or it has expired. */
    public byte @Nullable [] get(Bytes key, long timeMs, long rest) {
        return timeMs < retention.earliestMs(streamTimeMs.getAsLong())
                ? null
                : bytes.get(keys.of(retention.segmentOf(timeMs), key, timeMs, rest));
    }

    /** The entries of one key by time. */
    public KeyValueIterator<Bytes, byte[]> scan(Bytes key, long fromMs, long toMs, ScanOrder order) {
        return scan(key, fromMs, toMs, order, storeKey -> true);
    }

    /** As {@link #scan(Bytes, long, long, ScanOrder)}, of those whose key in the store also passes a test. */
    public KeyValueIterator<Bytes, byte[]> scan(
            Bytes key, long fromMs, long toMs, ScanOrder order, Predicate<byte[]> test) {
        long nowMs = streamTimeMs.getAsLong();
        long first = Math.max(fromMs, retention.earliestMs(nowMs));
        long last = Math.min(toMs, nowMs);
        return segments(
                first,
                last,
                order,
                segment -> bytes.scan(keys.of(segment, key, first, 0), keys.of(segment, key, last + 1, 0), order),
                storeKey -> keys.hasKey(storeKey, key) && test.test(storeKey));
    }

    /** The entries of the keys from {@code keyFrom} to {@code keyTo}, both included, null for no bound. */
    public KeyValueIterator<Bytes, byte[]> scan(
            @Nullable Bytes keyFrom,
            @Nullable Bytes keyTo,
            long fromMs,
            long toMs,
            ScanOrder order,
            Predicate<byte[]> test) {
        long nowMs = streamTimeMs.getAsLong();
        long first = Math.max(fromMs, retention.earliestMs(nowMs));
        long last = Math.min(toMs, nowMs);
        return segments(
                first,
                last,
                order,
                segment -> bytes.scan(
                        keyFrom == null ? TimedKey.segment(segment) : TimedKey.from(segment, keyFrom),
                        keyTo == null ? TimedKey.segment(segment + 1) : keys.upTo(segment, keyTo, last),
                        order),
                storeKey -> isWithin(storeKey, first, last)
                        && keys.hasKeyWithin(storeKey, keyFrom, keyTo)
                        && test.test(storeKey));
    }

    private SegmentScan segments(
            long first,
            long last,
            ScanOrder order,
            LongFunction<KeyValueIterator<Bytes, byte[]>> scanOfSegment,
            Predicate<byte[]> matches) {
        return first > last
                ? new SegmentScan(storeName, 1, 0, order, scanOfSegment, matches)
                : new SegmentScan(
                        storeName,
                        retention.segmentOf(first),
                        retention.segmentOf(last),
                        order,
                        scanOfSegment,
                        matches);
    }

    private boolean isWithin(byte[] storeKey, long firstMs, long lastMs) {
        long timeMs = keys.timeOf(storeKey);
        return firstMs <= timeMs && timeMs <= lastMs;
    }
}
