package io.tailrace.storesuite;

import io.tailrace.state.KeyValueIterator;
import io.tailrace.state.ReadOnlyWindowStore;
import io.tailrace.state.WindowStore;
import io.tailrace.state.WindowStoreIterator;
import io.tailrace.state.Windowed;
import io.tailrace.stores.Entries;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Window stores: entries are {@code key@start=value}. */
record WindowSubject(WindowStore<String, Object> store, Values values) implements Subject {
    @Override
    public void put(String key, long startMs, long timeMs, @Nullable Long number) {
        store.put(key, values.orNull(number), timeMs);
    }

    @Override
    public Reads owner() {
        return new WindowReads(store);
    }

    @Override
    public Reads reader() {
        return Subject.reader(store, WindowReads::new);
    }

    @Override
    public Scan scan() {
        KeyValueIterator<Windowed<String>, Object> all = store.all();
        return new Scan(all::hasNext, all::close);
    }

    private record WindowReads(ReadOnlyWindowStore<String, Object> store) implements Reads {
        @Override
        public @Nullable String get(String key, long startMs, long timeMs) {
            Object value = store.fetch(key, timeMs);
            return value == null ? null : Values.shown(value);
        }

        @Override
        public List<String> all(boolean forward) {
            List<String> all = shown(forward ? store.all() : store.backwardAll());
            Instant end = Instant.ofEpochMilli(Long.MAX_VALUE);
            List<String> always =
                    shown(forward ? store.fetchAll(Instant.EPOCH, end) : store.backwardFetchAll(Instant.EPOCH, end));
            if (!always.equals(all)) {
                throw new AssertionError("all: " + all + ", from the first time to the last: " + always);
            }
            return all;
        }

        @Override
        public List<String> ofKey(String key, long fromMs, long toMs, boolean forward) {
            Instant from = Instant.ofEpochMilli(fromMs);
            Instant to = Instant.ofEpochMilli(toMs);
            try (WindowStoreIterator<Object> scan =
                    forward ? store.fetch(key, from, to) : store.backwardFetch(key, from, to)) {
                return Entries.list(scan).stream()
                        .map(entry -> key + "@" + entry.key + "=" + Values.shown(entry.value))
                        .toList();
            }
        }

        @Override
        public List<String> range(@Nullable String from, @Nullable String to, long fromMs, long toMs, boolean forward) {
            Instant first = Instant.ofEpochMilli(fromMs);
            Instant last = Instant.ofEpochMilli(toMs);
            return shown(forward ? store.fetch(from, to, first, last) : store.backwardFetch(from, to, first, last));
        }

        private static List<String> shown(KeyValueIterator<Windowed<String>, Object> scan) {
            return Entries.list(scan).stream()
                    .map(entry -> {
                        Windowed<String> window = Objects.requireNonNull(entry.key);
                        return window.key() + "@" + window.window().start() + "=" + Values.shown(entry.value);
                    })
                    .toList();
        }
    }
}
