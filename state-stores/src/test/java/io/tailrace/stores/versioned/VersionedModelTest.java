package io.tailrace.stores.versioned;

import static io.tailrace.stores.Entries.bytes;
import static io.tailrace.stores.Entries.key;
import static io.tailrace.stores.Entries.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.common.Bytes;
import io.tailrace.state.ReadOnlyVersionedKeyValueStore;
import io.tailrace.state.VersionedKeyValueStore;
import io.tailrace.state.VersionedRecord;
import io.tailrace.state.VersionedRecordIterator;
import io.tailrace.stores.ScratchDirectory;
import io.tailrace.stores.TestContext;
import io.tailrace.stores.bytes.ByteStore;
import io.tailrace.stores.bytes.MemoryByteStore;
import io.tailrace.stores.rocksdb.RocksByteStore;
import io.tailrace.stores.segment.Retention;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

/** Versioned stores driven at random beside maps that forget nothing, commits, crashes and restores included. */
class VersionedModelTest {
    private static final Retention RETENTION = new Retention(60, 25);
    private static final String NAME = "v";

    /** All that was ever put for one key, by time; deletions as an empty value. */
    private static final class Model {
        final Map<String, TreeMap<Long, Optional<String>>> puts = new HashMap<>();
        long now = -1;

        Model copy() {
            Model copy = new Model();
            puts.forEach((key, versions) -> copy.puts.put(key, new TreeMap<>(versions)));
            copy.now = now;
            return copy;
        }

        NavigableMap<Long, Optional<String>> of(String key) {
            return puts.computeIfAbsent(key, any -> new TreeMap<>());
        }

        long put(String key, @Nullable String value, long time) {
            if (time < now - RETENTION.retentionMs()) {
                return VersionedKeyValueStore.PUT_RETURN_CODE_NOT_PUT;
            }
            now = Math.max(now, time);
            of(key).put(time, Optional.ofNullable(value));
            Long next = of(key).higherKey(time);
            return next == null ? VersionedKeyValueStore.PUT_RETURN_CODE_VALID_TO_UNDEFINED : next;
        }

        @Nullable
        String get(String key, long asOf) {
            Map.Entry<Long, Optional<String>> version = of(key).floorEntry(asOf);
            if (version == null || version.getValue().isEmpty()) {
                return null;
            }
            Long next = of(key).higherKey(version.getKey());
            if (next != null && asOf < now - RETENTION.retentionMs()) {
                return null;
            }
            return describe(version.getValue().get(), version.getKey(), next);
        }

        @Nullable
        String latest(String key) {
            Map.Entry<Long, Optional<String>> version = of(key).lastEntry();
            return version == null || version.getValue().isEmpty()
                    ? null
                    : describe(version.getValue().get(), version.getKey(), null);
        }

        List<String> history(String key, long from, long to) {
            long oldest = Math.max(from, now - RETENTION.retentionMs());
            List<String> all = new ArrayList<>();
            of(key).forEach((time, value) -> {
                Long next = of(key).higherKey(time);
                boolean reaches = next == null ? from <= to : next > oldest && oldest <= to;
                if (value.isPresent() && time <= to && reaches) {
                    all.add(describe(value.get(), time, next));
                }
            });
            return all;
        }
    }

    private static String describe(String value, long from, @Nullable Long to) {
        return value + "@" + from + (to == null ? "" : ".." + to);
    }

    @Property(tries = 200)
    void shouldAgreeWithAMapInMemory(@ForAll long seed) throws Exception {
        drive(MemoryByteStore::new, seed);
    }

    @Property(tries = 15)
    void shouldAgreeWithAMapInRocksDb(@ForAll long seed) throws Exception {
        drive(RocksByteStore::new, seed);
    }

    private static ByteVersionedStore open(Function<String, ByteStore> storage, TestContext context) {
        ByteVersionedStore store = new ByteVersionedStore(storage.apply(NAME), RETENTION).with(true);
        store.init(context, store);
        return store;
    }

    private static void drive(Function<String, ByteStore> storage, long seed) throws Exception {
        Random random = new Random(seed);
        Model model = new Model();
        Model committed = new Model();
        try (ScratchDirectory scratch = ScratchDirectory.create()) {
            TestContext context = new TestContext(scratch.path());
            ByteVersionedStore store = open(storage, context);
            for (int step = 0; step < 150; step++) {
                String key = randomKey(random);
                long time = Math.max(0, step * 2 - random.nextInt(75));
                String value = random.nextInt(4) == 0 ? null : "v" + step;
                if (value == null && random.nextBoolean()) {
                    String present = model.get(key, time);
                    long put = model.put(key, null, time);
                    assertThat(describe(store.deleteVersion(key(key), time)))
                            .isEqualTo(put == VersionedKeyValueStore.PUT_RETURN_CODE_NOT_PUT ? null : present);
                } else {
                    assertThat(store.put(key(key), value == null ? null : bytes(value), time))
                            .isEqualTo(model.put(key, value, time));
                }
                if (random.nextInt(8) == 0) {
                    store.commit(context.end(NAME));
                    committed = model.copy();
                    compare(store.readOnlyView(), model, random);
                }
                compare(store.reads(), model, random);
            }
            store.close();
            if (store.persistent()) {
                ByteVersionedStore reopened = open(storage, new TestContext(scratch.path()));
                compare(reopened.reads(), committed, random);
                reopened.close();
            }
            try (ScratchDirectory other = ScratchDirectory.create()) {
                TestContext elsewhere = new TestContext(other.path());
                ByteVersionedStore restored = open(storage, elsewhere);
                elsewhere.restore(NAME, context.logged(NAME));
                compare(restored.reads(), model, random);
                compare(restored.readOnlyView(), model, random);
                assertThat(restored.committedOffset(TestContext.changelogOf(NAME)))
                        .isEqualTo(context.logged(NAME).size());
                restored.close();
            }
        }
    }

    private static void compare(ReadOnlyVersionedKeyValueStore<Bytes, byte[]> store, Model model, Random random) {
        for (String key : KEYS) {
            assertThat(describe(store.get(key(key)))).isEqualTo(model.latest(key));
            long asOf = model.now + 5 - random.nextInt(90);
            assertThat(describe(store.get(key(key), asOf)))
                    .as("%s as of %s, now %s", key, asOf, model.now)
                    .isEqualTo(model.get(key, asOf));
            long from = model.now - random.nextInt(90);
            long to = from + random.nextInt(60) - 3;
            assertThat(history(store.history(key(key), from, to, true))).isEqualTo(model.history(key, from, to));
            List<String> backward = history(store.history(key(key), from, to, false));
            Collections.reverse(backward);
            assertThat(backward).isEqualTo(model.history(key, from, to));
        }
    }

    private static List<String> history(VersionedRecordIterator<byte[]> versions) {
        List<String> all = new ArrayList<>();
        try (versions) {
            versions.forEachRemaining(version -> all.add(String.valueOf(describe(version))));
        }
        return all;
    }

    private static @Nullable String describe(@Nullable VersionedRecord<byte[]> version) {
        return version == null
                ? null
                : describe(
                        String.valueOf(text(version.value())),
                        version.timestamp(),
                        version.validTo().orElse(null));
    }

    private static final String[] KEYS = {"", "a", "aa", "\u00ff"};

    private static String randomKey(Random random) {
        return KEYS[random.nextInt(KEYS.length)];
    }
}
