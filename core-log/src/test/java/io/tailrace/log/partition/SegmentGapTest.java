package io.tailrace.log.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.common.errors.CorruptRecordException;
import io.tailrace.log.record.BatchLayout;
import io.tailrace.log.record.Batches;
import io.tailrace.log.record.RecordBatch;
import io.tailrace.log.storage.MemoryStorage;
import io.tailrace.log.storage.OpenMode;
import io.tailrace.log.storage.StorageFile;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Segments that leave offsets out, as the compaction of another log writes them. */
class SegmentGapTest {
    private static final String FIRST = "flights-0/00000000000000000010.log";
    private static final String SECOND = "flights-0/00000000000000000100.log";

    private final MemoryStorage storage = new MemoryStorage();
    private final List<RecoveryReport> reports = new ArrayList<>();
    private final Map<Long, String> expected = new TreeMap<>();

    @AfterEach
    void close() {
        storage.close();
    }

    private ByteBuffer at(long baseOffset, String... values) {
        for (int i = 0; i < values.length; i++) {
            expected.put(baseOffset + i, values[i]);
        }
        return Batches.of(baseOffset, values).putLong(BatchLayout.BASE_OFFSET, baseOffset);
    }

    private byte[] put(String path, ByteBuffer... batches) {
        ByteBuffer content = ByteBuffer.allocate(100_000);
        for (ByteBuffer batch : batches) {
            content.put(batch.duplicate());
        }
        byte[] bytes = new byte[content.position()];
        content.get(0, bytes);
        put(path, bytes);
        return bytes;
    }

    private void put(String path, byte[] content) {
        storage.createDirectories("flights-0");
        try (StorageFile file = storage.open(path, OpenMode.READ_WRITE)) {
            file.truncate(0);
            file.write(ByteBuffer.wrap(content), 0);
        }
    }

    private byte[] putSegments() {
        byte[] first = put(
                FIRST,
                at(12, "a", "b"),
                at(14, "c"),
                at(20, "d", "e"),
                at(31, "f"),
                at(32, "g"),
                at(97, "h", "i", "j"));
        put(SECOND, at(100, "k"), at(101, "l"));
        return first;
    }

    private Partition open() {
        reports.clear();
        for (String name : storage.list("flights-0")) {
            if (!name.endsWith(".log")) {
                storage.delete("flights-0/" + name);
            }
        }
        return Partition.open(
                storage,
                "flights-0",
                PartitionContract.TP,
                PartitionConfig.DEFAULT.withIndexIntervalBytes(100),
                reports::add);
    }

    @Test
    void shouldReadWhatFollowsAGap() {
        putSegments();
        try (Partition partition = open()) {
            assertThat(reports).isEmpty();
            assertThat(partition.logStartOffset()).isEqualTo(10);
            assertThat(partition.logEndOffset()).isEqualTo(102);
            for (long offset = 10; offset < 102; offset++) {
                for (int maxBytes : new int[] {1, 100_000}) {
                    RecordBatch first =
                            partition.read(offset, maxBytes).iterator().next();
                    long next = offset;
                    while (!expected.containsKey(next)) {
                        next++;
                    }
                    assertThat(next).isBetween(first.baseOffset(), first.lastOffset());
                    if (next > offset) {
                        assertThat(first.baseOffset()).isEqualTo(next);
                    }
                }
            }
            assertThat(values(partition)).isEqualTo(expected);
        }
    }

    @Test
    void shouldFindTimestampsBehindGaps() {
        putSegments();
        try (Partition partition = open()) {
            assertThat(partition.offsetForTimestamp(15)).hasValue(20);
            assertThat(partition.offsetForTimestamp(98)).hasValue(98);
            assertThat(partition.offsetForTimestamp(101)).hasValue(101);
        }
    }

    @Test
    void shouldKeepAGapInTheLastSegmentWhenAnIntactBatchFollows() {
        put(FIRST, at(10, "a"), at(50, "b"), at(51, "c"));
        try (Partition partition = open()) {
            assertThat(reports).isEmpty();
            assertThat(values(partition)).isEqualTo(expected);
            assertThat(partition.append(Batches.of(1, "d"))).isEqualTo(52);
        }
    }

    /** Nothing confirms such a gap, and a flipped bit of the offset looks the same. */
    @Test
    void shouldTakeAGapInFrontOfTheLastBatchOfAllForDamage() {
        byte[] whole = put(FIRST, at(10, "a"), at(11, "b"), at(50, "c"));
        try (Partition partition = open()) {
            assertThat(reports).singleElement().satisfies(report -> {
                assertThat(report.position()).isEqualTo(whole.length * 2L / 3);
                assertThat(report.outcome()).isEqualTo(RecoveryReport.Outcome.TRUNCATED);
            });
            assertThat(partition.logEndOffset()).isEqualTo(12);
        }
    }

    @Test
    void shouldNeverLetOffsetsGoBack() {
        put(FIRST, at(10, "a", "b"), at(11, "again"), at(20, "c"), at(21, "d"));
        put(SECOND, at(100, "e"));
        try (Partition partition = open()) {
            assertThat(partition.read(10, 1000).nextOffset()).isEqualTo(12);
            assertThatThrownBy(() -> partition.read(12, 1000))
                    .isInstanceOf(CorruptRecordException.class)
                    .hasMessageContaining("seek to 20");
            assertThat(partition.read(20, 1000).nextOffset()).isEqualTo(22);
        }
    }

    @Test
    void shouldSayWhatIsMissingWhenASegmentEndsBeforeTheNextBegins() {
        put(FIRST, at(10, "a"));
        put(SECOND, at(100, "b"), at(101, "c"));
        try (Partition partition = open()) {
            assertThatThrownBy(() -> partition.read(11, 1000))
                    .isInstanceOf(CorruptRecordException.class)
                    .hasMessageContaining("found the end of the segment")
                    .hasMessageContaining("records 11..99");
        }
    }

    /** A wrong base offset within a gap is as good as a right one; every other flipped bit is noticed. */
    @Test
    void shouldReadNothingWrongWhateverBitFlips() {
        byte[] whole = putSegments();
        for (int bit = 0; bit < whole.length * 8; bit++) {
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << (bit % 8));
            put(FIRST, flipped);
            try (Partition partition = open()) {
                int read = 0;
                long offset = 10;
                while (offset < 100) {
                    try {
                        FetchedBatches batches = partition.read(offset, 1000);
                        for (RecordBatch batch : batches) {
                            for (String value : Batches.values(batch)) {
                                assertThat(expected.values()).contains(value);
                                read++;
                            }
                        }
                        offset = batches.nextOffset();
                    } catch (CorruptRecordException e) {
                        offset++;
                    }
                }
                assertThat(offset).isEqualTo(100);
                assertThat(read).as("bit %d", bit).isBetween(6, 11);
            }
        }
    }

    private static Map<Long, String> values(Partition partition) {
        Map<Long, String> values = new TreeMap<>();
        long next = partition.logStartOffset();
        while (next < partition.logEndOffset()) {
            FetchedBatches batches = partition.read(next, 300);
            for (RecordBatch batch : batches) {
                batch.forEachRecord(record -> values.put(record.offset(), Batches.text(record.value())));
            }
            next = batches.nextOffset();
        }
        return values;
    }
}
