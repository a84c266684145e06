package io.tailrace.stores.window;

import io.tailrace.common.Bytes;
import io.tailrace.state.KeyValueIterator;
import io.tailrace.state.ReadOnlyWindowStore;
import io.tailrace.state.WindowStoreIterator;
import io.tailrace.state.Windowed;
import io.tailrace.stores.bytes.MappedIterator;
import io.tailrace.stores.bytes.OrderedBytes;
import io.tailrace.stores.bytes.ScanOrder;
import java.time.Instant;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The reading half of a window store: for its owner over all it wrote, for others over what is committed. Bounds in
 * epoch milliseconds of window starts, both included.
 *
 * <p><b>Order</b> over several keys: by segment, then by key and start.
 */
public final class WindowReads implements ReadOnlyWindowStore<Bytes, byte[]> {
    private final String storeName;
    private final OrderedBytes bytes;
    private final WindowSpec spec;
    private final LongSupplier streamTimeMs;
    private final Function<Bytes, Windowed<Bytes>> windowed;

    /** @param streamTimeMs checks first that the store is open, and throws if it is not */
    WindowReads(String storeName, OrderedBytes bytes, WindowSpec spec, LongSupplier streamTimeMs) {
        this.storeName = storeName;
        this.bytes = bytes;
        this.spec = spec;
        this.streamTimeMs = streamTimeMs;
        this.windowed = storeKey ->
                new Windowed<>(WindowKey.keyOf(storeKey.get()), spec.windowAt(WindowKey.startOf(storeKey.get())));
    }

    /** Where duplicates are kept, the newest of them. */
    @Override
    public byte @Nullable [] fetch(Bytes key, long time) {
        if (time < WindowClock.earliestMs(spec, streamTimeMs.getAsLong())) {
            return null;
        }
        if (!spec.retainDuplicates()) {
            return bytes.get(WindowKey.of(spec.segmentOf(time), key, time, 0));
        }
        try (KeyValueIterator<Bytes, byte[]> scan = scan(key, time, time, ScanOrder.DESCENDING)) {
            return scan.hasNext() ? scan.next().value : null;
        }
    }

    /** The windows of one key by start. */
    public WindowStoreIterator<byte[]> fetch(Bytes key, long fromMs, long toMs, ScanOrder order) {
        return new WindowIterator<>(
                scan(key, fromMs, toMs, order), storeKey -> WindowKey.startOf(storeKey.get()), Function.identity());
    }

    /** The windows of the keys from {@code keyFrom} to {@code keyTo}, both included, null for no bound. */
    public KeyValueIterator<Windowed<Bytes>, byte[]> fetch(
            @Nullable Bytes keyFrom, @Nullable Bytes keyTo, long fromMs, long toMs, ScanOrder order) {
        long nowMs = streamTimeMs.getAsLong();
        long first = Math.max(fromMs, WindowClock.earliestMs(spec, nowMs));
        long last = Math.min(toMs, nowMs);
        SegmentScan scan = segments(
                first,
                last,
                order,
                segment -> bytes.scan(
                        keyFrom == null ? WindowKey.segment(segment) : WindowKey.from(segment, keyFrom),
                        keyTo == null ? WindowKey.segment(segment + 1) : WindowKey.upTo(segment, keyTo, last),
                        order),
                storeKey -> isWithin(storeKey, first, last) && WindowKey.hasKeyWithin(storeKey, keyFrom, keyTo));
        return new MappedIterator<>(scan, windowed, Function.identity());
    }

    private KeyValueIterator<Bytes, byte[]> scan(Bytes key, long fromMs, long toMs, ScanOrder order) {
        long nowMs = streamTimeMs.getAsLong();
        long first = Math.max(fromMs, WindowClock.earliestMs(spec, nowMs));
        long last = Math.min(toMs, nowMs);
        return segments(
                first,
                last,
                order,
                segment -> bytes.scan(
                        WindowKey.of(segment, key, first, 0), WindowKey.of(segment, key, last + 1, 0), order),
                storeKey -> WindowKey.hasKey(storeKey, key));
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
                        storeName, spec.segmentOf(first), spec.segmentOf(last), order, scanOfSegment, matches);
    }

    private static long toMs(Instant time) {
        try {
            return time.toEpochMilli();
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("time " + time + " does not fit into 64-bit epoch milliseconds", e);
        }
    }

    private static boolean isWithin(byte[] storeKey, long firstMs, long lastMs) {
        long startMs = WindowKey.startOf(storeKey);
        return firstMs <= startMs && startMs <= lastMs;
    }

    @Override
    public WindowStoreIterator<byte[]> fetch(Bytes key, Instant timeFrom, Instant timeTo) {
        return fetch(key, toMs(timeFrom), toMs(timeTo), ScanOrder.ASCENDING);
    }

    @Override
    public WindowStoreIterator<byte[]> backwardFetch(Bytes key, Instant timeFrom, Instant timeTo) {
        return fetch(key, toMs(timeFrom), toMs(timeTo), ScanOrder.DESCENDING);
    }

    @Override
    public KeyValueIterator<Windowed<Bytes>, byte[]> fetch(
            @Nullable Bytes keyFrom, @Nullable Bytes keyTo, Instant timeFrom, Instant timeTo) {
        return fetch(keyFrom, keyTo, toMs(timeFrom), toMs(timeTo), ScanOrder.ASCENDING);
    }

    @Override
    public KeyValueIterator<Windowed<Bytes>, byte[]> backwardFetch(
            @Nullable Bytes keyFrom, @Nullable Bytes keyTo, Instant timeFrom, Instant timeTo) {
        return fetch(keyFrom, keyTo, toMs(timeFrom), toMs(timeTo), ScanOrder.DESCENDING);
    }

    @Override
    public KeyValueIterator<Windowed<Bytes>, byte[]> all() {
        return fetch(null, null, 0, Long.MAX_VALUE, ScanOrder.ASCENDING);
    }

    @Override
    public KeyValueIterator<Windowed<Bytes>, byte[]> backwardAll() {
        return fetch(null, null, 0, Long.MAX_VALUE, ScanOrder.DESCENDING);
    }

    @Override
    public KeyValueIterator<Windowed<Bytes>, byte[]> fetchAll(Instant timeFrom, Instant timeTo) {
        return fetch(null, null, toMs(timeFrom), toMs(timeTo), ScanOrder.ASCENDING);
    }

    @Override
    public KeyValueIterator<Windowed<Bytes>, byte[]> backwardFetchAll(Instant timeFrom, Instant timeTo) {
        return fetch(null, null, toMs(timeFrom), toMs(timeTo), ScanOrder.DESCENDING);
    }
}
