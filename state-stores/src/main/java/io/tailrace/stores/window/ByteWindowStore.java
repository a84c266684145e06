package io.tailrace.stores.window;

import io.tailrace.common.Bytes;
import io.tailrace.state.KeyValueIterator;
import io.tailrace.state.QueryableStore;
import io.tailrace.state.ReadOnlyWindowStore;
import io.tailrace.state.WindowStore;
import io.tailrace.state.WindowStoreIterator;
import io.tailrace.state.Windowed;
import io.tailrace.stores.bytes.ByteStore;
import io.tailrace.stores.bytes.ScanOrder;
import io.tailrace.stores.layer.ValueForm;
import io.tailrace.stores.segment.TimedKey;
import io.tailrace.stores.segment.TimedStore;
import org.jspecify.annotations.Nullable;

/**
 * A window store of bytes on an ordered byte store; the time of a window is its start. Owner: the task's thread, except
 * {@link #readOnlyView()}.
 */
public final class ByteWindowStore extends TimedStore
        implements WindowStore<Bytes, byte[]>, QueryableStore<ReadOnlyWindowStore<Bytes, byte[]>> {
    private final WindowSpec spec;
    private final WindowReads reads;

    /** A store without a changelog. {@code physical} is not open yet. */
    public ByteWindowStore(ByteStore physical, WindowSpec spec) {
        this(physical, spec, ValueForm.PLAIN, false);
    }

    private ByteWindowStore(ByteStore physical, WindowSpec spec, ValueForm values, boolean logged) {
        super(physical, TimedKey.WINDOW, spec.retention(), spec.retainDuplicates() ? "-dup" : "", values, logged);
        this.spec = spec;
        this.reads = new WindowReads(spec, ownReads());
    }

    /** This store, not open, with values of that form, and with a changelog if {@code logged}. */
    public ByteWindowStore with(ValueForm values, boolean logged) {
        return new ByteWindowStore(physical(), spec, values, logged);
    }

    public WindowSpec spec() {
        return spec;
    }

    /**
     * Writes one value. Where duplicates are kept it is added, and null does nothing.
     *
     * @throws IllegalArgumentException when the start is negative
     */
    @Override
    public void put(Bytes key, byte @Nullable [] value, long windowStartTimestamp) {
        if (value == null && spec.retainDuplicates()) {
            requireOpen();
            return;
        }
        if (admit(windowStartTimestamp)) {
            write(key, windowStartTimestamp, spec.retainDuplicates() ? nextSequence() : 0, value);
        }
    }

    /** @throws IllegalArgumentException when the start is negative */
    @Override
    public boolean admit(long windowStartMs) {
        requireOpen();
        if (windowStartMs < 0) {
            throw new IllegalArgumentException(
                    "store '" + name() + "': window start is " + windowStartMs + " ms, expected 0 or more");
        }
        return super.admit(windowStartMs);
    }

    @Override
    public byte @Nullable [] fetch(Bytes key, long time) {
        return reads.fetch(key, time);
    }

    @Override
    public WindowStoreIterator<byte[]> fetch(Bytes key, long timeFrom, long timeTo) {
        return reads.fetch(key, timeFrom, timeTo, ScanOrder.ASCENDING);
    }

    @Override
    public WindowStoreIterator<byte[]> backwardFetch(Bytes key, long timeFrom, long timeTo) {
        return reads.fetch(key, timeFrom, timeTo, ScanOrder.DESCENDING);
    }

    @Override
    public KeyValueIterator<Windowed<Bytes>, byte[]> fetch(
            @Nullable Bytes keyFrom, @Nullable Bytes keyTo, long timeFrom, long timeTo) {
        return reads.fetch(keyFrom, keyTo, timeFrom, timeTo, ScanOrder.ASCENDING);
    }

    @Override
    public KeyValueIterator<Windowed<Bytes>, byte[]> backwardFetch(
            @Nullable Bytes keyFrom, @Nullable Bytes keyTo, long timeFrom, long timeTo) {
        return reads.fetch(keyFrom, keyTo, timeFrom, timeTo, ScanOrder.DESCENDING);
    }

    @Override
    public KeyValueIterator<Windowed<Bytes>, byte[]> fetchAll(long timeFrom, long timeTo) {
        return reads.fetch(null, null, timeFrom, timeTo, ScanOrder.ASCENDING);
    }

    @Override
    public KeyValueIterator<Windowed<Bytes>, byte[]> backwardFetchAll(long timeFrom, long timeTo) {
        return reads.fetch(null, null, timeFrom, timeTo, ScanOrder.DESCENDING);
    }

    @Override
    public KeyValueIterator<Windowed<Bytes>, byte[]> all() {
        return reads.all();
    }

    @Override
    public KeyValueIterator<Windowed<Bytes>, byte[]> backwardAll() {
        return reads.backwardAll();
    }

    @Override
    public WindowReads readOnlyView() {
        return new WindowReads(spec, committedReads());
    }
}
