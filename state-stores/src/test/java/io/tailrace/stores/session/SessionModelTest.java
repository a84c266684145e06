package io.tailrace.stores.session;

import static io.tailrace.stores.Entries.bytes;
import static io.tailrace.stores.Entries.key;
import static io.tailrace.stores.Entries.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.common.Bytes;
import io.tailrace.processor.KeyValue;
import io.tailrace.state.KeyValueIterator;
import io.tailrace.state.ReadOnlySessionStore;
import io.tailrace.state.SessionWindow;
import io.tailrace.state.Windowed;
import io.tailrace.stores.Entries;
import io.tailrace.stores.ScratchDirectory;
import io.tailrace.stores.TestContext;
import io.tailrace.stores.bytes.ByteStore;
import io.tailrace.stores.bytes.MemoryByteStore;
import io.tailrace.stores.bytes.OrderedBytes;
import io.tailrace.stores.layer.ValueForm;
import io.tailrace.stores.rocksdb.RocksByteStore;
import io.tailrace.stores.segment.Retention;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

/** Session stores driven at random beside a plain map, commits, crashes, restarts and restores included. */
class SessionModelTest {
    private static final Retention RETENTION = new Retention(100, 40);
    private static final String NAME = "s";

    private record At(String key, long end, long start) implements Comparable<At> {
        @Override
        public int compareTo(At other) {
            return Comparator.comparing(At::key)
                    .thenComparing(At::end)
                    .thenComparing(At::start)
                    .compare(this, other);
        }
    }

    @Property(tries = 120)
    void shouldAgreeWithAMapInMemory(@ForAll long seed) throws Exception {
        drive(MemoryByteStore::new, seed);
    }

    @Property(tries = 15)
    void shouldAgreeWithAMapInRocksDb(@ForAll long seed) throws Exception {
        drive(RocksByteStore::new, seed);
    }

    private static ByteSessionStore open(Function<String, ByteStore> storage, TestContext context) {
        ByteSessionStore store = new ByteSessionStore(storage.apply(NAME), RETENTION).with(ValueForm.PLAIN, true);
        store.init(context, store);
        return store;
    }

    private static void drive(Function<String, ByteStore> storage, long seed) throws Exception {
        Random random = new Random(seed);
        TreeMap<At, String> model = new TreeMap<>();
        TreeMap<At, String> committed = new TreeMap<>();
        long now = -1;
        try (ScratchDirectory scratch = ScratchDirectory.create()) {
            TestContext context = new TestContext(scratch.path());
            ByteSessionStore store = open(storage, context);
            for (int step = 0; step < 120; step++) {
                long end = Math.max(0, step * 3 - random.nextInt(130));
                At at = new At(randomKey(random), end, Math.max(0, end - random.nextInt(60)));
                String value = random.nextInt(6) == 0 ? null : "v" + step;
                store.put(session(at), value == null ? null : bytes(value));
                now = Math.max(now, end);
                if (value == null) {
                    model.remove(at);
                } else {
                    model.put(at, value);
                }
                long earliest = now - RETENTION.retentionMs() + 1;
                model.keySet().removeIf(each -> each.end() < earliest);
                if (random.nextInt(8) == 0) {
                    store.commit(context.end(NAME));
                    committed = new TreeMap<>(model);
                    compare(store.readOnlyView(), model, random, step * 3L);
                }
                compare(store, model, random, step * 3L);
                checkEnds(store, model, step * 3L - random.nextInt(100), step * 3L);
            }
            store.close();
            if (store.persistent()) {
                ByteSessionStore reopened = open(storage, new TestContext(scratch.path()));
                compare(reopened, committed, random, 360);
                reopened.close();
            }
            try (ScratchDirectory other = ScratchDirectory.create()) {
                TestContext elsewhere = new TestContext(other.path());
                ByteSessionStore restored = open(storage, elsewhere);
                elsewhere.restore(NAME, context.logged(NAME));
                compare(restored, model, random, 360);
                compare(restored.readOnlyView(), model, random, 360);
                restored.close();
            }
        }
    }

