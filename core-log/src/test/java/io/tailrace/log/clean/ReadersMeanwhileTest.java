package io.tailrace.log.clean;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.common.errors.OffsetOutOfRangeException;
import io.tailrace.log.partition.FetchedBatches;
import io.tailrace.log.partition.Partition;
import io.tailrace.log.record.RecordBatch;
import io.tailrace.log.storage.MemoryStorage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Maintenance changes the segments between any two steps of a reader. */
class ReadersMeanwhileTest {
    private final MemoryStorage memory = new MemoryStorage();
    private final FailingStorage storage = new FailingStorage(memory);

    private Partition fill() {
        memory.deleteDirectory("prices-0");
        Partition partition = Logs.open(storage);
        for (int i = 0; i < 60; i++) {
            Logs.append(partition, 1000 + i, "key" + i % 10 + "=" + i);
        }
        Logs.roll(partition);
        Logs.append(partition, 2000, "last=1");
        // As after a start: no file is open yet and no index is in memory.
        partition.close();
        return Logs.open(storage);
    }

    @Test
    void shouldReadTheSameRecordsWhileTheirSegmentIsReplaced() {
        for (long offset : new long[] {0, 7, 23, 55, 59}) {
            boolean happened = true;
            for (int n = 0; happened; n++) {
                try (Partition partition = fill()) {
                    AtomicBoolean done = new AtomicBoolean();
                    storage.onRead(n, () -> {
                        done.set(true);
                        Logs.compact(partition, Logs.config(), 0, 5000);
                    });
                    FetchedBatches batches = partition.read(offset, 300);
                    storage.onRead(FailingStorage.NEVER, () -> {});
                    happened = done.get();
                    RecordBatch first = batches.iterator().next();
                    assertThat(offset).as("step %d", n).isBetween(first.baseOffset(), first.lastOffset());
                    for (RecordBatch batch : batches) {
                        batch.forEachRecord(record -> assertThat(record.value())
                                .isEqualTo(Long.toString(record.offset()).getBytes(UTF_8)));
                    }
                }
            }
        }
    }

    @Test
    void shouldFindTheSameTimestampOrALaterOneWhileASegmentIsReplaced() {
        boolean happened = true;
        for (int n = 0; happened; n++) {
            try (Partition partition = fill()) {
                AtomicBoolean done = new AtomicBoolean();
                storage.onRead(n, () -> {
                    done.set(true);
                    Logs.compact(partition, Logs.config(), 0, 5000);
                });
                assertThat(partition.offsetForTimestamp(1020).orElse(-1))
                        .as("step %d", n)
                        .isIn(20L, 50L);
                storage.onRead(FailingStorage.NEVER, () -> {});
                happened = done.get();
            }
        }
    }

    @Test
    void shouldReadTheRecordsOrSayThatTheyAreGoneWhileTheyAreDeleted() {
        boolean happened = true;
        for (int n = 0; happened; n++) {
            try (Partition partition = fill()) {
                AtomicBoolean done = new AtomicBoolean();
                storage.onRead(n, () -> {
                    done.set(true);
                    partition.history().deleteRecordsBefore(50);
                });
                try {
                    RecordBatch first = partition.read(3, 300).iterator().next();
                    assertThat(first.baseOffset()).isEqualTo(3);
                } catch (OffsetOutOfRangeException e) {
                    assertThat(e).hasMessageContaining("50..61");
                }
                storage.onRead(FailingStorage.NEVER, () -> {});
                happened = done.get();
                partition.history().deleteRecordsBefore(50);
                assertThatThrownBy(() -> partition.read(3, 300)).isInstanceOf(OffsetOutOfRangeException.class);
            }
        }
    }
}
