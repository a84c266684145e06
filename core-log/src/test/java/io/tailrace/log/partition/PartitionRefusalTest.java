package io.tailrace.log.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.common.errors.StorageException;
import io.tailrace.log.record.Batches;
import io.tailrace.log.record.ProducerStamp;
import io.tailrace.log.record.RecordBatch;
import io.tailrace.log.storage.FaultyStorage;
import io.tailrace.log.storage.MemoryStorage;
import io.tailrace.log.storage.Storage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A device that refuses: the log stays what it was, and says so. */
class PartitionRefusalTest {
    private final MemoryStorage memory = new MemoryStorage();
    private final RefusingStorage storage = new RefusingStorage(memory);
    private final List<RecoveryReport> reports = new ArrayList<>();
    private Partition partition;

    @BeforeEach
    void openPartition() {
        partition = open(PartitionConfig.DEFAULT);
    }

    private Partition open(PartitionConfig config) {
        return Partition.open(storage, "flights-0", PartitionContract.TP, config, reports::add);
    }

    private List<String> values() {
        List<String> values = new ArrayList<>();
        long next = 0;
        while (next < partition.logEndOffset()) {
            FetchedBatches batches = partition.read(next, 1000);
            for (RecordBatch batch : batches) {
                values.addAll(Batches.values(batch));
            }
            next = batches.nextOffset();
        }
        return values;
    }

    @Test
    void shouldGoOnWhenTheDiskHasRoomAgain() {
        partition.append(Batches.of(1, "a"));
        long size = partition.sizeInBytes();
        storage.bytesUntilFull = 30;
        assertThatThrownBy(() -> partition.append(Batches.of(2, "a longer one that does not fit")))
                .isInstanceOf(StorageException.class);

        assertThat(partition.logEndOffset()).isEqualTo(1);
        assertThat(partition.sizeInBytes()).isEqualTo(size);
        assertThat(values()).containsExactly("a");

        storage.bytesUntilFull = Integer.MAX_VALUE;
        assertThat(partition.append(Batches.of(3, "b"))).isEqualTo(1);
        assertThat(values()).containsExactly("a", "b");
        partition.close();
        partition = open(PartitionConfig.DEFAULT);
        assertThat(values()).containsExactly("a", "b");
        assertThat(reports).isEmpty();
    }

    @Test
    void shouldCutAFailedWriteWhenItCloses() {
        partition.append(Batches.of(1, "a"));
        storage.bytesUntilFull = 70;
        assertThatThrownBy(() -> partition.append(Batches.of(2, "does not fit")))
                .isInstanceOf(StorageException.class);
        long size = partition.sizeInBytes();
        partition.close();

        assertThat(memory.size("flights-0/00000000000000000000.log")).isEqualTo(size);
    }

    @Test
    void shouldCutAFailedWriteOnTheNextStartWhenTheProcessDies() {
        partition.append(Batches.of(1, "a"));
        storage.bytesUntilFull = 70;
        storage.refuseTruncate = true;
        assertThatThrownBy(() -> partition.append(Batches.of(2, "does not fit")))
                .isInstanceOf(StorageException.class);
        storage.bytesUntilFull = Integer.MAX_VALUE;
        storage.refuseTruncate = false;

        partition = open(PartitionConfig.DEFAULT);
        assertThat(reports).singleElement().satisfies(r -> assertThat(r.bytes()).isEqualTo(70));
        assertThat(values()).containsExactly("a");
    }

    @Test
    void shouldNotAppendInFrontOfWhatCannotBeRemoved() {
        partition.append(Batches.of(1, "a"));
        storage.bytesUntilFull = 70;
        storage.refuseTruncate = true;
        assertThatThrownBy(() -> partition.append(Batches.of(2, "does not fit")))
                .isInstanceOf(StorageException.class);
        storage.bytesUntilFull = Integer.MAX_VALUE;
        assertThatThrownBy(() -> partition.append(Batches.of(3, "b")))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("truncate");
        storage.refuseTruncate = false;

        assertThat(partition.append(Batches.of(3, "b"))).isEqualTo(1);
    }

    @Test
    void shouldAcceptNothingAfterAFailedForce() {
        partition.append(Batches.of(1, "a"));
        storage.refuseForce = true;
        assertThatThrownBy(() -> partition.force())
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("input/output error");
        storage.refuseForce = false;

        assertThatThrownBy(() -> partition.append(Batches.of(2, "b")))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("an earlier force failed")
                .hasMessageContaining("open it again");
        assertThatThrownBy(() -> partition.force()).hasMessageContaining("an earlier force failed");
        assertThat(values()).as("reading goes on").containsExactly("a");

        partition.close();
        partition = open(PartitionConfig.DEFAULT);
        assertThat(partition.append(Batches.of(2, "b"))).isEqualTo(1);
    }

