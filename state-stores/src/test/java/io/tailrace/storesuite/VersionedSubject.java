package io.tailrace.storesuite;

import io.tailrace.state.QueryableStore;
import io.tailrace.state.ReadOnlyVersionedKeyValueStore;
import io.tailrace.state.VersionedKeyValueStore;
import io.tailrace.state.VersionedRecord;
import io.tailrace.state.VersionedRecordIterator;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Versioned stores: entries are {@code key@from..to=value}, without an end for the latest of its key. */
record VersionedSubject(VersionedKeyValueStore<String, Object> store, Values values) implements Subject {
    private static final long LAST_MS = Long.MAX_VALUE - 1;

    @Override
    public void put(String key, long startMs, long timeMs, @Nullable Long number) {
        store.put(key, values.orNull(number), timeMs);
    }

    @Override
    public Reads owner() {
        return new VersionedReads() {
            @Override
            @Nullable
            VersionedRecord<Object> at(String key, long timeMs) {
                return store.get(key, timeMs);
            }

            @Override
            @Nullable
            VersionedRecord<Object> latest(String key) {
                return store.get(key);
            }

            @Override
            public @Nullable List<String> ofKey(String key, long fromMs, long toMs, boolean forward) {
                return null;
            }
        };
    }

    @Override
    public Reads reader() {
        return Subject.<ReadOnlyVersionedKeyValueStore<String, Object>>reader(store, view -> new VersionedReads() {
            @Override
            @Nullable
            VersionedRecord<Object> at(String key, long timeMs) {
                return view.get(key, timeMs);
            }

            @Override
            @Nullable
            VersionedRecord<Object> latest(String key) {
                return view.get(key);
            }

            @Override
            public List<String> ofKey(String key, long fromMs, long toMs, boolean forward) {
                List<String> versions = new ArrayList<>();
                try (VersionedRecordIterator<Object> scan = view.history(key, fromMs, toMs, forward)) {
                    scan.forEachRemaining(version -> versions.add(key + "@" + shown(version)));
                }
                return versions;
            }
        });
    }

    @Override
    public Scan scan() {
        @SuppressWarnings("unchecked") // as all stores of ours
        ReadOnlyVersionedKeyValueStore<String, Object> view =
                ((QueryableStore<ReadOnlyVersionedKeyValueStore<String, Object>>) store).readOnlyView();
        VersionedRecordIterator<Object> all = view.history(StoreKind.KEYS.get(1), 0, LAST_MS, true);
        return new Scan(all::hasNext, all::close);
    }

    static String shown(VersionedRecord<?> version) {
        return version.timestamp() + ".."
                + version.validTo().map(String::valueOf).orElse("") + "=" + Values.shown(version.value());
    }

    private abstract static class VersionedReads implements Reads {
        abstract @Nullable VersionedRecord<Object> at(String key, long timeMs);

        abstract @Nullable VersionedRecord<Object> latest(String key);

        @Override
        public @Nullable String get(String key, long startMs, long timeMs) {
            VersionedRecord<Object> version = at(key, timeMs);
            return version == null ? null : shown(version);
        }

        /** The latest version of each key: the store itself does not know its keys. */
        @Override
        public List<String> all(boolean forward) {
            List<String> all = new ArrayList<>();
            for (String key : StoreKind.KEYS) {
                VersionedRecord<Object> version = latest(key);
                if (version != null) {
                    all.add(key + "@" + shown(version));
                }
            }
            if (!forward) {
                Collections.reverse(all);
            }
            return all;
        }

        @Override
        public @Nullable List<String> range(
                @Nullable String from, @Nullable String to, long fromMs, long toMs, boolean forward) {
            return null;
        }
    }
}
