package io.tailrace.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.common.ConsumerRecord;
import io.tailrace.errors.InvalidStateStoreException;
import io.tailrace.processor.KeyValue;
import io.tailrace.serde.StringSerializer;
import io.tailrace.state.KeyValueIterator;
import io.tailrace.state.KeyValueStore;
import io.tailrace.state.QueryableStore;
import io.tailrace.state.ReadOnlyKeyValueStore;
import io.tailrace.state.StoreBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every built key-value store does, with String keys and values made of numbers. */
abstract class KeyValueStoreContract<V> {
    @TempDir
    Path temp;

    private KeyValueStore<String, V> store;
    private TestContext context;

    /** A new store named {@code counts}. */
    abstract StoreBuilder<? extends KeyValueStore<String, V>> builder();

    /** A value of its own for each number. */
    abstract V value(long number);

    /** Whether writes wait for the commit. */
    boolean isCached() {
        return false;
    }

    /** How many of the changes are in the changelog: of those that waited only the last of each key. */
    private int changes(int written, int keys) {
        return isCached() ? keys : written;
    }

    @BeforeEach
    void open() throws Exception {
        context = new TestContext(Files.createDirectory(temp.resolve("state")));
        store = init(context);
    }

    private KeyValueStore<String, V> init(TestContext in) {
        KeyValueStore<String, V> built = builder().build();
        built.init(in, built);
        return built;
    }

    @AfterEach
    void close() {
        store.close();
    }

    private KeyValue<String, V> entry(String key, long number) {
        return new KeyValue<>(key, value(number));
    }

    private void fill() {
        store.putAll(List.of(entry("apple", 1), entry("apricot", 2), entry("banana", 3)));
    }

    private static <K, V> List<@Nullable K> keys(KeyValueIterator<K, V> iterator) {
        return Entries.list(iterator).stream().map(entry -> entry.key).toList();
    }

    @Test
    void shouldGetWhatWasPut() {
        store.put("apple", value(1));
        store.put("apple", value(2));
        assertThat(store.get("apple")).isEqualTo(value(2));
        assertThat(store.get("pear")).isNull();
    }

    @Test
    void shouldDeleteByNullAndByDelete() {
        fill();
        store.put("apple", null);
        assertThat(store.delete("apricot")).isEqualTo(value(2));
        assertThat(store.delete("apricot")).isNull();
        assertThat(keys(store.all())).containsExactly("banana");
    }

    @Test
    void shouldPutOnlyIfAbsent() {
        assertThat(store.putIfAbsent("apple", value(1))).isNull();
        assertThat(store.putIfAbsent("apple", value(2))).isEqualTo(value(1));
        assertThat(store.get("apple")).isEqualTo(value(1));
    }

    @Test
    void shouldIterateInTheOrderOfTheSerializedKeys() {
        fill();
        assertThat(Entries.list(store.all()))
                .containsExactly(entry("apple", 1), entry("apricot", 2), entry("banana", 3));
        assertThat(keys(store.reverseAll())).containsExactly("banana", "apricot", "apple");
        assertThat(keys(store.range("apricot", "banana"))).containsExactly("apricot", "banana");
        assertThat(keys(store.reverseRange(null, "apricot"))).containsExactly("apricot", "apple");
        assertThat(keys(store.range("b", null))).containsExactly("banana");
        assertThat(keys(store.prefixScan("ap", new StringSerializer()))).containsExactly("apple", "apricot");
    }

    @Test
    void shouldPeekWithoutMoving() {
        fill();
        try (KeyValueIterator<String, V> iterator = store.all()) {
            assertThat(iterator.peekNextKey()).isEqualTo("apple");
            assertThat(iterator.next()).isEqualTo(entry("apple", 1));
            assertThat(iterator.peekNextKey()).isEqualTo("apricot");
        }
    }

    @Test
    void shouldRefuseAnIteratorAfterItsClose() {
        fill();
        KeyValueIterator<String, V> iterator = store.all();
        iterator.close();
        assertThatThrownBy(iterator::hasNext).isInstanceOf(InvalidStateStoreException.class);
    }