    private static void compare(
            ReadOnlySessionStore<Bytes, byte[]> store, Map<At, String> model, Random random, long now) {
        long earliestEnd = now - random.nextInt(160);
        long latestStart = earliestEnd + random.nextInt(120);
        String key = randomKey(random);
        String low = random.nextInt(4) == 0 ? null : key;
        String high = random.nextInt(4) == 0 ? null : randomKey(random);
        Predicate<At> found = at -> at.end() >= earliestEnd && at.start() <= latestStart;
        Predicate<At> ofKey = at -> at.key().equals(key);
        Predicate<At> between = at -> (low == null || at.key().compareTo(low) >= 0)
                && (high == null || at.key().compareTo(high) <= 0);
        check(store.findSessions(key(key), earliestEnd, latestStart), model, ofKey.and(found), true);
        check(reversed(store.backwardFindSessions(key(key), earliestEnd, latestStart)), model, ofKey.and(found));
        check(store.fetch(key(key)), model, ofKey, true);
        check(reversed(store.backwardFetch(key(key))), model, ofKey);
        check(store.findSessions(bound(low), bound(high), earliestEnd, latestStart), model, between.and(found), false);
        check(
                store.backwardFindSessions(bound(low), bound(high), earliestEnd, latestStart),
                model,
                between.and(found),
                false);
        check(store.fetch(bound(low), bound(high)), model, between, false);
        check(store.backwardFetch(bound(low), bound(high)), model, between, false);
        for (Map.Entry<At, String> entry : model.entrySet()) {
            At at = entry.getKey();
            assertThat(text(store.fetchSession(key(at.key()), at.start(), at.end())))
                    .isEqualTo(entry.getValue());
        }
        assertThat(store.fetchSession(key("nobody"), 0, now)).isNull();
    }

    private static void checkEnds(ByteSessionStore store, Map<At, String> model, long from, long to) {
        check(store.findSessions(from, to), model, at -> at.end() >= from && at.end() <= to, false);
    }

    private static void check(
            KeyValueIterator<Windowed<Bytes>, byte[]> scan,
            Map<At, String> model,
            Predicate<At> expected,
            boolean inOrder) {
        List<String> actual = describe(Entries.list(scan));
        List<String> wanted = describe(model, expected);
        if (inOrder) {
            assertThat(actual).isEqualTo(wanted);
        } else {
            assertThat(actual).containsExactlyInAnyOrderElementsOf(wanted);
        }
    }

    private static void check(
            List<KeyValue<Windowed<Bytes>, byte[]>> entries, Map<At, String> model, Predicate<At> expected) {
        assertThat(describe(entries)).isEqualTo(describe(model, expected));
    }

    private static List<KeyValue<Windowed<Bytes>, byte[]>> reversed(KeyValueIterator<Windowed<Bytes>, byte[]> scan) {
        List<KeyValue<Windowed<Bytes>, byte[]>> entries = Entries.list(scan);
        Collections.reverse(entries);
        return entries;
    }

    private static List<String> describe(List<KeyValue<Windowed<Bytes>, byte[]>> entries) {
        List<String> all = new ArrayList<>();
        for (KeyValue<Windowed<Bytes>, byte[]> entry : entries) {
            Windowed<Bytes> session = OrderedBytes.keyOf(entry);
            assertThat(session.window()).isInstanceOf(SessionWindow.class);
            all.add(text(session.key().get()) + "@" + session.window().start() + ".."
                    + session.window().end() + "=" + text(entry.value));
        }
        return all;
    }

    private static List<String> describe(Map<At, String> model, Predicate<At> expected) {
        List<String> all = new ArrayList<>();
        model.forEach((at, value) -> {
            if (expected.test(at)) {
                all.add(at.key() + "@" + at.start() + ".." + at.end() + "=" + value);
            }
        });
        return all;
    }

    private static Windowed<Bytes> session(At at) {
        return new Windowed<>(key(at.key()), new SessionWindow(at.start(), at.end()));
    }

    private static @Nullable Bytes bound(@Nullable String key) {
        return key == null ? null : key(key);
    }

    private static String randomKey(Random random) {
        String[] keys = {"", "a", "aa", "a\0", "b", "\u00ff"};
        return keys[random.nextInt(keys.length)];
    }
}