    @Test
    void shouldForceOnlyWhatIsNew() {
        partition.force();
        assertThat(storage.forces).isZero();
        partition.append(Batches.of(1, "a"));
        partition.append(Batches.of(1, "b"));
        partition.force();
        partition.force();
        assertThat(storage.forces).isEqualTo(1);
        partition.append(Batches.of(1, "c"));
        partition.close();
        assertThat(storage.forces).isEqualTo(2);
    }

    @Test
    void shouldStayInTheOldSegmentUntilItCanRoll() {
        PartitionConfig config = new PartitionConfig(200, 50, 10_000);
        partition.close();
        partition = open(config);
        partition.append(Batches.of(1, "a", "b"));
        partition.append(Batches.of(1, "c", "d"));
        storage.bytesUntilFull = 0;
        assertThatThrownBy(() -> partition.append(Batches.of(2, "e", "f"))).isInstanceOf(StorageException.class);
        assertThat(values()).containsExactly("a", "b", "c", "d");

        storage.bytesUntilFull = Integer.MAX_VALUE;
        assertThat(partition.append(Batches.of(2, "e", "f"))).isEqualTo(4);
        partition.close();
        partition = open(config);
        assertThat(values()).containsExactly("a", "b", "c", "d", "e", "f");
        assertThat(reports).isEmpty();
    }

    @Test
    void shouldNotCountWhatItCouldNotWrite() {
        ByteBuffer batch = Batches.stamped(new ProducerStamp(7, (short) 0, 0, true), 1000, "a");
        storage.bytesUntilFull = 30;
        assertThatThrownBy(() -> partition.append(batch)).isInstanceOf(StorageException.class);
        assertThat(partition.producers()).isEmpty();
        assertThat(partition.lastStableOffset()).isZero();

        storage.bytesUntilFull = Integer.MAX_VALUE;
        assertThat(partition.append(batch)).isZero();
        assertThat(partition.logEndOffset()).isEqualTo(1);

        storage.bytesUntilFull = 30;
        assertThatThrownBy(() -> partition.endTransaction(7, (short) 1, true, 0, 2000))
                .isInstanceOf(StorageException.class);
        assertThat(partition.lastStableOffset()).isZero();

        storage.bytesUntilFull = Integer.MAX_VALUE;
        assertThat(partition.endTransaction(7, (short) 1, true, 0, 2000)).isEqualTo(1);
        assertThat(partition.lastStableOffset()).isEqualTo(2);
    }

    @Test
    void shouldCloseWithoutASnapshotWhenTheDiskIsFull() {
        partition.append(Batches.stamped(new ProducerStamp(7, (short) 0, 0, true), 1000, "a"));
        List<ProducerInfo> known = partition.producers();
        storage.bytesUntilFull = 0;
        partition.close();

        partition = open(PartitionConfig.DEFAULT);
        assertThat(partition.producers()).isEqualTo(known);
    }

    @ParameterizedTest
    @EnumSource(FaultyStorage.Kind.class)
    void shouldLoseNothingWhateverFailsWhileItRolls(FaultyStorage.Kind kind) {
        for (int number = 1; number <= 20; number++) {
            MemoryStorage disk = new MemoryStorage();
            FaultyStorage.Device device =
                    new FaultyStorage.Device(new FaultyStorage.Fault(kind, number, false, "I/O error", 50));
            List<String> acknowledged = new ArrayList<>();
            List<String> possible = List.of("first".repeat(40), "second".repeat(40), "third", "4".repeat(300), "fifth");
            try (Partition faulty = open(new FaultyStorage(disk, device))) {
                for (String value : possible) {
                    try {
                        faulty.append(Batches.of(1, value));
                        acknowledged.add(value);
                    } catch (StorageException e) {
                        assertThat(device.hasStruck()).isTrue();
                    }
                }
            } catch (StorageException e) {
                assertThat(device.hasStruck()).isTrue();
            }
            partition = open(disk);
            assertThat(values())
                    .as("%s number %d", kind, number)
                    .containsAll(acknowledged)
                    .isSubsetOf(possible);
        }
    }

    private static Partition open(Storage disk) {
        return Partition.open(
                disk,
                "flights-0",
                PartitionContract.TP,
                PartitionConfig.DEFAULT.withSegmentBytes(500),
                RecoveryListener.NONE);
    }
}
