package io.tailrace.stores.segment;

import io.tailrace.common.Bytes;
import io.tailrace.state.KeyValueIterator;
import io.tailrace.stores.bytes.OrderedBytes;
import io.tailrace.stores.bytes.ScanOrder;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
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
    private final ToLongFunction<OrderedBytes> streamTimeMs;
    private final boolean shared;

    private TimedReads(
            String storeName,
            OrderedBytes bytes,
            TimedKey keys,
            Retention retention,
            ToLongFunction<OrderedBytes> streamTimeMs,
            boolean shared) {
        this.storeName = storeName;
        this.bytes = bytes;
        this.keys = keys;
        this.retention = retention;
        this.streamTimeMs = streamTimeMs;
        this.shared = shared;
    }

    /**
     * For the owner of the store.
     *
     * @param streamTimeMs checks first that the store is open, and throws if it is not
     */
    public static TimedReads own(
            String storeName, OrderedBytes bytes, TimedKey keys, Retention retention, LongSupplier streamTimeMs) {
        return new TimedReads(
                storeName, bytes, keys, retention, ignored -> streamTimeMs.getAsLong(), /* shared */ false);
    }

    /** For other threads: each read sees one commit, stream time included. */
    public static TimedReads committed(String storeName, OrderedBytes view, TimedKey keys, Retention retention) {
        return new TimedReads(storeName, view, keys, retention, StreamClock::committedMs, /* shared */ true);
    }

    /** The stream time as of {@code from}, for reads that look at more than these do. */
    public long streamTimeMs(OrderedBytes from) {
        return streamTimeMs.applyAsLong(from);
    }

    /** These reads within a set of reads that all see one commit. */
    public TimedReads within(OrderedBytes oneCommit) {
        return oneCommit == bytes ? this : new TimedReads(storeName, oneCommit, keys, retention, streamTimeMs, shared);
    }

    /** The value of exactly that key, null when there is none or it has expired. */
    public byte @Nullable [] get(Bytes key, long timeMs, long rest) {
        return shared ? bytes.asOfOneCommit(from -> get(from, key, timeMs, rest)) : get(bytes, key, timeMs, rest);
    }

    private byte @Nullable [] get(OrderedBytes from, Bytes key, long timeMs, long rest) {
        return timeMs < retention.earliestMs(streamTimeMs(from))
                ? null
                : from.get(keys.of(retention.segmentOf(timeMs), key, timeMs, rest));
    }

    /** The entries of one key by time. */
    public KeyValueIterator<Bytes, byte[]> scan(Bytes key, long fromMs, long toMs, ScanOrder order) {
        return scan(key, fromMs, toMs, order, storeKey -> true);
    }

    /** As {@link #scan(Bytes, long, long, ScanOrder)}, of those whose key in the store also passes a test. */
    public KeyValueIterator<Bytes, byte[]> scan(
            Bytes key, long fromMs, long toMs, ScanOrder order, Predicate<byte[]> test) {
        return shared
                ? bytes.asOfOneCommit(
                        from -> scan(from, key, fromMs, toMs, order, test).openAll())
                : scan(bytes, key, fromMs, toMs, order, test);
    }

    private SegmentScan scan(
            OrderedBytes from, Bytes key, long fromMs, long toMs, ScanOrder order, Predicate<byte[]> test) {
        long nowMs = streamTimeMs(from);
        long first = Math.max(fromMs, retention.earliestMs(nowMs));
        long last = Math.min(toMs, nowMs);
        return segments(
                first,
                last,
                order,
                segment -> from.scan(keys.of(segment, key, first, 0), keys.of(segment, key, last + 1, 0), order),
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
        return shared
                ? bytes.asOfOneCommit(from ->
                        scan(from, keyFrom, keyTo, fromMs, toMs, order, test).openAll())
                : scan(bytes, keyFrom, keyTo, fromMs, toMs, order, test);
    }

    private SegmentScan scan(
            OrderedBytes from,
            @Nullable Bytes keyFrom,
            @Nullable Bytes keyTo,
            long fromMs,
            long toMs,
            ScanOrder order,
            Predicate<byte[]> test) {
        long nowMs = streamTimeMs(from);
        long first = Math.max(fromMs, retention.earliestMs(nowMs));
        long last = Math.min(toMs, nowMs);
        return segments(
                first,
                last,
                order,
                segment -> from.scan(
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
