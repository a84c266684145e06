package io.tailrace.stores.rocksdb;

import static io.tailrace.stores.Entries.bytes;
import static io.tailrace.stores.Entries.drain;
import static io.tailrace.stores.Entries.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.common.Time;
import io.tailrace.common.TopicPartition;
import io.tailrace.processor.KeyValue;
import io.tailrace.stores.ScratchDirectory;
import io.tailrace.stores.TestContext;
import io.tailrace.stores.bytes.ByteStoreModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;

/**
 * What is left when the process dies. A crash is a copy of the files of an open store: it lacks whatever RocksDB has
 * only in memory, as a kill would.
 */
class RocksCrashTest {
    private static final TopicPartition CHANGELOG = TestContext.changelogOf("letters");

    @TempDir
    Path temp;

    private static List<String> reopen(Path stateDir, Map<TopicPartition, Long> expectedOffset) {
        RocksByteStore store = new RocksByteStore("letters");
        store.open(new TestContext(stateDir));
        try {
            assertThat(store.committedOffset(CHANGELOG)).isEqualTo(expectedOffset.get(CHANGELOG));
            return drain(store.all());
        } finally {
            store.close();
        }
    }

    /** Copies while RocksDB's own threads stand still, because a kill stops them too. */
    private static void crash(Path stateDir, Path crashed) throws Exception {
        RocksInstance instance = RocksInstance.acquire(
                stateDir.resolve("rocksdb"), "letters", RocksSettings.of(new TestContext(stateDir)));
        instance.db.pauseBackgroundWork();
        ScratchDirectory.copy(stateDir, crashed);
        instance.db.continueBackgroundWork();
        instance.release("letters");
    }

    private static void flush(Path stateDir) throws RocksDBException {
        RocksInstance instance = RocksInstance.acquire(
                stateDir.resolve("rocksdb"), "letters", RocksSettings.of(new TestContext(stateDir)));
        instance.flush();
        instance.release("letters");
    }

    @Test
    void shouldKeepFlushedCommitsWithTheirOffsetAndNothingElse() throws Exception {
        Path stateDir = Files.createDirectory(temp.resolve("state"));
        RocksByteStore store = new RocksByteStore("letters");
        store.open(new TestContext(stateDir));
        store.put(key("a"), bytes("1"));
        store.commit(Map.of(CHANGELOG, 1L));
        flush(stateDir);
        store.put(key("b"), bytes("2"));
        store.commit(Map.of(CHANGELOG, 2L));
        store.put(key("c"), bytes("uncommitted"));
        crash(stateDir, temp.resolve("crashed"));
        store.close();

        assertThat(reopen(temp.resolve("crashed"), Map.of(CHANGELOG, 1L))).containsExactly("a=1");
        assertThat(reopen(stateDir, Map.of(CHANGELOG, 2L))).containsExactly("a=1", "b=2");
    }

    @Test
    void shouldBeEmptyWithoutAnOffsetBeforeTheFirstCommit() throws Exception {
        Path stateDir = Files.createDirectory(temp.resolve("state"));
        RocksByteStore store = new RocksByteStore("letters");
        store.open(new TestContext(stateDir));
        store.commit(Map.of(CHANGELOG, 0L));
        store.put(key("a"), bytes("1"));
        crash(stateDir, temp.resolve("crashed"));
        store.close();
        assertThat(reopen(temp.resolve("crashed"), Map.of())).isEmpty();
    }

    @Test
    void shouldKeepTheFirstCommit() throws Exception {
        Path stateDir = Files.createDirectory(temp.resolve("state"));
        RocksByteStore store = new RocksByteStore("letters");
        store.open(new TestContext(stateDir));
        store.put(key("a"), bytes("1"));
        store.commit(Map.of(CHANGELOG, 1L));
        store.put(key("a"), bytes("2"));
        store.commit(Map.of(CHANGELOG, 2L));
        crash(stateDir, temp.resolve("crashed"));
        store.close();
        assertThat(reopen(temp.resolve("crashed"), Map.of(CHANGELOG, 1L))).containsExactly("a=1");
    }

