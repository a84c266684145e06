package io.tailrace.storesuite;

import io.tailrace.state.KeyValueIterator;
import io.tailrace.state.ReadOnlySessionStore;
import io.tailrace.state.SessionStore;
import io.tailrace.state.SessionWindow;
import io.tailrace.state.Windowed;
import io.tailrace.stores.Entries;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Session stores: entries are {@code key@start..end=aggregate}. */
record SessionSubject(SessionStore<String, Object> store, Values values) implements Subject {
    @Override
    public void put(String key, long startMs, long timeMs, @Nullable Long number) {
        store.put(new Windowed<>(key, new SessionWindow(startMs, timeMs)), values.orNull(number));
    }

    @Override
    public Reads owner() {
        return new SessionReads(store);
    }

    @Override
    public Reads reader() {
        return Subject.reader(store, SessionReads::new);
    }

    @Override
    public Scan scan() {
        KeyValueIterator<Windowed<String>, Object> all = store.fetch(null, null);
        return new Scan(all::hasNext, all::close);
    }

    /** Within a time are the sessions that end in it or behind it, and have begun by its end. */
    private record SessionReads(ReadOnlySessionStore<String, Object> store) implements Reads {
        @Override
        public @Nullable String get(String key, long startMs, long timeMs) {
            Object value = store.fetchSession(key, startMs, timeMs);
            return value == null ? null : Values.shown(value);
        }

        @Override
        public List<String> all(boolean forward) {
            return shown(forward ? store.fetch(null, null) : store.backwardFetch(null, null));
        }

        @Override
        public List<String> ofKey(String key, long fromMs, long toMs, boolean forward) {
            return shown(
                    forward ? store.findSessions(key, fromMs, toMs) : store.backwardFindSessions(key, fromMs, toMs));
        }

        @Override
        public List<String> range(@Nullable String from, @Nullable String to, long fromMs, long toMs, boolean forward) {
            return shown(
                    forward
                            ? store.findSessions(from, to, fromMs, toMs)
                            : store.backwardFindSessions(from, to, fromMs, toMs));
        }

        private static List<String> shown(KeyValueIterator<Windowed<String>, Object> scan) {
            return Entries.list(scan).stream()
                    .map(entry -> {
                        Windowed<String> session = Objects.requireNonNull(entry.key);
                        return session.key() + "@" + session.window().start() + ".."
                                + session.window().end() + "=" + Values.shown(entry.value);
                    })
                    .toList();
        }
    }
}
