package io.tailrace.stores.bytes;

import static io.tailrace.stores.Entries.bytes;
import static io.tailrace.stores.Entries.drain;
import static io.tailrace.stores.Entries.key;
import static io.tailrace.stores.Entries.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tailrace.serde.Serdes;
import io.tailrace.state.KeyValueStore;
import io.tailrace.stores.Stores;
import io.tailrace.stores.TestContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LruByteStoreTest {
    @TempDir
    Path temp;

    private LruByteStore open(int maxEntries) {
        LruByteStore store = new LruByteStore("lru", maxEntries);
        store.open(new TestContext(temp));
        return store;
    }

    @Test
    void shouldDropTheEntryThatWasUsedTheLongestTimeAgo() {
        LruByteStore store = open(2);
        store.put(key("a"), bytes("1"));
        store.put(key("b"), bytes("2"));
        assertThat(text(store.get(key("a")))).isEqualTo("1");
        store.put(key("c"), bytes("3"));
        assertThat(drain(store.all())).containsExactly("a=1", "c=3");
        store.commit(Map.of());
        assertThat(drain(store.committedView().all())).containsExactly("a=1", "c=3");
    }

    @Test
    void shouldMakeRoomByDeletions() {
        LruByteStore store = open(2);
        store.put(key("a"), bytes("1"));
        store.put(key("b"), bytes("2"));
        store.put(key("a"), null);
        store.put(key("c"), bytes("3"));
        assertThat(drain(store.all())).containsExactly("b=2", "c=3");
        assertThat(store.approximateNumEntries()).isEqualTo(2);
    }

    @Test
    void shouldLogWhatItDropsAndComeBackFromItsChangelog() throws Exception {
        TestContext context = new TestContext(temp);
        KeyValueStore<String, Long> store = build();
        store.init(context, store);
        for (long number = 0; number < 10; number++) {
            store.put("k" + number % 5, number);
        }
        assertThat(context.logged("lru").stream().filter(entry -> entry.value() == null))
                .hasSize(7);
        TestContext elsewhere = new TestContext(Files.createDirectory(temp.resolve("elsewhere")));
        KeyValueStore<String, Long> restored = build();
        restored.init(elsewhere, restored);
        elsewhere.restore("lru", context.logged("lru"));
        assertThat(restored.get("k1")).isNull();
        assertThat(restored.get("k2")).isEqualTo(7);
        restored.put("new", 1L);
        assertThat(restored.get("k3")).isNull();
        assertThat(restored.get("k4")).isEqualTo(9);
        store.close();
        restored.close();
    }

    private static KeyValueStore<String, Long> build() {
        return Stores.keyValueStoreBuilder(Stores.lruMap("lru", 3), Serdes.String(), Serdes.Long())
                .build();
    }

    @Test
    void shouldRefuseToKeepNothing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Stores.lruMap("lru", 0))
                .withMessageContainingAll("'lru'", "0");
    }
}