    @Test
    void shouldKeepAFirstRestoreThatNoCommitFollows() throws Exception {
        Path stateDir = Files.createDirectory(temp.resolve("state"));
        RocksByteStore store = new RocksByteStore("letters");
        store.open(new TestContext(stateDir));
        store.restore(List.of(KeyValue.pair(key("a").get(), bytes("1"))), Map.of(CHANGELOG, 7L));
        assertThat(store.committedOffset(CHANGELOG)).isEqualTo(7);
        crash(stateDir, temp.resolve("crashed"));
        store.close();
        assertThat(reopen(temp.resolve("crashed"), Map.of(CHANGELOG, 7L))).containsExactly("a=1");
    }

    /** However few commits there are, as for windows whose changelog forgets what is old. */
    @Test
    void shouldKeepCommitsThatAreTenMinutesOld() throws Exception {
        Path stateDir = Files.createDirectory(temp.resolve("state"));
        AtomicLong nowNs = new AtomicLong();
        Time time = new Time() {
            @Override
            public long milliseconds() {
                return TimeUnit.NANOSECONDS.toMillis(nowNs.get());
            }

            @Override
            public long nanoseconds() {
                return nowNs.get();
            }
        };
        RocksInstance instance = RocksInstance.acquire(
                stateDir.resolve("rocksdb"),
                "letters",
                RocksSettings.of(new TestContext(stateDir)).withTime(time));
        RocksByteStore store = new RocksByteStore("letters");
        store.open(new TestContext(stateDir));
        for (long minute = 1; minute <= 12; minute++) {
            store.put(key("a"), bytes(Long.toString(minute)));
            store.commit(Map.of(CHANGELOG, minute));
            nowNs.addAndGet(TimeUnit.MINUTES.toNanos(1));
        }
        crash(stateDir, temp.resolve("crashed"));
        store.close();
        instance.release("letters");
        assertThat(reopen(temp.resolve("crashed"), Map.of(CHANGELOG, 12L))).containsExactly("a=12");
    }

    /** Whatever is flushed when: data and offset are always those of one and the same commit. */
    @Property(tries = 12)
    void shouldLeaveTheStateOfOneCommit(@ForAll long seed) throws Exception {
        Random random = new Random(seed);
        try (ScratchDirectory scratch = ScratchDirectory.create()) {
            Path stateDir = Files.createDirectory(scratch.path().resolve("state"));
            RocksByteStore store = new RocksByteStore("letters");
            store.open(new TestContext(stateDir));
            ByteStoreModel model = new ByteStoreModel(store, seed);
            Map<Long, List<String>> contentByOffset = new HashMap<>();
            for (long offset = 1; offset <= 30; offset++) {
                for (int writes = random.nextInt(5); writes > 0; writes--) {
                    model.writeWithoutCommit();
                }
                model.commit(Map.of(CHANGELOG, offset));
                contentByOffset.put(offset, model.committedEntries());
                if (random.nextInt(4) == 0) {
                    flush(stateDir);
                }
                if (random.nextInt(10) == 0) {
                    Path crashed = scratch.path().resolve("crashed-" + offset);
                    crash(stateDir, crashed);
                    RocksByteStore survivor = new RocksByteStore("letters");
                    survivor.open(new TestContext(crashed));
                    Long survived = survivor.committedOffset(CHANGELOG);
                    assertThat(drain(survivor.all()))
                            .isEqualTo(survived == null ? List.of() : contentByOffset.get(survived));
                    survivor.close();
                }
            }
            store.close();
            assertThat(reopen(stateDir, Map.of(CHANGELOG, 30L))).isEqualTo(contentByOffset.get(30L));
        }
    }
}
