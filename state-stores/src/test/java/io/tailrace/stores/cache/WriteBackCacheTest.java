package io.tailrace.stores.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.common.header.RecordHeader;
import io.tailrace.common.header.RecordHeaders;
import io.tailrace.stores.TestWriteBack;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a listener hears and what reaches the store below. Texts are {@code key: old -> new}, {@code -} for nothing. */
class WriteBackCacheTest {
    private static final long AMPLE = 1_000_000;
    private static final int ENTRY_BYTES = 96 + 41 + 41; // a key and a value of one character each

    private final Map<String, String> below = new TreeMap<>();
    private final List<String> written = new ArrayList<>();
    private final List<String> heard = new ArrayList<>();

    private final class Below implements WriteBackCache.Below<String, String> {
        @Override
        public @Nullable String read(String key) {
            return below.get(key);
        }

        @Override
        public void write(String key, @Nullable String value) {
            written.add(key + "=" + value);
            if (value == null) {
                below.remove(key);
            } else {
                below.put(key, value);
            }
        }

        @Override
        public boolean hasOwnTime() {
            return true;
        }
    }

    private WriteBackCache<String, String> cache(TestWriteBack writeBack, boolean sendOldValues) {
        WriteBackCache<String, String> cache = new WriteBackCache<>(new Below(), writeBack, new Weigher());
        cache.listen(
                (key, newValue, oldValue, origin) -> heard.add(key + ": " + shown(oldValue) + " -> " + shown(newValue)),
                sendOldValues);
        return cache;
    }

    private WriteBackCache<String, String> cache(long maxBytes) {
        return cache(new TestWriteBack(maxBytes), true);
    }

    private static String shown(@Nullable String value) {
        return value == null ? "-" : value;
    }

    private List<String> heard() {
        List<String> all = List.copyOf(heard);
        heard.clear();
        return all;
    }

    @Test
    void shouldTellOnlyTheLastOfSeveralUpdatesWithTheValueThatWasToldBefore() {
        below.put("a", "0");
        WriteBackCache<String, String> cache = cache(AMPLE);
        cache.put("a", "1");
        cache.put("a", "2");
        assertThat(heard()).isEmpty();
        assertThat(cache.get("a")).isEqualTo("2");
        cache.flush();
        cache.put("a", "3");
        cache.flush();
        cache.flush();
        assertThat(heard()).containsExactly("a: 0 -> 2", "a: 2 -> 3");
        assertThat(written).containsExactly("a=2", "a=3");
    }

    @Test
    void shouldTellKeysInTheOrderOfTheirLastUpdates() {
        WriteBackCache<String, String> cache = cache(AMPLE);
        cache.put("a", "1");
        cache.put("b", "1");
        cache.put("c", "1");
        cache.put("a", "2");
        assertThat(cache.get("b")).isEqualTo("1"); // reading does not count
        cache.flush();
        assertThat(heard()).containsExactly("b: - -> 1", "c: - -> 1", "a: - -> 2");
    }

    @Test
    void shouldKeepBackADeletionOfWhatNobodyHasHeardOf() {
        WriteBackCache<String, String> cache = cache(AMPLE);
        cache.put("a", "1");
        cache.put("a", null);
        cache.put("b", null);
        assertThat(cache.get("a")).isNull();
        cache.flush();
        assertThat(heard()).isEmpty();
        assertThat(written).isEmpty();
    }

    @Test
    void shouldTellOfADeletion() {
        below.put("a", "0");
        WriteBackCache<String, String> cache = cache(AMPLE);
        cache.put("a", "1");
        cache.put("a", null);
        cache.flush();
        cache.put("a", "2");
        cache.flush();
        assertThat(heard()).containsExactly("a: 0 -> -", "a: - -> 2");
        assertThat(below).containsEntry("a", "2");
    }

    @Test
    void shouldNotSayOldValuesWhenNobodyAsks() {
        below.put("a", "0");
        WriteBackCache<String, String> cache = cache(new TestWriteBack(AMPLE), false);
        cache.put("a", "1");
        cache.put("b", null);
        cache.flush();
        cache.put("a", null);
        cache.flush();
        assertThat(heard()).containsExactly("a: - -> 1", "a: - -> -");
    }

    @Test
    void shouldFlushEverythingWhenAnUpdateHasToGoAndThatOneFirst() {
        WriteBackCache<String, String> cache = cache(3 * ENTRY_BYTES);
        cache.put("a", "1");
        cache.put("b", "1");
        cache.put("c", "1");
        cache.get("a"); // now b was not used for the longest time
        cache.put("c", "2");
        assertThat(heard()).isEmpty();
        cache.put("d", "1");
        assertThat(heard()).containsExactly("b: - -> 1", "a: - -> 1", "c: - -> 2", "d: - -> 1");
        cache.put("e", "1"); // a is as in the store, and goes without a word
        assertThat(heard()).isEmpty();
        assertThat(cache.usedBytes()).isEqualTo(3 * ENTRY_BYTES);
    }

