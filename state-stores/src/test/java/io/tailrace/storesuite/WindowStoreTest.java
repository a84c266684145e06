package io.tailrace.storesuite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.common.ConsumerRecord;
import io.tailrace.processor.StateStore;
import io.tailrace.state.KeyValueIterator;
import io.tailrace.state.QueryableStore;
import io.tailrace.state.ReadOnlyWindowStore;
import io.tailrace.state.WindowStore;
import io.tailrace.state.WindowStoreIterator;
import io.tailrace.state.Windowed;
import io.tailrace.stores.Entries;
import io.tailrace.stores.TestContext;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Stores of one value per key and window. Entries are {@code key@start}, with the window's start in seconds. */
class WindowStoreTest extends StoreContract {
    private WindowStore<String, Object> windows;

    @SuppressWarnings("NullAway.Init") // set before each test
    WindowStoreTest(StoreVariant variant) {
        super(variant);
    }

    @BeforeEach
    void take() {
        windows = ((WindowSubject) subject()).store();
    }

    private Object value(long number) {
        return variant.kind().values.of(number);
    }

    private static List<String> windowed(KeyValueIterator<Windowed<String>, Object> scan) {
        List<String> entries = new ArrayList<>();
        for (var entry : Entries.list(scan)) {
            Windowed<String> key = Objects.requireNonNull(entry.key);
            assertThat(key.window().end() - key.window().start()).isEqualTo(StoreKind.WINDOW_SIZE.toMillis());
            entries.add(key.key() + "@" + key.window().start() / 1000);
        }
        return entries;
    }

    private static List<Long> starts(WindowStoreIterator<Object> scan) {
        return Entries.list(scan).stream()
                .map(entry -> Objects.requireNonNull(entry.key) / 1000)
                .toList();
    }

    private static Instant at(long seconds) {
        return Instant.ofEpochSecond(seconds);
    }

    @Test
    void shouldFetchOneWindow() {
        put("a", 20, 1);
        put("a", 20, 2);
        put("a", 30, 3);
        assertThat(windows.fetch("a", 20_000)).isEqualTo(value(2));
        assertThat(windows.fetch("a", 25_000)).isNull();
        assertThat(windows.fetch("b", 20_000)).isNull();
        delete("a", 20);
        assertThat(windows.fetch("a", 20_000)).isNull();
        assertThat(starts(windows.fetch("a", 0, Long.MAX_VALUE))).containsExactly(30L);
    }

    @Test
    void shouldFetchTheWindowsOfOneKeyOverSegments() {
        for (long start : new long[] {10, 90, 100, 150, 199, 205}) {
            put("a", start, start);
            put("aa", start, -start);
        }
        assertThat(starts(windows.fetch("a", 90_000, 199_000))).containsExactly(90L, 100L, 150L, 199L);
        assertThat(starts(windows.backwardFetch("a", 90_000, 199_000))).containsExactly(199L, 150L, 100L, 90L);
        assertThat(starts(windows.fetch("aa", at(0), at(90)))).containsExactly(10L, 90L);
        assertThat(starts(windows.backwardFetch("a", at(151), at(10_000)))).containsExactly(205L, 199L);
        assertThat(starts(windows.fetch("a", 91_000, 99_000))).isEmpty();
        assertThat(starts(windows.fetch("a", 99_000, 91_000))).isEmpty();
        assertThat(starts(windows.fetch("a", -5, Long.MAX_VALUE))).hasSize(6);
    }

    @Test
    void shouldFetchTheWindowsOfARangeOfKeys() {
        for (String key : new String[] {"", "a", "ab", "b", "c"}) {
            put(key, 20, 1);
            put(key, 120, 2);
        }
        List<String> forward = windowed(windows.fetch("a", "b", 0, 120_000));
        assertThat(forward).containsExactlyInAnyOrder("a@20", "ab@20", "b@20", "a@120", "ab@120", "b@120");
        assertThat(windowed(windows.fetch(null, "a", at(100), at(120)))).containsExactlyInAnyOrder("@120", "a@120");
        assertThat(windowed(windows.fetch("ab", null, 20_000, 20_000)))
                .containsExactlyInAnyOrder("ab@20", "b@20", "c@20");
        List<String> backward = new ArrayList<>(windowed(windows.backwardFetch("a", "b", at(0), at(120))));
        Collections.reverse(backward);
        assertThat(backward).isEqualTo(forward);
    }

