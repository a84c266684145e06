package io.tailrace.stores.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.common.Bytes;
import io.tailrace.common.TopicPartition;
import io.tailrace.state.KeyValueIterator;
import io.tailrace.stores.TestContext;
import io.tailrace.stores.bytes.OrderedBytes;
import java.io.BufferedReader;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process is killed while it commits, RocksDB flushing whenever it likes. */
class RocksKillTest {
    private static final TopicPartition CHANGELOG = TestContext.changelogOf("numbers");
    private static final int KEYS = 5_000;
    private static final int VALUE_BYTES = 4_096;
    private static final int COMMIT_EVERY = 100;
    private static final int COMMITS_BEFORE_THE_KILL = 150; // some 60 MB, so several flushes

    /** Gives key {@code n mod KEYS} the value n, for n from 0 on, and commits with offset n. */
    public static void main(String[] args) {
        RocksByteStore store = new RocksByteStore("numbers");
        store.open(new TestContext(Path.of(args[0])));
        for (long n = 0; ; n++) {
            store.put(numberKey(n), ByteBuffer.allocate(VALUE_BYTES).putLong(n).array());
            if ((n + 1) % COMMIT_EVERY == 0) {
                store.commit(Map.of(CHANGELOG, n + 1));
                System.out.println(n + 1);
            }
        }
    }

    private static Bytes numberKey(long n) {
        return Bytes.wrap(ByteBuffer.allocate(Long.BYTES).putLong(n % KEYS).array());
    }

    @Test
    void shouldAgreeWithItsOffsetAfterAKill(@TempDir Path stateDir) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        RocksKillTest.class.getName(),
                        stateDir.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader output = process.inputReader()) {
            for (int commit = 0; commit < COMMITS_BEFORE_THE_KILL; commit++) {
                assertThat(output.readLine())
                        .as("commit %s of the child", commit)
                        .isNotNull();
            }
        } finally {
            process.destroyForcibly().waitFor();
        }

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
