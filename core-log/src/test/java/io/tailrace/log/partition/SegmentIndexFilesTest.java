package io.tailrace.log.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.log.record.Batches;
import io.tailrace.log.record.RecordBatch;
import io.tailrace.log.storage.MemoryStorage;
import io.tailrace.log.storage.OpenMode;
import io.tailrace.log.storage.StorageFile;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The index files of full segments: their format, and that the log is believed instead of them. */
class SegmentIndexFilesTest {
    private static final PartitionConfig CONFIG = new PartitionConfig(4000, 200, 10_000);
    private static final int RECORDS = 200;
    private static final String FIRST = "flights-0/00000000000000000000";

    private final MemoryStorage storage = new MemoryStorage();

    @BeforeEach
    void writeSegments() {
        try (Partition partition = open()) {
            for (int i = 0; i < RECORDS; i++) {
                partition.append(Batches.of(1000 + i, "v" + i));
            }
        }
    }

    private Partition open() {
        return Partition.open(storage, "flights-0", PartitionContract.TP, CONFIG, RecoveryListener.NONE);
    }

    private void change(String path, UnaryOperator<byte[]> change) {
        byte[] content = change.apply(storage.readAllBytes(path));
        try (StorageFile file = storage.open(path, OpenMode.READ_WRITE)) {
            file.truncate(0);
            file.write(ByteBuffer.wrap(content), 0);
        }
    }

    private void shouldReadAndFindEverything() {
        try (Partition partition = open()) {
            for (int offset = RECORDS - 1; offset >= 0; offset--) {
                RecordBatch batch = partition.read(offset, 1).iterator().next();
                assertThat(batch.baseOffset()).isEqualTo(offset);
                assertThat(Batches.values(batch)).containsExactly("v" + offset);
                assertThat(partition.offsetForTimestamp(1000 + offset)).hasValue(offset);
            }
        }
    }

    @Test
    void shouldHaveKafkasFormat() {
        int size = Batches.of(1000, "v1").remaining();
        ByteBuffer offsets = ByteBuffer.wrap(storage.readAllBytes(FIRST + ".index"));
        ByteBuffer times = ByteBuffer.wrap(storage.readAllBytes(FIRST + ".timeindex"));
        ByteBuffer log = ByteBuffer.wrap(storage.readAllBytes(FIRST + ".log"));

        assertThat(offsets.remaining() % 8).isZero();
        assertThat(offsets.remaining() / 8).isBetween(4000 / (200 + 2 * size), 4000 / 200);
        assertThat(times.remaining() % 12).isZero();
        while (offsets.hasRemaining()) {
            int relativeOffset = offsets.getInt();
            RecordBatch batch = RecordBatch.at(log, offsets.getInt(), "log", 0).verify();
            assertThat(batch.lastOffset()).isEqualTo(relativeOffset);
        }
        long timestamp = 0;
        int offset = 0;
        while (times.hasRemaining()) {
            timestamp = times.getLong();
            offset = times.getInt();
            assertThat(timestamp).isEqualTo(1000 + offset);
        }
        try (Partition partition = open()) {
            long lastOfFirst = secondBase() - 1;
            assertThat(offset)
                    .as("the last entry is the largest timestamp of the segment")
                    .isEqualTo((int) lastOfFirst);
            assertThat(partition.logStartOffset()).isZero();
        }
    }

    private long secondBase() {
        return Long.parseLong(storage.list("flights-0").stream()
                .filter(name -> name.endsWith(".log"))
                .toList()
                .get(1)
                .substring(0, 20));
    }

    @ParameterizedTest
    @ValueSource(strings = {".index", ".timeindex"})
    void shouldBeMadeAgainWhenMissing(String suffix) {
        byte[] original = storage.readAllBytes(FIRST + suffix);
        storage.delete(FIRST + suffix);
        shouldReadAndFindEverything();
        assertThat(storage.readAllBytes(FIRST + suffix)).isEqualTo(original);
    }

    @ParameterizedTest
    @ValueSource(strings = {".index", ".timeindex"})
    void shouldBeMadeAgainWhenTheSizeIsWrong(String suffix) {
        byte[] original = storage.readAllBytes(FIRST + suffix);
        change(FIRST + suffix, bytes -> Arrays.copyOf(bytes, bytes.length - 1));
        shouldReadAndFindEverything();
        assertThat(storage.readAllBytes(FIRST + suffix)).isEqualTo(original);
    }

    @Test
    void shouldNotHelpButNotHarmWhenEntriesAreMissing() {
        change(FIRST + ".index", bytes -> Arrays.copyOf(bytes, bytes.length - 16));
        shouldReadAndFindEverything();
        change(FIRST + ".index", bytes -> new byte[0]);
        shouldReadAndFindEverything();
    }

    @Test
    void shouldBeMadeAgainWhenPositionsAreWrong() {
        byte[] original = storage.readAllBytes(FIRST + ".index");
        for (int shift : new int[] {1, -1, 40, 61}) {
            change(FIRST + ".index", bytes -> {
                ByteBuffer entries = ByteBuffer.wrap(bytes);
                for (int at = 4; at < bytes.length; at += 8) {
                    entries.putInt(at, entries.getInt(at) + shift);
                }
                return bytes;
            });
            shouldReadAndFindEverything();
            assertThat(storage.readAllBytes(FIRST + ".index")).isEqualTo(original);
        }
    }

    @Test
    void shouldFindTheRightOffsetWhenTimestampsAreWrong() {
        for (long shift : new long[] {-7, 7}) {
            change(FIRST + ".timeindex", bytes -> {
                ByteBuffer entries = ByteBuffer.wrap(bytes);
                for (int at = 0; at < bytes.length; at += 12) {
                    entries.putLong(at, entries.getLong(at) + shift);
                }
                return bytes;
            });
            shouldReadAndFindEverything();
        }
    }

    @Test
    void shouldNeverReturnAWrongRecordWhateverTheFilesSay() {
        Random random = new Random(11);
        byte[] offsets = storage.readAllBytes(FIRST + ".index");
        for (int round = 0; round < 60; round++) {
            byte[] noise = offsets.clone();
            for (int i = 0; i < 1 + round % 4; i++) {
                noise[random.nextInt(noise.length)] = (byte) random.nextInt();
            }
            change(FIRST + ".index", bytes -> noise);
            shouldReadAndFindEverything();
        }
    }

    @Test
    void shouldRemoveWhatAnAtomicWriteLeftBehind() {
        storage.open(FIRST + ".index.tmp", OpenMode.READ_WRITE).close();
        open().close();
        assertThat(storage.list("flights-0")).noneMatch(name -> name.endsWith(".tmp"));
    }

    @Test
    void shouldIgnoreFilesOfOthers() {
        storage.open("flights-0/leader-epoch-checkpoint", OpenMode.READ_WRITE).close();
        storage.open("flights-0/12.log", OpenMode.READ_WRITE).close();
        storage.open("flights-0/99999999999999999999.log", OpenMode.READ_WRITE).close();
        shouldReadAndFindEverything();
    }

    @Test
    void shouldRefuseAnIndexThatGoesBack() {
        assertThatThrownBy(() -> OffsetIndex.decode(new byte[] {0, 0, 0, 5, 0, 0, 0, 9, 0, 0, 0, 4, 0, 0, 0, 10}, 100))
                .isInstanceOf(InvalidIndexException.class)
                .hasMessageContaining("entry 1");
        assertThatThrownBy(() -> OffsetIndex.decode(new byte[] {0, 0, 0, 5, 0, 0, 0, 100}, 100))
                .isInstanceOf(InvalidIndexException.class);
    }
}
