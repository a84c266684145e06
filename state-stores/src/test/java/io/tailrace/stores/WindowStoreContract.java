package io.tailrace.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.common.ConsumerRecord;
import io.tailrace.errors.InvalidStateStoreException;
import io.tailrace.processor.KeyValue;
import io.tailrace.state.KeyValueIterator;
import io.tailrace.state.QueryableStore;
import io.tailrace.state.ReadOnlyWindowStore;
import io.tailrace.state.StoreBuilder;
import io.tailrace.state.WindowBytesStoreSupplier;
import io.tailrace.state.WindowStore;
import io.tailrace.state.WindowStoreIterator;
import io.tailrace.state.Windowed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every built window store does, with String keys and values made of numbers. Windows last 10 s and are kept for
 * 200 s, so segments are 100 s long. Entries are written {@code key@start=number}, all times in seconds.
 */
abstract class WindowStoreContract<V> {
    private static final Duration SIZE = Duration.ofSeconds(10);
    private static final Duration RETENTION = Duration.ofSeconds(200);

    @TempDir
    Path temp;

    private WindowStore<String, V> store;
    private TestContext context;

    abstract WindowBytesStoreSupplier supplier(String name, Duration retention, Duration size, boolean duplicates);

    abstract StoreBuilder<? extends WindowStore<String, V>> builder(WindowBytesStoreSupplier supplier);

    /** A value of its own for each number. */
    abstract V value(long number);

    abstract long number(V value);

    @BeforeEach
    void open() throws Exception {
        context = new TestContext(Files.createDirectory(temp.resolve("state")));
        store = init(context, false);
    }

