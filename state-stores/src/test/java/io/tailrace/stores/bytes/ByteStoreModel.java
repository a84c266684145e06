package io.tailrace.stores.bytes;

import static io.tailrace.stores.Entries.bytes;
import static io.tailrace.stores.Entries.key;
import static io.tailrace.stores.Entries.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.common.TopicPartition;
import io.tailrace.serde.StringSerializer;
import io.tailrace.stores.Entries;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A byte store driven at random beside a sorted map that must always agree with it. Keys are 0 to 2 letters of a to d. */
public final class ByteStoreModel {
    private final ByteStore store;
    private final Random random;
    private final TreeMap<String, String> written = new TreeMap<>();
    private TreeMap<String, String> committed = new TreeMap<>();
    private int step;

    public ByteStoreModel(ByteStore store, long seed) {
        this.store = store;
        this.random = new Random(seed);
    }

    /** What the last commit has left, each entry as {@code key=value}. */
    public List<String> committedEntries() {
        return committed.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .toList();
    }

    public void run(int steps) {
        for (int i = 0; i < steps; i++) {
            write();
            check();
        }
    }

    public void commit(Map<TopicPartition, Long> offsets) {
        store.commit(offsets);
        committed = new TreeMap<>(written);
    }

    private void write() {
        if (random.nextInt(12) == 0) {
            commit(Map.of());
        } else {
            writeWithoutCommit();
        }
    }

    public void writeWithoutCommit() {
        String key = randomKey();
        String value = "v" + step++;
        switch (random.nextInt(11)) {
            case 0 -> {
                store.put(key(key), null);
                written.remove(key);
            }
            case 1 -> assertThat(text(store.delete(key(key)))).isEqualTo(written.remove(key));
            case 2 ->
                assertThat(text(store.putIfAbsent(key(key), bytes(value)))).isEqualTo(written.putIfAbsent(key, value));
            case 3 -> {
                String to = randomKey();
                store.deleteRange(key(key), key(to));
                if (key.compareTo(to) < 0) {
                    written.subMap(key, to).clear();
                }
            }
            default -> {
                store.put(key(key), bytes(value));
                written.put(key, value);
            }
        }
    }

    private void check() {
        String probe = randomKey();
        assertThat(text(store.get(key(probe)))).isEqualTo(written.get(probe));
        String from = random.nextInt(4) == 0 ? null : randomKey();
        String to = random.nextInt(4) == 0 ? null : randomKey();
        compare(store, written, from, to);
        compare(store.committedView(), committed, from, to);
    }

    private static void compare(
            OrderedBytes bytes, NavigableMap<String, String> model, @Nullable String from, @Nullable String to) {
        boolean crossed = from != null && to != null && from.compareTo(to) > 0;
        SortedMap<String, String> tail = from == null ? model : model.tailMap(from);
        SortedMap<String, String> range = crossed ? new TreeMap<>() : to == null ? tail : tail.headMap(to + "\0");
        List<String> expected = range.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .toList();
        var first = from == null ? null : key(from);
        var last = to == null ? null : key(to);
        assertThat(Entries.drain(bytes.range(first, last))).isEqualTo(expected);
        List<String> reversed = new ArrayList<>(expected);
        Collections.reverse(reversed);
        assertThat(Entries.drain(bytes.reverseRange(first, last))).isEqualTo(reversed);
        if (from != null) {
            assertThat(Entries.drain(bytes.prefixScan(from, new StringSerializer())))
                    .isEqualTo(model.entrySet().stream()
                            .filter(entry -> entry.getKey().startsWith(from))
                            .map(entry -> entry.getKey() + "=" + entry.getValue())
                            .toList());
        }
    }

    private String randomKey() {
        StringBuilder key = new StringBuilder();
        for (int length = random.nextInt(3); length > 0; length--) {
            key.append((char) ('a' + random.nextInt(4)));
        }
        return key.toString();
    }
}
