package io.tailrace.log.clean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.common.errors.OffsetOutOfRangeException;
import io.tailrace.common.errors.StorageException;
import io.tailrace.log.partition.Partition;
import io.tailrace.log.storage.MemoryStorage;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The device fails, or the process dies, at every single operation of a compaction and of a deletion. */
class InterruptedMaintenanceTest {
    private static final int MOST_OPERATIONS = 2000;

    private final MemoryStorage memory = new MemoryStorage();
    private final FailingStorage storage = new FailingStorage(memory);

    private void fill(Partition partition) {
        for (int i = 0; i < 60; i++) {
            Logs.append(partition, i, "key" + i % 10 + "=" + i, "once" + i + "=" + i);
            if (i % 7 == 0) {
                Logs.append(partition, i, "key" + i % 10);
            }
        }
        Logs.roll(partition);
        Logs.append(partition, 100, "last=1");
    }

    @Test
    void shouldKeepEveryLatestValueWhereverACompactionEnds() {
        boolean finished = false;
        for (int n = 0; !finished; n++) {
            assertThat(n).isLessThan(MOST_OPERATIONS);
            memory.deleteDirectory("prices-0");
            storage.failAfter(FailingStorage.NEVER);
            Partition partition = Logs.open(storage);
            fill(partition);
            long end = partition.logEndOffset();
            Map<String, String> expected = Logs.latest(Logs.read(partition));

            storage.failAfter(n);
            try {
                Logs.compact(partition, Logs.config(), 0, 1000);
                finished = true;
            } catch (StorageException e) {
                assertThat(e).hasMessageContaining("input/output error");
            }
            assertThat(Logs.latest(Logs.read(partition)))
                    .as("readers go on after failure %d", n)
                    .isEqualTo(expected);
            shouldBeWholeWhenOpenedAgain(n, end, expected);
            storage.failAfter(FailingStorage.NEVER);
            partition.close();
        }
    }

    // The process died: nothing was closed.
    private void shouldBeWholeWhenOpenedAgain(int n, long end, Map<String, String> expected) {
        storage.failAfter(FailingStorage.NEVER);
        try (Partition again = Logs.open(storage)) {
            assertThat(again.logEndOffset()).as("failure %d", n).isEqualTo(end);
            assertThat(Logs.latest(Logs.read(again))).as("failure %d", n).isEqualTo(expected);
            assertThat(memory.list("prices-0"))
                    .as("failure %d", n)
                    .noneMatch(name -> name.matches(".*\\.(deleted|cleaned|swap|tmp)"));
            Logs.compact(again, Logs.config(), 0, 1000);
            assertThat(Logs.latest(Logs.read(again))).isEqualTo(expected);
        }
    }

    @Test
    void shouldFinishAnInterruptedRecoveryToo() {
        for (int n = 0; n < 400; n++) {
            memory.deleteDirectory("prices-0");
            storage.failAfter(FailingStorage.NEVER);
            Partition partition = Logs.open(storage);
            fill(partition);
            long end = partition.logEndOffset();
            Map<String, String> expected = Logs.latest(Logs.read(partition));
            storage.failAfter(20 + n / 20);
            try {
                Logs.compact(partition, Logs.config(), 0, 1000);
            } catch (StorageException e) {
                assertThat(e).hasMessageContaining("input/output error");
            }
            storage.failAfter(n % 20);
            try {
                Logs.open(storage).close();
            } catch (StorageException e) {
                assertThat(e).hasMessageContaining("input/output error");
            }
            shouldBeWholeWhenOpenedAgain(n, end, expected);
            partition.close();
        }
    }

    @Test
    void shouldKeepEveryRecordFromTheStartOnWhereverADeletionEnds() {
        boolean finished = false;
        for (int n = 0; !finished; n++) {
            assertThat(n).isLessThan(MOST_OPERATIONS);
            memory.deleteDirectory("prices-0");
            storage.failAfter(FailingStorage.NEVER);
            Partition partition = Logs.open(storage);
            fill(partition);
            long end = partition.logEndOffset();
            Map<Long, String> all = Logs.read(partition);
            long[] checkpoint = {0};
            partition.history().onStartOffset(offset -> checkpoint[0] = offset);

            storage.failAfter(n);
            try {
                partition.history().deleteRecordsBefore(70);
                finished = true;
            } catch (StorageException e) {
                assertThat(e).hasMessageContaining("input/output error");
            }
            assertThat(checkpoint[0]).isEqualTo(70);
            assertThatThrownBy(() -> partition.read(69, 100)).isInstanceOf(OffsetOutOfRangeException.class);
            storage.failAfter(FailingStorage.NEVER);
            all.keySet().removeIf(offset -> offset < 70);
            assertThat(Logs.read(partition)).isEqualTo(all);
            try (Partition again = Logs.open(storage)) {
                again.history().restoreStartOffset(checkpoint[0]);
                assertThat(again.logStartOffset()).isEqualTo(70);
                assertThat(again.logEndOffset()).isEqualTo(end);
                assertThat(Logs.read(again)).isEqualTo(all);
                assertThat(memory.list("prices-0")).noneMatch(name -> name.endsWith(".deleted"));
            }
            partition.close();
        }
    }

    @Test
    void shouldKeepWhatIsNotExpiredWhereverRetentionEnds() {
        boolean finished = false;
        for (int n = 0; !finished; n++) {
            assertThat(n).isLessThan(MOST_OPERATIONS);
            memory.deleteDirectory("prices-0");
            storage.failAfter(FailingStorage.NEVER);
            Partition partition = Logs.open(storage);
            fill(partition);
            long end = partition.logEndOffset();
            storage.failAfter(n);
            try {
                partition.history().deleteExpired(200, Long.MAX_VALUE);
                finished = true;
            } catch (StorageException e) {
                assertThat(e).hasMessageContaining("input/output error");
            }
            storage.failAfter(FailingStorage.NEVER);
            try (Partition again = Logs.open(storage)) {
                assertThat(again.logEndOffset())
                        .as("offsets are not given again, failure %d", n)
                        .isEqualTo(end);
                assertThat(Logs.read(again).keySet()).allMatch(offset -> offset >= again.logStartOffset());
            }
            partition.close();
        }
    }
}