    @Test
    void shouldWorkWithoutAnyRoom() {
        WriteBackCache<String, String> cache = cache(0);
        cache.put("a", "1");
        cache.put("a", "2");
        cache.put("a", null);
        assertThat(heard()).containsExactly("a: - -> 1", "a: 1 -> 2", "a: 2 -> -");
        assertThat(cache.get("a")).isNull();
        assertThat(cache.usedBytes()).isZero();
    }

    @Test
    void shouldShowScansEverythingAndTellNobodyOfIt() {
        below.put("a", "0");
        below.put("c", "0");
        WriteBackCache<String, String> cache = cache(AMPLE);
        cache.put("a", "1");
        cache.put("b", "1");
        cache.put("c", null);
        cache.writeBelow();
        assertThat(below).containsOnly(Map.entry("a", "1"), Map.entry("b", "1"));
        cache.writeBelow();
        assertThat(written).hasSize(3);
        cache.put("b", null); // written, but nobody has heard of it
        cache.put("c", "2");
        assertThat(heard()).isEmpty();
        cache.flush();
        assertThat(heard()).containsExactly("a: 0 -> 1", "c: 0 -> 2");
        assertThat(below).containsOnly(Map.entry("a", "1"), Map.entry("c", "2"));
    }

    @Test
    void shouldHoldNothingBackFromTheBeginningOfACommitToItsEnd() {
        WriteBackCache<String, String> cache = cache(AMPLE);
        cache.put("a", "1");
        cache.beginCommit();
        cache.put("b", "1");
        assertThat(heard()).containsExactly("a: - -> 1", "b: - -> 1");
        cache.endCommit();
        cache.put("c", "1");
        assertThat(heard()).isEmpty();
    }

    @Test
    void shouldLetTheListenerWriteAgain() {
        TestWriteBack writeBack = new TestWriteBack(2 * ENTRY_BYTES);
        WriteBackCache<String, String> cache = new WriteBackCache<>(new Below(), writeBack, new Weigher());
        cache.listen(
                (key, newValue, oldValue, origin) -> {
                    heard.add(key + newValue + cache.get("a") + cache.get("b"));
                    if ("1".equals(newValue)) {
                        cache.put(key, "2");
                    }
                },
                true);
        cache.put("a", "1");
        cache.put("b", "1");
        cache.flush();
        assertThat(heard()).containsExactly("a111", "b121");
        cache.flush();
        assertThat(heard()).containsExactly("a222", "b222");
        assertThat(below).containsOnly(Map.entry("a", "2"), Map.entry("b", "2"));
    }

    @Test
    void shouldTellInThePlaceOfTheRecordOfTheLastUpdate() {
        TestWriteBack writeBack = new TestWriteBack(AMPLE);
        WriteBackCache<String, String> cache = new WriteBackCache<>(new Below(), writeBack, new Weigher());
        cache.listen(
                (key, newValue, oldValue, origin) -> heard.add(key + newValue + " " + writeBack.offset() + "@"
                        + writeBack.timestamp() + writeBack.headers().toArray().length),
                true);
        writeBack.process(7, 70, new RecordHeaders());
        cache.put("a", "1");
        writeBack.process(8, 80, new RecordHeaders(List.of(new RecordHeader("h", new byte[0]))));
        cache.put("a", "2");
        writeBack.process(9, 90, new RecordHeaders());
        cache.put("b", "1");
        cache.flush();
        assertThat(heard()).containsExactly("a2 8@801", "b1 9@900");
        assertThat(writeBack.offset()).isEqualTo(9);
    }

    @Test
    void shouldLeaveACacheItsShareWhenOthersTakeAll() {
        TestWriteBack writeBack = new TestWriteBack(10 * ENTRY_BYTES);
        WriteBackCache<String, String> greedy = cache(writeBack, true);
        WriteBackCache<String, String> modest = cache(writeBack, true);
        for (char key = 'a'; key < 'z'; key++) {
            greedy.put(String.valueOf(key), "1");
        }
        greedy.flush();
        for (char key = 'A'; key < 'E'; key++) {
            modest.put(String.valueOf(key), "1");
        }
        assertThat(modest.usedBytes()).isEqualTo(4 * ENTRY_BYTES);
        assertThat(writeBack.space().usedBytes()).isLessThanOrEqualTo(10 * ENTRY_BYTES);
        modest.close();
        greedy.close();
        assertThat(writeBack.space().usedBytes()).isZero();
    }
}