    @Test
    void shouldFetchAllBySegmentThenByKey() {
        put("a", 20, 1);
        put("b", 30, 2);
        put("a", 120, 3);
        assertThat(windowed(windows.all())).containsExactly("a@20", "b@30", "a@120");
        assertThat(windowed(windows.backwardAll())).containsExactly("a@120", "b@30", "a@20");
        assertThat(windowed(windows.fetchAll(at(30), at(120)))).containsExactly("b@30", "a@120");
        assertThat(windowed(windows.backwardFetchAll(0, 30_000))).containsExactly("b@30", "a@20");
    }

    @Test
    void shouldExpireWindowsWhenTheRetentionIsOver() {
        put("a", 100, 1);
        put("a", 101, 2);
        put("b", 299, 3);
        assertThat(windows.fetch("a", 100_000)).isEqualTo(value(1));
        put("b", 300, 4);
        assertThat(windows.fetch("a", 100_000)).isNull();
        assertThat(windows.fetch("a", 101_000)).isEqualTo(value(2));
        assertThat(starts(windows.fetch("a", 0, 400_000))).containsExactly(101L);
        assertThat(windowed(windows.all())).containsExactly("a@101", "b@299", "b@300");
    }

    @Test
    void shouldDropAPutThatIsTooLate() {
        put("a", 300, 1);
        put("a", 100, 2);
        put("a", 101, 3);
        assertThat(windowed(windows.all())).containsExactly("a@101", "a@300");
        store().commit();
        assertThat(store().changelog()).hasSize(variant.logged() ? 2 : 0);
    }

    @Test
    void shouldNotLogWhatExpires() {
        for (long start = 0; start < 2_000; start += 50) {
            put("a", start, start);
            store().commit();
        }
        assertThat(store().changelog()).hasSize(variant.logged() ? 40 : 0).allSatisfy(entry -> assertThat(entry.value())
                .isNotNull());
        assertThat(starts(windows.fetch("a", 0, Long.MAX_VALUE))).containsExactly(1800L, 1850L, 1900L, 1950L);
    }

    @Test
    void shouldRefuseANegativeStart() {
        assertThatThrownBy(() -> windows.put("a", value(1), -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("store 'store'", "-1");
    }

    @Test
    void shouldLogKeyStartAndSequenceInKafkasForm() {
        put("key", 7, 1);
        store().commit();
        if (variant.logged()) {
            ConsumerRecord<byte[], byte[]> entry = store().changelog().get(0);
            assertThat(entry.key())
                    .containsExactly('k', 'e', 'y', 0, 0, 0, 0, 0, 0, 7_000 >> 8, 7_000 & 0xFF, 0, 0, 0, 0);
            assertThat(entry.value()).hasSize(Long.BYTES);
        }
    }

    @Test
    void shouldRememberTheStreamTimeWhenItIsRestored() throws IOException {
        for (long start = 0; start < 900; start += 40) {
            put("a", start, start);
        }
        store().commit();
        if (variant.logged()) {
            OpenStore copy = restored();
            copy.subject().put("late", 1_000, 1_000, 1L);
            assertThat(copy.subject().owner().get("late", 1_000, 1_000)).isNull();
        }
    }

    @Test
    void shouldRememberTheStreamTimeOverARestart() {
        put("a", 101, 1);
        put("a", 300, 2);
        store().commit();
        restart();
        put("late", 100, 3);
        assertThat(windowed(((WindowSubject) subject()).store().all()))
                .containsExactlyElementsOf(variant.persistent() ? List.of("a@101", "a@300") : List.of("late@100"));
    }

    @Test
    void shouldStartEmptyWhenTheRetentionHasChangedTheSegments() {
        put("a", 101, 1);
        store().commit();
        store().close();
        Duration longer = StoreKind.RETENTION.multipliedBy(2);
        StateStore other = variant.builder(longer).build();
        other.init(new TestContext(store().context().stateDir().toPath()), other);
        assertThat(variant.kind().subject(other).owner().all(true)).isEmpty();
        assertThat(other.committedOffset(OpenStore.CHANGELOG)).isNull();
        other.close();
    }

    @Test
    void shouldHideFromOthersWhatHasExpiredByTheLastCommit() {
        put("a", 20, 1);
        store().commit();
        put("b", 300, 2);
        ReadOnlyWindowStore<String, Object> view = view();
        assertThat(windowed(view.all())).containsExactly("a@20");
        store().commit();
        assertThat(windowed(view.backwardAll())).containsExactly("b@300");
        assertThat(view.fetch("a", 20_000)).isNull();
    }

    @SuppressWarnings("unchecked") // as all stores of ours
    private ReadOnlyWindowStore<String, Object> view() {
        return ((QueryableStore<ReadOnlyWindowStore<String, Object>>) windows).readOnlyView();
    }
}
