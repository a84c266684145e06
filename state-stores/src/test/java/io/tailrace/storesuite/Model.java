package io.tailrace.storesuite;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a store should hold: a sorted map, and the stream time. */
abstract class Model implements Reads {
    final Values values;

    /** The highest time that was put, -1 before. */
    long nowMs = -1;

    Model(Values values) {
        this.values = values;
    }

    /** As {@link Subject#put}. */
    abstract void put(String key, long startMs, long timeMs, @Nullable Long number);

    abstract Model copy();

    final long retentionMs() {
        return StoreKind.RETENTION.toMillis();
    }

    static List<String> ordered(List<String> entries, boolean forward) {
        if (!forward) {
            Collections.reverse(entries);
        }
        return entries;
    }

    /** Entries that are found by more than their key have a time, which orders those of one key. */
    private abstract static class OfEntries<A extends Comparable<A>> extends Model {
        final TreeMap<A, String> entries = new TreeMap<>();

        OfEntries(Values values) {
            super(values);
        }

        abstract String label(A at);

        final void write(A at, @Nullable Long number) {
            if (number == null) {
                entries.remove(at);
            } else {
                entries.put(at, Values.shown(values.of(number)));
            }
        }

        final <M extends OfEntries<A>> M filled(M copy) {
            copy.entries.putAll(entries);
            copy.nowMs = nowMs;
            return copy;
        }

        final List<String> matching(Predicate<A> test, boolean forward) {
            List<String> found = new ArrayList<>();
            for (Map.Entry<A, String> entry : entries.entrySet()) {
                if (test.test(entry.getKey())) {
                    found.add(label(entry.getKey()) + "=" + entry.getValue());
                }
            }
            return ordered(found, forward);
        }

        @Override
        public List<String> all(boolean forward) {
            return matching(at -> true, forward);
        }

        static boolean within(String key, @Nullable String from, @Nullable String to) {
            return (from == null || key.compareTo(from) >= 0) && (to == null || key.compareTo(to) <= 0);
        }
    }

    static final class OfKeys extends OfEntries<String> {
        OfKeys(Values values) {
            super(values);
        }

        @Override
        String label(String at) {
            return at;
        }

        @Override
        void put(String key, long startMs, long timeMs, @Nullable Long number) {
            write(key, number);
        }

        @Override
        Model copy() {
            return filled(new OfKeys(values));
        }

        @Override
        public @Nullable String get(String key, long startMs, long timeMs) {
            return entries.get(key);
        }

        @Override
        public @Nullable List<String> ofKey(String key, long fromMs, long toMs, boolean forward) {
            return null;
        }

        @Override
        public List<String> range(@Nullable String from, @Nullable String to, long fromMs, long toMs, boolean forward) {
            return matching(key -> within(key, from, to), forward);
        }
    }

    /** The number counts the values of one key and start, where all are kept. */
    record WindowAt(String key, long startMs, int number) implements Comparable<WindowAt> {
        private static final Comparator<WindowAt> ORDER = Comparator.comparing(WindowAt::key)
                .thenComparing(WindowAt::startMs)
                .thenComparing(WindowAt::number);

        @Override
        public int compareTo(WindowAt other) {
            return ORDER.compare(this, other);
        }
    }

    static final class OfWindows extends OfEntries<WindowAt> {
        private final boolean duplicates;
        private int lastNumber;

        OfWindows(Values values, boolean duplicates) {
            super(values);
            this.duplicates = duplicates;
        }

        @Override
        String label(WindowAt at) {
            return at.key() + "@" + at.startMs();
        }

        @Override
        void put(String key, long startMs, long timeMs, @Nullable Long number) {
            if (duplicates && number == null) {
                return;
            }
            nowMs = Math.max(nowMs, timeMs);
            if (duplicates) {
                lastNumber++;
            }
            write(new WindowAt(key, timeMs, lastNumber), number);
            entries.keySet().removeIf(at -> at.startMs() <= nowMs - retentionMs());
        }

        @Override
        Model copy() {
            OfWindows copy = filled(new OfWindows(values, duplicates));
            copy.lastNumber = lastNumber;
            return copy;
        }

        @Override
        public @Nullable String get(String key, long startMs, long timeMs) {
            String newest = null;
            for (Map.Entry<WindowAt, String> entry : entries.entrySet()) {
                if (entry.getKey().key().equals(key) && entry.getKey().startMs() == timeMs) {
                    newest = entry.getValue();
                }
            }
            return newest;
        }

        @Override
        public List<String> ofKey(String key, long fromMs, long toMs, boolean forward) {
            return range(key, key, fromMs, toMs, forward);
        }

        @Override
        public List<String> range(@Nullable String from, @Nullable String to, long fromMs, long toMs, boolean forward) {
            return matching(
                    at -> within(at.key(), from, to) && at.startMs() >= fromMs && at.startMs() <= toMs, forward);
        }
    }

    record SessionAt(String key, long endMs, long startMs) implements Comparable<SessionAt> {
        private static final Comparator<SessionAt> ORDER = Comparator.comparing(SessionAt::key)
                .thenComparing(SessionAt::endMs)
                .thenComparing(SessionAt::startMs);

        @Override
        public int compareTo(SessionAt other) {
            return ORDER.compare(this, other);
        }
    }

    static final class OfSessions extends OfEntries<SessionAt> {
        OfSessions(Values values) {
            super(values);
        }

        @Override
        String label(SessionAt at) {
            return at.key() + "@" + at.startMs() + ".." + at.endMs();
        }

        @Override
        void put(String key, long startMs, long timeMs, @Nullable Long number) {
            nowMs = Math.max(nowMs, timeMs);
            write(new SessionAt(key, timeMs, startMs), number);
            entries.keySet().removeIf(at -> at.endMs() <= nowMs - retentionMs());
        }

        @Override
        Model copy() {
            return filled(new OfSessions(values));
        }

        @Override
        public @Nullable String get(String key, long startMs, long timeMs) {
            return entries.get(new SessionAt(key, timeMs, startMs));
        }

        @Override
        public List<String> ofKey(String key, long fromMs, long toMs, boolean forward) {
            return range(key, key, fromMs, toMs, forward);
        }

        @Override
        public List<String> range(@Nullable String from, @Nullable String to, long fromMs, long toMs, boolean forward) {
            return matching(at -> within(at.key(), from, to) && at.endMs() >= fromMs && at.startMs() <= toMs, forward);
        }
    }
}
