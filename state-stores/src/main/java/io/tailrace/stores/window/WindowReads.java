package io.tailrace.stores.window;

import static io.tailrace.stores.segment.TimedKey.WINDOW;

import io.tailrace.common.Bytes;
import io.tailrace.state.KeyValueIterator;
import io.tailrace.state.ReadOnlyWindowStore;
import io.tailrace.state.WindowStoreIterator;
import io.tailrace.state.Windowed;
import io.tailrace.stores.bytes.MappedIterator;
import io.tailrace.stores.bytes.ScanOrder;
import io.tailrace.stores.segment.TimedReads;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The reading half of a window store: for its owner over all it wrote, for others over what is committed. Bounds in
 * epoch milliseconds of window starts, both included.
 *
 * <p><b>Order</b> over several keys: by segment, then by key and start.
 */
public final class WindowReads implements ReadOnlyWindowStore<Bytes, byte[]> {
    private final WindowSpec spec;
    private final TimedReads reads;
    private final Function<Bytes, Windowed<Bytes>> windowed;

    WindowReads(WindowSpec spec, TimedReads reads) {
        this.spec = spec;
        this.reads = reads;
        this.windowed =
                storeKey -> new Windowed<>(WINDOW.keyOf(storeKey.get()), spec.windowAt(WINDOW.timeOf(storeKey.get())));
    }

    /** Where duplicates are kept, the newest of them. */
    @Override
    public byte @Nullable [] fetch(Bytes key, long time) {
        if (!spec.retainDuplicates()) {
            return reads.get(key, time, 0);
        }
        try (KeyValueIterator<Bytes, byte[]> scan = reads.scan(key, time, time, ScanOrder.DESCENDING)) {
            return scan.hasNext() ? scan.next().value : null;
        }
    }

    /** The windows of one key by start. */
    public WindowStoreIterator<byte[]> fetch(Bytes key, long fromMs, long toMs, ScanOrder order) {
        return new WindowIterator<>(
                reads.scan(key, fromMs, toMs, order), storeKey -> WINDOW.timeOf(storeKey.get()), Function.identity());
    }

    /** The windows of the keys from {@code keyFrom} to {@code keyTo}, both included, null for no bound. */
    public KeyValueIterator<Windowed<Bytes>, byte[]> fetch(
            @Nullable Bytes keyFrom, @Nullable Bytes keyTo, long fromMs, long toMs, ScanOrder order) {
        return new MappedIterator<>(
                reads.scan(keyFrom, keyTo, fromMs, toMs, order, storeKey -> true), windowed, Function.identity());
    }

    private static long toMs(Instant time) {
        try {
            return time.toEpochMilli();
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("time " + time + " does not fit into 64-bit epoch milliseconds", e);
        }
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
