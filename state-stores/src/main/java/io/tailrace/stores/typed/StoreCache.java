package io.tailrace.stores.typed;

import io.tailrace.processor.WriteBack;
import io.tailrace.stores.cache.FlushListener;
import io.tailrace.stores.cache.SpanKey;
import io.tailrace.stores.cache.WriteBackCache;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The cache of one open store. Its keys are what {@link HeldEntries#held} makes, or hold that. Owner: the task's thread. */
final class StoreCache<K, V> {
    private final HeldEntries<K, V> held;
    private final WriteBackCache<Object, Object> cache;

    /** Reads from the store below. */
    @FunctionalInterface
    interface Reader<K, V> {
        byte @Nullable [] read(HeldEntries<K, V> held, Object key);
    }

    /** Writes to the store below. */
    @FunctionalInterface
    interface Writer<K, V> {
        void write(HeldEntries<K, V> held, Object key, byte @Nullable [] value);
    }

    StoreCache(Entries<K, V> entries, WriteBack writeBack, Reader<K, V> reader, Writer<K, V> writer) {
        HeldEntries<K, V> heldEntries = new HeldEntries<>(entries);
        this.held = heldEntries;
        this.cache = new WriteBackCache<>(
                new WriteBackCache.Below<>() {
                    @Override
                    public @Nullable Object read(Object key) {
                        return heldEntries.heldBytes(reader.read(heldEntries, key));
                    }

                    @Override
                    public void write(Object key, @Nullable Object value) {
                        writer.write(heldEntries, key, heldEntries.valueBytes(value));
                    }

                    @Override
                    public Object storedKey(Object key) {
                        if (!(key instanceof SpanKey span)) {
                            return heldEntries.storedKey(key);
                        }
                        Object stored = heldEntries.storedKey(span.key());
                        return stored == span.key() ? key : new SpanKey(stored, span.startMs(), span.endMs());
                    }

                    @Override
                    public boolean hasOwnTime() {
                        return entries.hasTimes();
                    }
                },
                writeBack,
                heldEntries.weigher());
    }

    HeldEntries<K, V> held() {
        return held;
    }

    /** @param toKey makes the listener's key of one of the cache's */
    <L> void listen(Function<Object, L> toKey, FlushListener<L, V> listener, boolean sendOldValues) {
        cache.listen(
                (key, newValue, oldValue, origin) -> listener.flushed(
                        toKey.apply(key),
                        held.valueOf(newValue),
                        held.valueOf(oldValue),
                        origin.timestamp(),
                        origin.headers()),
                sendOldValues);
    }

    @Nullable
    V get(Object key) {
        return held.valueOf(cache.get(key));
    }

    void put(Object key, @Nullable V value) {
        cache.put(key, held.heldValue(value));
    }

    void writeBelow() {
        cache.writeBelow();
    }

    void beginCommit() {
        cache.beginCommit();
    }

    void endCommit() {
        cache.endCommit();
    }

    void close() {
        cache.close();
    }
}
