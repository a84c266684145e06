package io.tailrace.storesuite;

import io.tailrace.state.KeyValueIterator;
import io.tailrace.state.KeyValueStore;
import io.tailrace.state.ReadOnlyKeyValueStore;
import io.tailrace.stores.Entries;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Key-value stores: entries are {@code key=value}. */
record KeyValueSubject(KeyValueStore<String, Object> store, Values values) implements Subject {
    @Override
    public void put(String key, long startMs, long timeMs, @Nullable Long number) {
        store.put(key, values.orNull(number));
    }

    @Override
    public Reads owner() {
        return new KeyValueReads(store);
    }

    @Override
    public Reads reader() {
        return Subject.reader(store, KeyValueReads::new);
    }

    @Override
    public Scan scan() {
        KeyValueIterator<String, Object> all = store.all();
        return new Scan(all::hasNext, all::close);
    }

    private record KeyValueReads(ReadOnlyKeyValueStore<String, Object> store) implements Reads {
        @Override
        public @Nullable String get(String key, long startMs, long timeMs) {
            Object value = store.get(key);
            return value == null ? null : Values.shown(value);
        }

        @Override
        public List<String> all(boolean forward) {
            return shown(forward ? store.all() : store.reverseAll());
        }

        @Override
        public @Nullable List<String> ofKey(String key, long fromMs, long toMs, boolean forward) {
            return null;
        }

        @Override
        public List<String> range(@Nullable String from, @Nullable String to, long fromMs, long toMs, boolean forward) {
            return shown(forward ? store.range(from, to) : store.reverseRange(from, to));
        }

        private static List<String> shown(KeyValueIterator<String, Object> scan) {
            return Entries.list(scan).stream()
                    .map(entry -> entry.key + "=" + Values.shown(entry.value))
                    .toList();
        }
    }
}
