package io.tailrace.storesuite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.processor.KeyValue;
import io.tailrace.serde.StringSerializer;
import io.tailrace.state.KeyValueIterator;
import io.tailrace.state.KeyValueStore;
import io.tailrace.state.QueryableStore;
import io.tailrace.state.ReadOnlyKeyValueStore;
import io.tailrace.stores.Entries;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Stores of one value per key. */
class KeyValueStoreTest extends StoreContract {
    private KeyValueStore<String, Object> fruit;

    @SuppressWarnings("NullAway.Init") // set before each test
    KeyValueStoreTest(StoreVariant variant) {
        super(variant);
    }

    @BeforeEach
    void take() {
        fruit = ((KeyValueSubject) subject()).store();
    }

    private Object value(long number) {
        return variant.kind().values.of(number);
    }

    private KeyValue<String, Object> entry(String key, long number) {
        return new KeyValue<>(key, value(number));
    }

    private void fill() {
        fruit.putAll(List.of(entry("apple", 1), entry("apricot", 2), entry("banana", 3)));
    }

    private static List<@Nullable String> keys(KeyValueIterator<String, Object> iterator) {
        return Entries.list(iterator).stream().map(entry -> entry.key).toList();
    }

    @Test
    void shouldGetWhatWasPut() {
        fruit.put("apple", value(1));
        fruit.put("apple", value(2));
        assertThat(fruit.get("apple")).isEqualTo(value(2));
        assertThat(fruit.get("pear")).isNull();
    }

    @Test
    void shouldDeleteByNullAndByDelete() {
        fill();
        fruit.put("apple", null);
        assertThat(fruit.delete("apricot")).isEqualTo(value(2));
        assertThat(fruit.delete("apricot")).isNull();
        assertThat(keys(fruit.all())).containsExactly("banana");
    }

    @Test
    void shouldPutOnlyIfAbsent() {
        assertThat(fruit.putIfAbsent("apple", value(1))).isNull();
        assertThat(fruit.putIfAbsent("apple", value(2))).isEqualTo(value(1));
        assertThat(fruit.get("apple")).isEqualTo(value(1));
    }

    @Test
    void shouldIterateInTheOrderOfTheSerializedKeys() {
        fill();
        assertThat(Entries.list(fruit.all()))
                .containsExactly(entry("apple", 1), entry("apricot", 2), entry("banana", 3));
        assertThat(keys(fruit.reverseAll())).containsExactly("banana", "apricot", "apple");
        assertThat(keys(fruit.range("apricot", "banana"))).containsExactly("apricot", "banana");
        assertThat(keys(fruit.reverseRange(null, "apricot"))).containsExactly("apricot", "apple");
        assertThat(keys(fruit.range("b", null))).containsExactly("banana");
        assertThat(keys(fruit.range("b", "a"))).isEmpty();
        assertThat(keys(fruit.prefixScan("ap", new StringSerializer()))).containsExactly("apple", "apricot");
        assertThat(keys(fruit.prefixScan("", new StringSerializer()))).hasSize(3);
    }

    @Test
    void shouldShowAnIteratorTheStoreAsItWasWhenItBegan() {
        fill();
        try (KeyValueIterator<String, Object> iterator = fruit.all()) {
            assertThat(iterator.peekNextKey()).isEqualTo("apple");
            fruit.put("apricot", null);
            fruit.put("avocado", value(7));
            assertThat(iterator.next()).isEqualTo(entry("apple", 1));
            assertThat(iterator.peekNextKey()).isEqualTo("apricot");
            assertThat(iterator.next()).isEqualTo(entry("apricot", 2));
            assertThat(iterator.next()).isEqualTo(entry("banana", 3));
            assertThat(iterator.hasNext()).isFalse();
        }
        assertThat(keys(fruit.all())).containsExactly("apple", "avocado", "banana");
    }

    @Test
    @SuppressWarnings("NullAway") // null is the point
    void shouldRefuseNullKeysEverywhere() {
        assertThatThrownBy(() -> fruit.delete(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> fruit.putIfAbsent(null, value(1))).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> fruit.prefixScan(null, new StringSerializer()))
                .isInstanceOf(NullPointerException.class);
    }

    @Test
    @SuppressWarnings("unchecked") // as all stores of ours
    void shouldFindByPrefixAndCountForOthers() {
        fill();
        store().commit();
        ReadOnlyKeyValueStore<String, Object> view =
                ((QueryableStore<ReadOnlyKeyValueStore<String, Object>>) fruit).readOnlyView();
        assertThat(keys(view.prefixScan("ap", new StringSerializer()))).containsExactly("apple", "apricot");
        assertThat(view.approximateNumEntries()).isEqualTo(3);
        assertThat(fruit.approximateNumEntries()).isEqualTo(3);
    }
}
