package io.tailrace.stores.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.stores.TestWriteBack;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

/** Random work against plain maps: whatever the memory, no update is lost, told twice, or told with a wrong old value. */
class WriteBackCacheProperties {
    /** Keys that share buckets. */
    private record Key(int number) {
        @Override
        public int hashCode() {
            return number % 3;
        }
    }

    private static final class Below implements WriteBackCache.Below<Key, Integer> {
        private final Map<Key, Integer> entries = new HashMap<>();

        @Override
        public @Nullable Integer read(Key key) {
            return entries.get(key);
        }

        @Override
        public void write(Key key, @Nullable Integer value) {
            set(entries, key, value);
        }

        @Override
        public boolean hasOwnTime() {
            return false;
        }
    }

    private static void set(Map<Key, Integer> map, Key key, @Nullable Integer value) {
        if (value == null) {
            map.remove(key);
        } else {
            map.put(key, value);
        }
    }

    @Property(tries = 500)
    void shouldAgreeWithAMap(
            @ForAll @Size(max = 300) List<@IntRange(max = 999) Integer> work, @ForAll @IntRange(max = 12) int entries) {
        Below below = new Below();
        TestWriteBack writeBack = new TestWriteBack(entries * 150L);
        WriteBackCache<Key, Integer> cache = new WriteBackCache<>(below, writeBack, new Weigher());
        Map<Key, Integer> told = new HashMap<>();
        Map<Key, Integer> model = new HashMap<>();
        cache.listen(
                (key, newValue, oldValue, origin) -> {
                    assertThat(oldValue).isEqualTo(told.get(key));
                    assertThat(newValue).isEqualTo(model.get(key));
                    assertThat(newValue != null || oldValue != null).isTrue();
                    set(told, key, newValue);
                },
                true);
        for (int step : work) {
            Key key = new Key(step % 20);
            switch (step / 100) {
                case 0, 1, 2 -> assertThat(cache.get(key)).isEqualTo(model.get(key));
                case 3 -> {
                    set(model, key, null);
                    cache.put(key, null);
                }
                case 4 -> {
                    cache.writeBelow();
                    assertThat(below.entries).isEqualTo(model);
                }
                case 5 -> {
                    cache.beginCommit();
                    assertThat(below.entries).isEqualTo(model);
                    assertThat(told).isEqualTo(model);
                    cache.endCommit();
                }
                default -> {
                    set(model, key, step);
                    cache.put(key, step);
                }
            }
            assertThat(writeBack.space().isExceeded()).isFalse();
        }
        cache.flush();
        assertThat(below.entries).isEqualTo(model);
        assertThat(told).isEqualTo(model);
        cache.close();
        assertThat(writeBack.space().usedBytes()).isZero();
    }

    @Property(tries = 300)
    void shouldFindSlotsAsAMapWould(@ForAll @Size(max = 400) List<@IntRange(max = 199) Integer> work) {
        SlotTable<Key> table = new SlotTable<>(new Lines(0));
        Map<Key, Integer> model = new HashMap<>();
        for (int step : work) {
            Key key = new Key(step % 100);
            Integer slot = model.get(key);
            assertThat(table.find(key)).isEqualTo(slot == null ? SlotTable.NONE : slot);
            if (step < 120 && slot == null) {
                model.put(key, table.add(key));
            } else if (step >= 120 && slot != null) {
                table.remove(slot);
                model.remove(key);
            }
            assertThat(table.size()).isEqualTo(model.size());
            assertThat(Set.copyOf(model.values())).hasSize(model.size());
        }
        model.forEach((key, slot) -> assertThat(table.key(slot)).isEqualTo(key));
    }

    @Property(tries = 300)
    void shouldKeepTheOrderOfTouches(@ForAll @Size(max = 600) List<@IntRange(max = 99) Integer> work) {
        TouchOrder order = new TouchOrder(new Lines(40), Lines.USED);
        Set<Integer> model = new LinkedHashSet<>();
        for (int step : work) {
            int number = step % 40;
            model.remove(number);
            if (step < 70) {
                model.add(number);
                order.touch(number);
            } else {
                order.remove(number);
            }
            assertThat(order.size()).isEqualTo(model.size());
            int eldest = model.isEmpty() ? -1 : model.iterator().next();
            assertThat(order.eldest()).isEqualTo(eldest);
        }
        assertThat(order.toArray())
                .containsExactly(model.stream().mapToInt(n -> n).toArray());
    }
}
