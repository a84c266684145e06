package io.tailrace.storesuite;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.common.ConsumerRecord;
import io.tailrace.serde.Serdes;
import io.tailrace.state.KeyValueStore;
import io.tailrace.state.StoreBuilder;
import io.tailrace.stores.Entries;
import io.tailrace.stores.Stores;
import io.tailrace.stores.TestContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an LRU map drops, which the other suites see to that it does not. */
class LruStoreTest {
    @TempDir
    Path temp = Path.of("replaced by JUnit");

    private static StoreBuilder<KeyValueStore<String, Long>> builder() {
        return Stores.keyValueStoreBuilder(Stores.lruMap("lru", 2), Serdes.String(), Serdes.Long());
    }

    private static KeyValueStore<String, Long> open(
            TestContext context, StoreBuilder<KeyValueStore<String, Long>> builder) {
        KeyValueStore<String, Long> store = builder.build();
        store.init(context, store);
        return store;
    }

    private static List<String> keys(KeyValueStore<String, Long> store) {
        return Entries.list(store.all()).stream()
                .map(entry -> Objects.requireNonNull(entry.key))
                .toList();
    }

    @Test
    void shouldDropWhatWasUsedTheLongestTimeAgoAndLogIt() {
        TestContext context = new TestContext(temp);
        KeyValueStore<String, Long> store = open(context, builder());
        store.put("a", 1L);
        store.put("b", 2L);
        assertThat(store.get("a")).isEqualTo(1L);
        store.put("c", 3L);
        assertThat(keys(store)).containsExactly("a", "c");
        ConsumerRecord<byte[], byte[]> dropped = context.logged("lru").get(2);
        assertThat(dropped.key()).containsExactly('b');
        assertThat(dropped.value()).isNull();
        store.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldComeBackFromItsChangelogWithWhatItHadKept(boolean cached) {
        TestContext context = new TestContext(temp);
        KeyValueStore<String, Long> store = open(context, cached ? builder().withCachingEnabled() : builder());
        for (long number = 0; number < 20; number++) {
            store.put("k" + number % 7, number);
        }
        store.commit(context.end("lru"));
        TestContext elsewhere = new TestContext(temp);
        KeyValueStore<String, Long> copy = open(elsewhere, builder());
        elsewhere.restore("lru", context.logged("lru"));
        assertThat(keys(copy)).hasSize(2).isEqualTo(keys(store));
        store.close();
        copy.close();
    }
}