    private WindowStore<String, V> init(TestContext in, boolean duplicates) {
        WindowStore<String, V> built =
                builder(supplier("w", RETENTION, SIZE, duplicates)).build();
        built.init(in, built);
        return built;
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void put(String key, long startSeconds, long number) {
        store.put(key, value(number), startSeconds * 1000);
    }

    private List<String> windowed(KeyValueIterator<Windowed<String>, V> iterator) {
        List<String> entries = new ArrayList<>();
        for (KeyValue<Windowed<String>, V> entry : Entries.list(iterator)) {
            Windowed<String> key = Objects.requireNonNull(entry.key);
            assertThat(key.window().end() - key.window().start()).isEqualTo(SIZE.toMillis());
            entries.add(
                    key.key() + "@" + key.window().start() / 1000 + "=" + number(Objects.requireNonNull(entry.value)));
        }
        return entries;
    }

    private List<String> windows(WindowStoreIterator<V> iterator) {
        return Entries.list(iterator).stream()
                .map(entry ->
                        Objects.requireNonNull(entry.key) / 1000 + "=" + number(Objects.requireNonNull(entry.value)))
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
        assertThat(store.fetch("a", 20_000)).isEqualTo(value(2));
        assertThat(store.fetch("a", 25_000)).isNull();
        assertThat(store.fetch("b", 20_000)).isNull();
        store.put("a", null, 20_000);
        assertThat(store.fetch("a", 20_000)).isNull();
        assertThat(windows(store.fetch("a", 0, Long.MAX_VALUE))).containsExactly("30=3");
    }

    @Test
    void shouldFetchTheWindowsOfOneKeyOverSegments() {
        for (long start : new long[] {10, 90, 100, 150, 199, 205}) {
            put("a", start, start);
            put("aa", start, -start);
        }
        assertThat(windows(store.fetch("a", 90_000, 199_000)))
                .containsExactly("90=90", "100=100", "150=150", "199=199");
        assertThat(windows(store.backwardFetch("a", 90_000, 199_000)))
                .containsExactly("199=199", "150=150", "100=100", "90=90");
        assertThat(windows(store.fetch("aa", at(0), at(90)))).containsExactly("10=-10", "90=-90");
        assertThat(windows(store.backwardFetch("a", at(151), at(10_000)))).containsExactly("205=205", "199=199");
        assertThat(windows(store.fetch("a", 91_000, 99_000))).isEmpty();
        assertThat(windows(store.fetch("a", 99_000, 91_000))).isEmpty();
        assertThat(windows(store.fetch("a", -5, Long.MAX_VALUE))).hasSize(6);
    }

    @Test
    void shouldFetchTheWindowsOfARangeOfKeys() {
        for (String key : new String[] {"", "a", "ab", "b", "c"}) {
            put(key, 20, 1);
            put(key, 120, 2);
        }
        assertThat(windowed(store.fetch("a", "b", 0, 120_000)))
                .containsExactlyInAnyOrder("a@20=1", "ab@20=1", "b@20=1", "a@120=2", "ab@120=2", "b@120=2");
        assertThat(windowed(store.fetch(null, "a", at(100), at(120)))).containsExactlyInAnyOrder("@120=2", "a@120=2");
        assertThat(windowed(store.fetch("ab", null, 20_000, 20_000)))
                .containsExactlyInAnyOrder("ab@20=1", "b@20=1", "c@20=1");
        List<String> backward = windowed(store.backwardFetch("a", "b", at(0), at(120)));
        List<String> forward = new ArrayList<>(windowed(store.fetch("a", "b", 0, 120_000)));
        Collections.reverse(forward);
        assertThat(backward).isEqualTo(forward);
    }

    @Test
    void shouldFetchAll() {
        put("a", 20, 1);
        put("b", 30, 2);
        put("a", 120, 3);
        assertThat(windowed(store.all())).containsExactly("a@20=1", "b@30=2", "a@120=3");
        assertThat(windowed(store.backwardAll())).containsExactly("a@120=3", "b@30=2", "a@20=1");
        assertThat(windowed(store.fetchAll(at(30), at(120)))).containsExactly("b@30=2", "a@120=3");
        assertThat(windowed(store.backwardFetchAll(0, 30_000))).containsExactly("b@30=2", "a@20=1");
    }

    @Test
    void shouldExpireWindowsWhenTheRetentionIsOver() {
        put("a", 100, 1);
        put("a", 101, 2);
        put("b", 299, 3);
        assertThat(store.fetch("a", 100_000)).isEqualTo(value(1));
        put("b", 300, 4);
        assertThat(store.fetch("a", 100_000)).isNull();
        assertThat(store.fetch("a", 101_000)).isEqualTo(value(2));
        assertThat(windows(store.fetch("a", 0, 400_000))).containsExactly("101=2");
        assertThat(windowed(store.all())).containsExactly("a@101=2", "b@299=3", "b@300=4");
    }

    @Test
    void shouldDropAPutThatIsTooLate() {
        put("a", 300, 1);
        put("a", 100, 2);
        put("a", 101, 3);
        assertThat(windowed(store.all())).containsExactly("a@101=3", "a@300=1");
        assertThat(context.logged("w")).hasSize(2);
    }

    @Test
    void shouldNotLogWhatExpires() {
        for (long start = 0; start < 2_000; start += 50) {
            put("a", start, start);
            context.end("w");
        }
        assertThat(context.logged("w")).hasSize(40).allSatisfy(entry -> assertThat(entry.value())
                .isNotNull());
        assertThat(windows(store.fetch("a", 0, Long.MAX_VALUE)))
                .containsExactly("1800=1800", "1850=1850", "1900=1900", "1950=1950");
    }

    @Test
    void shouldRefuseANegativeStart() {
        assertThatThrownBy(() -> store.put("a", value(1), -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("store 'w'", "-1");
    }

    @Test
    @SuppressWarnings("NullAway") // null is the point
    void shouldNameTheStoreWhenAKeyIsNull() {
        assertThatThrownBy(() -> store.put(null, value(1), 0))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("store 'w'");
        assertThatThrownBy(() -> store.fetch(null, 0)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> store.fetch(null, 0, 1)).isInstanceOf(NullPointerException.class);
    }

    @Test
    void shouldLogKeyStartAndSequenceInKafkasForm() {
        put("key", 7, 1);
        context.end("w");
        ConsumerRecord<byte[], byte[]> entry = context.logged("w").get(0);
        assertThat(entry.key()).containsExactly('k', 'e', 'y', 0, 0, 0, 0, 0, 0, 7_000 >> 8, 7_000 & 0xFF, 0, 0, 0, 0);
        assertThat(entry.value()).hasSize(Long.BYTES);
    }

    @Test
    void shouldComeBackByteForByteFromItsChangelog() throws Exception {
        for (long start = 0; start < 900; start += 40) {
            put("a", start, start);
            put("b", start + 5, start);
        }
        store.put("a", null, 880_000);
        List<String> expected = windowed(store.all());
        TestContext elsewhere = new TestContext(Files.createDirectory(temp.resolve("elsewhere")));
        WindowStore<String, V> copy = init(elsewhere, false);
        elsewhere.restore("w", context.logged("w"));
        assertThat(windowed(copy.all())).isEqualTo(expected).hasSizeGreaterThan(5);
        assertThat(copy.committedOffset(TestContext.changelogOf("w")))
                .isEqualTo(context.logged("w").size());
        assertThat(windowed(view(copy).all())).isEqualTo(expected);
        copy.put("late", value(1), 1_000);
        assertThat(copy.fetch("late", 1_000)).isNull();
        copy.close();
    }

    @Test
    void shouldRememberTheStreamTimeOverARestart() {
        put("a", 101, 1);
        put("a", 300, 2);
        store.commit(context.end("w"));
        store.close();
        store = init(new TestContext(temp.resolve("state")), false);
        if (store.persistent()) {
            put("late", 100, 3);
            assertThat(windowed(store.all())).containsExactly("a@101=1", "a@300=2");
        } else {
            assertThat(windowed(store.all())).isEmpty();
        }
    }

    @Test
    void shouldStartEmptyWhenTheRetentionHasChangedTheSegments() {
        put("a", 101, 1);
        store.commit(context.end("w"));
        store.close();
        WindowStore<String, V> other =
                builder(supplier("w", RETENTION.multipliedBy(2), SIZE, false)).build();
        other.init(new TestContext(temp.resolve("state")), other);
        assertThat(windowed(other.all())).isEmpty();
        assertThat(other.committedOffset(TestContext.changelogOf("w"))).isNull();
        other.close();
    }

    @Test
    void shouldKeepDuplicatesInTheOrderOfTheirArrival() throws Exception {
        TestContext own = new TestContext(Files.createDirectory(temp.resolve("duplicates")));
        WindowStore<String, V> duplicates = init(own, true);
        for (long number = 1; number <= 3; number++) {
            duplicates.put("a", value(number), 20_000);
        }
        duplicates.put("a", null, 20_000);
        assertThat(windows(duplicates.fetch("a", 0, 20_000))).containsExactly("20=1", "20=2", "20=3");
        assertThat(windows(duplicates.backwardFetch("a", 0, 20_000))).containsExactly("20=3", "20=2", "20=1");
        assertThat(duplicates.fetch("a", 20_000)).isEqualTo(value(3));
        assertThat(own.logged("w")).hasSize(3);
        duplicates.commit(own.end("w"));
        duplicates.close();

        WindowStore<String, V> restarted = init(new TestContext(temp.resolve("duplicates")), true);
        restarted.put("a", value(4), 20_000);
        assertThat(windows(restarted.fetch("a", 0, 20_000)))
                .containsExactlyElementsOf(
                        restarted.persistent() ? List.of("20=1", "20=2", "20=3", "20=4") : List.of("20=4"));
        restarted.close();
    }

    @Test
    void shouldShowCommittedWindowsToOtherThreads() {
        ReadOnlyWindowStore<String, V> view = view(store);
        put("a", 20, 1);
        assertThat(view.fetch("a", 20_000)).isNull();
        assertThat(windowed(view.all())).isEmpty();
        store.commit(context.end("w"));
        put("a", 20, 9);
        put("b", 300, 2);
        assertThat(view.fetch("a", 20_000)).isEqualTo(value(1));
        assertThat(windows(view.fetch("a", at(0), at(20)))).containsExactly("20=1");
        assertThat(windows(view.backwardFetch("a", at(0), at(20)))).containsExactly("20=1");
        assertThat(windowed(view.fetch("a", "z", at(0), at(900)))).containsExactly("a@20=1");
        assertThat(windowed(view.backwardFetch(null, null, at(0), at(900)))).containsExactly("a@20=1");
        assertThat(windowed(view.fetchAll(at(0), at(900)))).containsExactly("a@20=1");
        assertThat(windowed(view.backwardFetchAll(at(0), at(900)))).containsExactly("a@20=1");
        store.commit(context.end("w"));
        assertThat(windowed(view.backwardAll())).containsExactly("b@300=2");
        store.close();
        assertThatThrownBy(() -> view.fetch("a", 20_000)).isInstanceOf(InvalidStateStoreException.class);
        assertThatThrownBy(view::all).isInstanceOf(InvalidStateStoreException.class);
    }

    @Test
    void shouldRefuseWorkWhenItIsClosed() {
        WindowStoreIterator<V> iterator = store.fetch("a", 0, 1);
        iterator.close();
        assertThatThrownBy(iterator::hasNext).isInstanceOf(InvalidStateStoreException.class);
        store.close();
        assertThat(store.isOpen()).isFalse();
        assertThatThrownBy(() -> store.put("a", value(1), 0)).isInstanceOf(InvalidStateStoreException.class);
        assertThatThrownBy(() -> store.fetch("a", 0)).isInstanceOf(InvalidStateStoreException.class);
        assertThatThrownBy(() -> store.fetch("a", 0, 1)).isInstanceOf(InvalidStateStoreException.class);
        assertThatThrownBy(store::all).isInstanceOf(InvalidStateStoreException.class);
    }

    @SuppressWarnings("unchecked") // every window store of ours is queryable
    private static <V> ReadOnlyWindowStore<String, V> view(WindowStore<String, V> of) {
        return ((QueryableStore<ReadOnlyWindowStore<String, V>>) of).readOnlyView();
    }
}
