package io.tailrace.stores.window;

import static io.tailrace.stores.Entries.bytes;
import static io.tailrace.stores.Entries.key;
import static io.tailrace.stores.Entries.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.common.Bytes;
import io.tailrace.processor.KeyValue;
import io.tailrace.state.KeyValueIterator;
import io.tailrace.state.Windowed;
import io.tailrace.stores.Entries;
import io.tailrace.stores.ScratchDirectory;
import io.tailrace.stores.TestContext;
import io.tailrace.stores.bytes.ByteStore;
import io.tailrace.stores.bytes.MemoryByteStore;
import io.tailrace.stores.bytes.OrderedBytes;
import io.tailrace.stores.bytes.ScanOrder;
import io.tailrace.stores.layer.ValueForm;
import io.tailrace.stores.rocksdb.RocksByteStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

/** Window stores driven at random beside a plain map of (key, start), commits, restarts and restores included. */
class WindowModelTest {
    private static final WindowSpec SPEC = new WindowSpec(10, 100, 40, false);
    private static final String NAME = "w";

    private record At(String key, long start) implements Comparable<At> {
        @Override
        public int compareTo(At other) {
            return Comparator.comparing(At::key).thenComparing(At::start).compare(this, other);
        }
    }

    @Property(tries = 150)
    void shouldAgreeWithAMapInMemory(@ForAll long seed) throws Exception {
        drive(MemoryByteStore::new, seed);
    }

    @Property(tries = 20)
    void shouldAgreeWithAMapInRocksDb(@ForAll long seed) throws Exception {
        drive(RocksByteStore::new, seed);
    }

    private static ByteWindowStore open(Function<String, ByteStore> storage, TestContext context) {
        ByteWindowStore store = new ByteWindowStore(storage.apply(NAME), SPEC).with(ValueForm.PLAIN, true);
        store.init(context, store);
        return store;
    }

    private static void drive(Function<String, ByteStore> storage, long seed) throws Exception {
        Random random = new Random(seed);
        TreeMap<At, String> model = new TreeMap<>();
        long now = -1;
        try (ScratchDirectory scratch = ScratchDirectory.create()) {
            TestContext context = new TestContext(scratch.path());
            ByteWindowStore store = open(storage, context);
            for (int step = 0; step < 150; step++) {
                String key = randomKey(random);
                long start = Math.max(0, step * 3 - random.nextInt(130));
                String value = random.nextInt(6) == 0 ? null : "v" + step;
                store.put(key(key), value == null ? null : bytes(value), start);
                now = Math.max(now, start);
                if (start > now - SPEC.retentionMs()) {
                    if (value == null) {
                        model.remove(new At(key, start));
                    } else {
                        model.put(new At(key, start), value);
                    }
                }
                long earliest = now - SPEC.retentionMs() + 1;
                model.keySet().removeIf(at -> at.start() < earliest);
                if (random.nextInt(8) == 0) {
                    store.commit(context.end(NAME));
                    compare(store.readOnlyView(), model, random, step * 3L);
                }
                compare(store, model, random, step * 3L);
            }
            store.close();

            try (ScratchDirectory other = ScratchDirectory.create()) {
                TestContext elsewhere = new TestContext(other.path());
                ByteWindowStore restored = open(storage, elsewhere);
                elsewhere.restore(NAME, context.logged(NAME));
                compare(restored, model, random, 500);
                compare(restored.readOnlyView(), model, random, 500);
                restored.close();
            }
        }
    }

    private static void compare(ByteWindowStore store, Map<At, String> model, Random random, long now) {
        long from = now - random.nextInt(160);
        long to = from + random.nextInt(120);
        String key = randomKey(random);
        String high = random.nextInt(4) == 0 ? null : randomKey(random);
        String low = random.nextInt(4) == 0 ? null : key;
        assertThat(text(store.fetch(key(key), to))).isEqualTo(model.get(new At(key, to)));
        checkKey(Entries.list(store.fetch(key(key), from, to)), model, key, from, to);
        checkRange(store.fetch(bound(low), bound(high), from, to), model, low, high, from, to);
        checkRange(store.backwardFetch(bound(low), bound(high), from, to), model, low, high, from, to);
        checkRange(store.fetchAll(from, to), model, null, null, from, to);
        checkRange(store.all(), model, null, null, 0, Long.MAX_VALUE);
        List<KeyValue<Long, byte[]>> backward = Entries.list(store.backwardFetch(key(key), from, to));
        Collections.reverse(backward);
        checkKey(backward, model, key, from, to);
    }

    private static void compare(WindowReads view, Map<At, String> model, Random random, long now) {
        long from = now - random.nextInt(160);
        long to = from + random.nextInt(120);
        String key = randomKey(random);
        assertThat(text(view.fetch(key(key), to))).isEqualTo(model.get(new At(key, to)));
        checkKey(Entries.list(view.fetch(key(key), from, to, ScanOrder.ASCENDING)), model, key, from, to);
        checkRange(view.backwardAll(), model, null, null, 0, Long.MAX_VALUE);
    }

    private static void checkKey(
            List<KeyValue<Long, byte[]>> found, Map<At, String> model, String key, long from, long to) {
        List<String> expected = model.entrySet().stream()
                .filter(entry -> entry.getKey().key().equals(key) && within(entry.getKey(), from, to))
                .map(entry -> entry.getKey().start() + "=" + entry.getValue())
                .toList();
        assertThat(found)
                .extracting(entry -> entry.key + "=" + text(entry.value))
                .isEqualTo(expected);
    }

    private static void checkRange(
            KeyValueIterator<Windowed<Bytes>, byte[]> scan,
            Map<At, String> model,
            @Nullable String low,
            @Nullable String high,
            long from,
            long to) {
        TreeMap<At, String> found = new TreeMap<>();
        List<At> order = new ArrayList<>();
        try (scan) {
            scan.forEachRemaining(entry -> {
                Windowed<Bytes> windowed = OrderedBytes.keyOf(entry);
                At at = new At(
                        String.valueOf(text(windowed.key().get())),
                        windowed.window().start());
                order.add(at);
                found.put(at, String.valueOf(text(entry.value)));
            });
        }
        TreeMap<At, String> expected = new TreeMap<>(model);
        expected.keySet()
                .removeIf(at -> !within(at, from, to)
                        || (low != null && at.key().compareTo(low) < 0)
                        || (high != null && at.key().compareTo(high) > 0));
        assertThat(found).isEqualTo(expected);
        assertThat(order).doesNotHaveDuplicates();
    }

    private static boolean within(At at, long from, long to) {
        return from <= at.start() && at.start() <= to;
    }

    private static @Nullable Bytes bound(@Nullable String key) {
        return key == null ? null : key(key);
    }

    /** Keys that are prefixes of each other, and bytes as they occur in the times behind them. */
    private static String randomKey(Random random) {
        StringBuilder key = new StringBuilder();
        for (int length = random.nextInt(4); length > 0; length--) {
            key.append("\0\1ab".charAt(random.nextInt(4)));
        }
        return key.toString();
    }
}
