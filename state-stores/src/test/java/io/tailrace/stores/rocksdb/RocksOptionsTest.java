package io.tailrace.stores.rocksdb;

import static io.tailrace.stores.Entries.bytes;
import static io.tailrace.stores.Entries.drain;
import static io.tailrace.stores.Entries.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.common.config.ConfigException;
import io.tailrace.errors.ProcessorStateException;
import io.tailrace.stores.TestContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.DBOptions;
import org.rocksdb.Options;

/** Budget, options hook, format and checkpoints of the RocksDB of a task. */
class RocksOptionsTest {
    private static final List<String> CALLS = new ArrayList<>();

    @TempDir
    Path temp;

    /** Notes its calls, and breaks what must not be broken. */
    public static final class Setter implements RocksDBConfigSetter {
        @Override
        public void setConfig(String storeName, Options options, Map<String, Object> configs) {
            CALLS.add("set " + storeName + " buffer " + options.writeBufferSize() + " for " + configs.get("own.key"));
            options.setWriteBufferSize(1 << 20);
            options.setAtomicFlush(false);
        }

        @Override
        public void close(String storeName, Options options) {
            CALLS.add("close " + storeName + " buffer " + options.writeBufferSize());
        }
    }

    @BeforeEach
    void forget() {
        CALLS.clear();
    }

    @AfterEach
    void shouldLeaveNothingNativeBehind() {
        assertThat(RocksMemory.users()).isZero();
    }

    private TestContext context(Path directory, Map<String, Object> configs) {
        TestContext context = new TestContext(directory);
        context.appConfigs().putAll(configs);
        return context;
    }

    private RocksByteStore open(String name, Map<String, Object> configs) {
        RocksByteStore store = new RocksByteStore(name);
        store.open(context(temp, configs));
        return store;
    }

    @Test
    void shouldLetTheApplicationChangeTheOptionsOfEachStore() throws Exception {
        Map<String, Object> configs = Map.of("rocksdb.config.setter", Setter.class.getName(), "own.key", "own value");
        RocksByteStore one = open("one", configs);
        RocksByteStore two = open("two", configs);
        assertThat(CALLS)
                .containsExactly("set one buffer 16777216 for own value", "set two buffer 16777216 for own value");
        one.put(key("a"), bytes("1"));
        one.commit(Map.of(TestContext.changelogOf("one"), 7L));
        one.close();
        two.close();
        assertThat(CALLS.subList(2, 4))
                .containsExactlyInAnyOrder("close one buffer 1048576", "close two buffer 1048576");

        CALLS.clear();
        RocksByteStore again = open("two", configs);
        assertThat(CALLS).hasSize(2); // the column family of the other store is opened as well
        again.close();
        assertThat(CALLS).hasSize(4);
    }

    @Test
    void shouldKeepFlushesAtomicWhateverIsSet() throws Exception {
        RocksSettings settings = RocksSettings.of(context(temp, Map.of("rocksdb.config.setter", Setter.class)));
        try (RocksMemory memory = RocksMemory.acquire(settings);
                FamilyOptions options = FamilyOptions.of("one", memory, settings);
                DBOptions ofInstance = options.ofInstance(memory)) {
            assertThat(ofInstance.atomicFlush()).isTrue();
            assertThat(options.ofFamily().writeBufferSize()).isEqualTo(1 << 20);
        }
    }

    @Test
    void shouldRefuseASetterThatIsNone() {
        assertThatThrownBy(() -> open("one", Map.of("rocksdb.config.setter", "no.such.Setter")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll("rocksdb.config.setter", "no.such.Setter");
        assertThatThrownBy(() -> open("one", Map.of("rocksdb.config.setter", String.class)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(RocksDBConfigSetter.class.getName());
    }

    @Test
    void shouldRefuseABudgetThatIsNoNumberOrTooSmall() {
        assertThatThrownBy(() -> open("one", Map.of("rocksdb.memory.budget", "much")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll("rocksdb.memory.budget", "much");
        assertThatThrownBy(() -> open("one", Map.of("rocksdb.memory.budget", 17)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll("17", "1048576");
    }

    @Test
    void shouldKeepAllTasksOfAnApplicationWithinOneBudget() throws Exception {
        long budget = 8 << 20;
        List<RocksByteStore> stores = new ArrayList<>();
        for (int task = 0; task < 4; task++) {
            RocksByteStore store = new RocksByteStore("letters");
            store.open(
                    context(Files.createDirectory(temp.resolve("0_" + task)), Map.of("rocksdb.memory.budget", budget)));
            stores.add(store);
        }
        byte[] value = new byte[1000];
        for (int round = 0; round < 10; round++) {
            for (RocksByteStore store : stores) {
                for (int i = 0; i < 1000; i++) {
                    store.put(key("key" + round * 1000 + i), value);
                }
                store.commit(Map.of());
            }
        }
        RocksMemory memory =
                RocksMemory.acquire(RocksSettings.of(context(temp, Map.of("rocksdb.memory.budget", budget))));
        assertThat(memory.usedBytes()).isPositive().isLessThan(2 * budget);
        memory.close();
        stores.forEach(RocksByteStore::close);
    }

    @Test
    void shouldRefuseANewerFormat() throws Exception {
        open("one", Map.of()).close();
        Path file = temp.resolve("rocksdb").resolve("tailrace-format");
        assertThat(Files.readString(file)).isEqualTo("1\n");
        Files.writeString(file, "2\n");
        assertThatThrownBy(() -> open("one", Map.of()))
                .isInstanceOf(ProcessorStateException.class)
                .hasMessageContainingAll("'one'", "format '2'", "knows format 1", temp.toString());
    }

    @Test
    void shouldTakeAMissingOrEmptyFormatForTheFirst() throws Exception {
        RocksByteStore store = open("one", Map.of());
        store.put(key("a"), bytes("1"));
        store.commit(Map.of());
        store.close();
        Files.writeString(temp.resolve("rocksdb").resolve("tailrace-format"), "");
        RocksByteStore reopened = open("one", Map.of());
        assertThat(drain(reopened.all())).containsExactly("a=1");
        reopened.close();
    }

    @Test
    void shouldKeepTheStateOfACommitInACheckpoint() throws Exception {
        Path task = Files.createDirectory(temp.resolve("task"));
        Path copy = temp.resolve("copy");
        RocksByteStore store = new RocksByteStore("letters");
        store.open(new TestContext(task));
        store.put(key("a"), bytes("1"));
        store.commit(Map.of(TestContext.changelogOf("letters"), 1L));
        store.put(key("b"), bytes("uncommitted"));
        RocksCheckpoint.create(task, copy);
        store.put(key("c"), bytes("later"));
        store.commit(Map.of(TestContext.changelogOf("letters"), 3L));
        assertThatThrownBy(() -> RocksCheckpoint.create(task, copy)).hasMessageContaining("exists already");
        store.close();

        RocksByteStore copied = new RocksByteStore("letters");
        copied.open(new TestContext(copy));
        assertThat(drain(copied.all())).containsExactly("a=1");
        assertThat(copied.committedOffset(TestContext.changelogOf("letters"))).isEqualTo(1L);
        copied.close();
    }

    @Test
    void shouldNotCheckpointATaskThatHasNoStoreOpen() {
        assertThatThrownBy(() -> RocksCheckpoint.create(temp, temp.resolve("copy")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(temp.toString());
    }
}
