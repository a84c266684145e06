package io.tailrace.stores.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.common.Bytes;
import io.tailrace.common.TopicPartition;
import io.tailrace.processor.KeyValue;
import io.tailrace.state.KeyValueIterator;
import io.tailrace.stores.TestContext;
import io.tailrace.stores.bytes.OrderedBytes;
import java.io.BufferedReader;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process is killed while it commits, RocksDB flushing whenever it likes, or while it loads sorted files. */
class RocksKillTest {
    private static final TopicPartition CHANGELOG = TestContext.changelogOf("numbers");
    private static final int KEYS = 5_000;
    private static final int VALUE_BYTES = 4_096;
    private static final int COMMIT_EVERY = 100;
    private static final int COMMITS_BEFORE_THE_KILL = 150; // some 60 MB, so several flushes

    private static final int LOADED_KEYS = 150_000;
    private static final int LOADED_BYTES = 100;
    private static final int LOADED_PER_BATCH = 2_000;
    private static final int BATCHES_BEFORE_THE_KILL = 170; // some 60 MB on the heap, so several files

    /** Commits, or loads, until it is killed; tells each. */
    public static void main(String[] args) {
        RocksByteStore store = new RocksByteStore("numbers");
        store.open(new TestContext(Path.of(args[0])));
        if (args[1].equals("load")) {
            load(store);
        } else {
            commit(store);
        }
    }

    /** Gives key {@code n mod KEYS} the value n, for n from 0 on, and commits with offset n. */
    private static void commit(RocksByteStore store) {
        for (long n = 0; ; n++) {
            store.put(numberKey(n), ByteBuffer.allocate(VALUE_BYTES).putLong(n).array());
            if ((n + 1) % COMMIT_EVERY == 0) {
                store.commit(Map.of(CHANGELOG, n + 1));
                System.out.println(n + 1);
            }
        }
    }

    /** As a restore does it, with more keys and smaller values. */
    private static void load(RocksByteStore store) {
        for (long first = 0; ; first += LOADED_PER_BATCH) {
            List<KeyValue<byte[], byte[]>> batch = new ArrayList<>();
            for (long n = first; n < first + LOADED_PER_BATCH; n++) {
                byte[] key =
                        ByteBuffer.allocate(Long.BYTES).putLong(n % LOADED_KEYS).array();
                batch.add(KeyValue.pair(
                        key, ByteBuffer.allocate(LOADED_BYTES).putLong(n).array()));
            }
            store.restore(batch, Map.of(CHANGELOG, first + LOADED_PER_BATCH));
            System.out.println(first);
        }
    }

    private static Bytes numberKey(long n) {
        return Bytes.wrap(ByteBuffer.allocate(Long.BYTES).putLong(n % KEYS).array());
    }

    private static void runAndKill(Path stateDir, String work, int reports) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        RocksKillTest.class.getName(),
                        stateDir.toString(),
                        work)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader output = process.inputReader()) {
            for (int report = 0; report < reports; report++) {
                assertThat(output.readLine())
                        .as("report %s of the child", report)
                        .isNotNull();
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    /** What comes behind the offset may be there already: replaying it puts the same. */
    @Test
    void shouldHaveEverythingBeforeItsOffsetAfterAKillWhileItIsLoaded(@TempDir Path stateDir) throws Exception {
        runAndKill(stateDir, "load", BATCHES_BEFORE_THE_KILL);

        RocksByteStore store = new RocksByteStore("numbers");
        store.open(new TestContext(stateDir));
        try {
            long offset = Objects.requireNonNull(store.committedOffset(CHANGELOG), "nothing was loaded");
            assertThat(offset).isGreaterThan(LOADED_KEYS);
            assertThat(offset % LOADED_PER_BATCH).isZero();
            int found = 0;
            try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
                while (all.hasNext()) {
                    long n = ByteBuffer.wrap(OrderedBytes.valueOf(all.next())).getLong();
                    assertThat(n).isGreaterThanOrEqualTo(offset - LOADED_KEYS);
                    found++;
                }
            }
            assertThat(found).isEqualTo(LOADED_KEYS);
        } finally {
            store.close();
        }
    }

    @Test
    void shouldAgreeWithItsOffsetAfterAKill(@TempDir Path stateDir) throws Exception {
        runAndKill(stateDir, "commit", COMMITS_BEFORE_THE_KILL);

        RocksByteStore store = new RocksByteStore("numbers");
        store.open(new TestContext(stateDir));
        try {
            long offset = Objects.requireNonNull(store.committedOffset(CHANGELOG), "nothing was flushed");
            assertThat(offset % COMMIT_EVERY).isZero();
            int found = 0;
            try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
                while (all.hasNext()) {
                    long n = ByteBuffer.wrap(OrderedBytes.valueOf(all.next())).getLong();
                    assertThat(n).isBetween(Math.max(0, offset - KEYS), offset - 1);
                    found++;
                }
            }
            assertThat((long) found).isEqualTo(Math.min(KEYS, offset));
        } finally {
            store.close();
        }
    }
}