    @Test
    @SuppressWarnings("NullAway") // null is the point
    void shouldNameTheStoreWhenAKeyIsNull() {
        assertThatThrownBy(() -> store.put(null, value(1)))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("counts");
        assertThatThrownBy(() -> store.get(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> store.delete(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> store.putIfAbsent(null, value(1))).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> store.prefixScan(null, new StringSerializer()))
                .isInstanceOf(NullPointerException.class);
    }

    @Test
    @SuppressWarnings("unchecked")
    void shouldShowItsCommittedEntriesToOtherThreads() throws Exception {
        assertThat(store).isInstanceOf(QueryableStore.class);
        ReadOnlyKeyValueStore<String, V> view =
                ((QueryableStore<ReadOnlyKeyValueStore<String, V>>) store).readOnlyView();
        fill();
        assertThat(view.get("apple")).isNull();
        store.commit(context.end("counts"));
        List<Object> seen = new ArrayList<>();
        Thread reader = new Thread(() -> {
            seen.add(Objects.requireNonNull(view.get("apple")));
            seen.addAll(keys(view.range("apricot", "banana")));
            seen.addAll(keys(view.reverseAll()));
            seen.addAll(keys(view.prefixScan("ap", new StringSerializer())));
            seen.add(view.approximateNumEntries());
        });
        reader.start();
        reader.join();
        assertThat(seen)
                .containsExactly(value(1), "apricot", "banana", "banana", "apricot", "apple", "apple", "apricot", 3L);
        store.put("apple", value(9));
        assertThat(view.get("apple")).isEqualTo(value(1));
        store.close();
        assertThatThrownBy(() -> view.get("apple")).isInstanceOf(InvalidStateStoreException.class);
    }

    @Test
    void shouldRefuseWorkBeforeItIsOpened() {
        KeyValueStore<String, V> fresh = builder().build();
        assertThat(fresh.isOpen()).isFalse();
        assertThat(fresh.name()).isEqualTo("counts");
        assertThatThrownBy(() -> fresh.get("apple"))
                .isInstanceOf(InvalidStateStoreException.class)
                .hasMessageContaining("counts");
        assertThatThrownBy(() -> fresh.put("apple", value(1))).isInstanceOf(InvalidStateStoreException.class);
        fresh.close();
    }

    @Test
    void shouldFindCommittedEntriesAgainIfPersistent() {
        fill();
        store.commit(context.end("counts"));
        store.put("apple", value(7));
        store.close();
        TestContext restarted = new TestContext(temp.resolve("state"));
        store = init(restarted);
        boolean logged = builder().loggingEnabled();
        if (store.persistent()) {
            assertThat(Entries.list(store.all()))
                    .containsExactly(entry("apple", 1), entry("apricot", 2), entry("banana", 3));
            assertThat(store.committedOffset(TestContext.changelogOf("counts"))).isEqualTo(logged ? 3L : 0L);
        } else {
            assertThat(keys(store.all())).isEmpty();
            assertThat(store.committedOffset(TestContext.changelogOf("counts"))).isNull();
        }
    }

    @Test
    void shouldComeBackByteForByteFromItsChangelog() throws Exception {
        fill();
        store.put("apricot", null);
        store.put("cherry", value(4));
        store.delete("banana");
        store.put("apple", value(5));
        List<KeyValue<String, V>> expected = Entries.list(store.all());
        List<ConsumerRecord<byte[], byte[]>> changelog = context.logged("counts");
        if (!builder().loggingEnabled()) {
            assertThat(changelog).isEmpty();
            return;
        }
        assertThat(changelog).hasSize(changes(7, 4));
        TestContext elsewhere = new TestContext(Files.createDirectory(temp.resolve("elsewhere")));
        KeyValueStore<String, V> copy = init(elsewhere);
        elsewhere.restore("counts", changelog);
        assertThat(Entries.list(copy.all())).isEqualTo(expected);
        assertThat(copy.committedOffset(TestContext.changelogOf("counts"))).isEqualTo(changelog.size());
        copy.close();
    }
}
