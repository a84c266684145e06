package io.tailrace.stores.bytes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.common.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class WriteTableTest {
    private static final String DELETED = "deleted";

    private final WriteTable table = new WriteTable();

    /** A write, or with {@code to} the removal of a range. */
    record Step(Bytes key, Bytes value, boolean deletes, boolean removes, Bytes to) {}

    @Property(tries = 300)
    void shouldHoldTheLastWriteOfEachKeyInTheirOrder(@ForAll("steps") List<Step> steps) {
        WriteTable written = new WriteTable();
        TreeMap<Bytes, String> model = new TreeMap<>();
        for (Step step : steps) {
            if (step.removes()) {
                written.remove(step.key(), step.to());
                if (step.key().compareTo(step.to()) < 0) {
                    model.subMap(step.key(), step.to()).clear();
                }
            } else if (step.deletes()) {
                written.delete(step.key());
                model.put(step.key(), DELETED);
            } else {
                written.put(step.key(), step.value().get());
                model.put(step.key(), Arrays.toString(step.value().get()));
            }
            assertThat(written.size()).isEqualTo(model.size());
        }

        assertThat(contents(written)).containsExactlyElementsOf(expected(model));
        for (Step step : steps) {
            int entry = written.find(step.key());
            assertThat(entry == WriteTable.NONE ? null : describe(written, entry))
                    .isEqualTo(model.get(step.key()));
        }
    }

    @Test
    void shouldSortKeysThatDifferOnlyInLengthOrInTheirSign() {
        List<Bytes> keys = new ArrayList<>();
        for (int length = 0; length < 12; length++) {
            keys.add(Bytes.wrap(new byte[length]));
            byte[] last = new byte[length + 1];
            last[length] = (byte) 0x80;
            keys.add(Bytes.wrap(last));
        }
        keys.forEach(key -> table.put(key, key.get()));

        List<Bytes> sorted = new ArrayList<>();
        for (int entry : table.sorted()) {
            sorted.add(table.key(entry));
        }

        keys.sort(null);
        assertThat(sorted).containsExactlyElementsOf(keys);
    }

    @Test
    void shouldKeepValuesLargerThanAChunk() {
        byte[] large = new byte[1_000_000];
        Arrays.fill(large, (byte) 7);
        table.put(key("before"), new byte[] {1});
        table.put(key("large"), large);
        table.put(key("after"), new byte[] {2});

        assertThat(table.value(table.find(key("large")))).isEqualTo(large);
        assertThat(table.value(table.find(key("before")))).containsExactly(1);
        assertThat(table.value(table.find(key("after")))).containsExactly(2);
    }

    @Test
    void shouldBeEmptyAndUsableAfterItWasCleared() {
        for (int i = 0; i < 200_000; i++) {
            table.put(key("key-" + i), new byte[100]);
        }
        table.clear();
        assertThat(table.size()).isZero();
        assertThat(table.bytes()).isZero();
        assertThat(table.find(key("key-1"))).isEqualTo(WriteTable.NONE);

        table.put(key("key-1"), new byte[] {3});
        assertThat(table.value(table.find(key("key-1")))).containsExactly(3);
        assertThat(table.sorted()).hasSize(1);
    }

    @Test
    void shouldCountWhatIsWrittenAgainAndAgain() {
        table.put(key("a"), new byte[10]);
        long once = table.bytes();
        table.put(key("a"), new byte[10]);
        assertThat(table.bytes()).as("the same place").isEqualTo(once);
        table.put(key("a"), new byte[11]);
        assertThat(table.bytes()).as("a new place, the old one is lost").isGreaterThan(once);
    }

    @Test
    void shouldNotNoticeWhenTheCallerChangesHisArrays() {
        byte[] key = "a".getBytes(UTF_8);
        byte[] value = {1};
        table.put(Bytes.wrap(key), value);
        key[0] = 'b';
        value[0] = 2;
        assertThat(table.value(table.find(key("a")))).containsExactly(1);
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Bytes> keys = Arbitraries.bytes()
                .between((byte) -2, (byte) 2)
                .array(byte[].class)
                .ofMaxSize(9)
                .map(Bytes::wrap);
        Arbitrary<Bytes> values =
                Arbitraries.bytes().array(byte[].class).ofMaxSize(3).map(Bytes::wrap);
        return Combinators.combine(keys, values, Arbitraries.integers().between(0, 9), keys)
                .as((key, value, kind, to) -> new Step(key, value, kind < 2, kind == 2, to))
                .list()
                .ofMaxSize(120);
    }

    private static List<String> expected(Map<Bytes, String> model) {
        return model.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .toList();
    }

    private static List<String> contents(WriteTable written) {
        return Arrays.stream(written.sorted())
                .mapToObj(entry -> written.key(entry) + "=" + describe(written, entry))
                .toList();
    }

    private static String describe(WriteTable written, int entry) {
        return written.isDeletion(entry) ? DELETED : Arrays.toString(written.value(entry));
    }

    private static Bytes key(String text) {
        return Bytes.wrap(text.getBytes(UTF_8));
    }
}
