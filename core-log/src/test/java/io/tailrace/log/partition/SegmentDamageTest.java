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
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Torn writes and flipped bits: what is good stays, what is bad is named, nothing wrong is ever returned. */
class SegmentDamageTest {
    private static final String LOG = "flights-0/00000000000000000000.log";

    private final MemoryStorage storage = new MemoryStorage();
    private final List<RecoveryReport> reports = new ArrayList<>();

    private long recoveryPoint;

    private Partition open() {
        return open(PartitionConfig.DEFAULT.withIndexIntervalBytes(200));
    }

    private Partition open(PartitionConfig config) {
        reports.clear();
        RecoveryStart start = new RecoveryStart(false, recoveryPoint);
        return Partition.open(storage, "flights-0", PartitionContract.TP, config, start, reports::add);
    }

    /** The content of a segment file of these batches. */
    private byte[] segmentOf(ByteBuffer... batches) {
        storage.deleteDirectory("flights-0");
        try (Partition partition = open()) {
            for (ByteBuffer batch : batches) {
                partition.append(batch);
            }
        }
        return storage.readAllBytes(LOG);
    }

    private void put(byte[] content) {
        put(LOG, content);
    }

    private void put(String path, byte[] content) {
        try (StorageFile file = storage.open(path, OpenMode.READ_WRITE)) {
            file.truncate(0);
            file.write(ByteBuffer.wrap(content), 0);
        }
    }

    private static byte[] flip(byte[] content, int bit) {
        byte[] flipped = content.clone();
        flipped[bit / 8] ^= (byte) (1 << (bit % 8));
        return flipped;
    }

    private static List<String> read(Partition partition, long from) {
        List<String> values = new ArrayList<>();
        long next = from;
        while (next < partition.logEndOffset()) {
            FetchedBatches batches = partition.read(next, 300);
            for (RecordBatch batch : batches) {
                values.addAll(Batches.values(batch));
            }
            next = batches.nextOffset();
        }
        return values;
    }

    @Test
    void shouldCutATornTailAtEveryLength() {
        byte[] whole = segmentOf(Batches.of(1, "a", "b"), Batches.of(2, "c"), Batches.of(3, "d", "e"));
        int intact = whole.length - Batches.of(3, "d", "e").remaining();
        for (int length = intact + 1; length < whole.length; length++) {
            put(Arrays.copyOf(whole, length));
            try (Partition partition = open()) {
                assertThat(partition.logEndOffset()).as("cut to %d", length).isEqualTo(3);
                assertThat(reports).hasSize(1);
                RecoveryReport report = reports.get(0);
                assertThat(report.outcome()).isEqualTo(RecoveryReport.Outcome.TRUNCATED);
                assertThat(report.file()).isEqualTo(LOG);
                assertThat(report.position()).isEqualTo(intact);
                assertThat(report.bytes()).isEqualTo(length - intact);
                assertThat(report.toString())
                        .contains(LOG + " at " + intact, "removed " + (length - intact) + " bytes");

                assertThat(partition.append(Batches.of(4, "again"))).isEqualTo(3);
                assertThat(read(partition, 0)).containsExactly("a", "b", "c", "again");
            }
        }
    }

    @Test
    void shouldCutATailOfZerosOrNoise() {
        byte[] whole = segmentOf(Batches.of(1, "a", "b"));
        Random random = new Random(7);
        for (int extra : new int[] {1, 60, 61, 100, 5000, 200_000}) {
            for (boolean zeros : new boolean[] {true, false}) {
                byte[] tail = new byte[extra];
                if (!zeros) {
                    random.nextBytes(tail);
                }
                byte[] content = Arrays.copyOf(whole, whole.length + extra);
                System.arraycopy(tail, 0, content, whole.length, extra);
                put(content);
                try (Partition partition = open()) {
                    assertThat(partition.sizeInBytes()).isEqualTo(whole.length);
                    assertThat(storage.size(LOG)).isEqualTo(whole.length);
                    assertThat(reports).singleElement().satisfies(r -> assertThat(r.bytes())
                            .isEqualTo(extra));
                }
            }
        }
    }

    @Test
    void shouldCutALastBatchWithAnyFlippedBit() {
        byte[] whole = segmentOf(Batches.of(1, "a", "b"), Batches.of(2, "c"));
        int last = whole.length - Batches.of(2, "c").remaining();
        for (int bit = last * 8; bit < whole.length * 8; bit++) {
            int field = bit / 8 - last;
            if (field >= BatchLayout.LEADER_EPOCH && field < BatchLayout.MAGIC) {
                continue; // no one relies on the epoch
            }
            put(flip(whole, bit));
            try (Partition partition = open()) {
                assertThat(read(partition, 0)).as("byte %d of the batch", field).containsExactly("a", "b");
                assertThat(reports).singleElement().satisfies(r -> assertThat(r.outcome())
                        .isEqualTo(RecoveryReport.Outcome.TRUNCATED));
            }
        }
    }

    @Test
    void shouldKeepWhatFollowsAnyFlippedBitInTheMiddle() {
        // Equal sizes on purpose: one flipped bit of a length can make it end exactly where the next batch does.
        byte[] whole = segmentOf(
                Batches.of(1, "a", "b"), Batches.of(2, "c", "d"), Batches.of(3, "e", "f"), Batches.of(4, "g", "h"));
        int size = Batches.of(1, "a", "b").remaining();
        for (int bit = size * 8; bit < 2 * size * 8; bit++) {
            int field = bit / 8 - size;
            if (field >= BatchLayout.LEADER_EPOCH && field < BatchLayout.MAGIC) {
                continue;
            }
            put(flip(whole, bit));
            try (Partition partition = open()) {
                assertThat(partition.logEndOffset())
                        .as("byte %d of the batch", field)
                        .isEqualTo(8);
                assertThat(storage.size(LOG)).isEqualTo(whole.length);
                assertThat(reports).singleElement().satisfies(r -> {
                    assertThat(r.outcome()).isEqualTo(RecoveryReport.Outcome.KEPT);
                    assertThat(r.position()).isEqualTo(size);
                    assertThat(r.bytes()).isEqualTo(size);
                });
                assertThat(read(partition, 4)).containsExactly("e", "f", "g", "h");
                assertThat(read(partition, 5)).containsExactly("e", "f", "g", "h");
                for (long damaged : new long[] {2, 3}) {
                    assertThatThrownBy(() -> partition.read(damaged, 1000))
                            .isInstanceOfSatisfying(CorruptRecordException.class, e -> {
                                assertThat(e.file()).isEqualTo(LOG);
                                assertThat(e.position()).isEqualTo(size);
                            })
                            .hasMessageContaining("records 2..3 cannot be read, seek to 4");
                }
                FetchedBatches front = partition.read(0, 1000);
                assertThat(front.nextOffset())
                        .as("stops in front of the damage")
                        .isEqualTo(2);
                assertThat(partition.append(Batches.of(5, "new"))).isEqualTo(8);
                assertThat(read(partition, 6)).containsExactly("g", "h", "new");
            }
        }
    }

    @Test
    void shouldNoticeBitsThatFlipWhileThePartitionIsOpen() {
        byte[] whole = segmentOf(
                Batches.of(1, "a", "b"), Batches.of(2, "c", "d"), Batches.of(3, "e", "f"), Batches.of(4, "g", "h"));
        int size = whole.length / 4;
        try (Partition partition = open()) {
            for (int bit = size * 8; bit < 2 * size * 8; bit++) {
                int field = bit / 8 - size;
                if (field >= BatchLayout.LEADER_EPOCH && field < BatchLayout.MAGIC) {
                    continue;
                }
                put(flip(whole, bit));
                assertThatThrownBy(() -> partition.read(2, 1000))
                        .as("byte %d of the batch", field)
                        .isInstanceOf(CorruptRecordException.class)
                        .hasMessageContaining(LOG + " at " + size);
                assertThat(read(partition, 4)).containsExactly("e", "f", "g", "h");
                put(whole);
                assertThat(read(partition, 0)).hasSize(8);
            }
        }
    }

    @Test
    void shouldNotTakeARecordsValueForABatchOfTheLog() {
        // A log of logs: the value of the torn batch is a whole batch, with an offset that fits and bytes behind it.
        byte[] inner = Batches.of(9, "not mine", "either").putLong(0, 5).array();
        byte[] value = Arrays.copyOf(inner, inner.length + 300);
        ByteBuffer outer = Batches.ofValue(2, value);
        byte[] whole = segmentOf(Batches.of(1, "a", "b", "c", "d", "e"), outer);
        int last = whole.length - outer.remaining();
        for (int length : new int[] {whole.length - 1, whole.length - 250, last + 80 + inner.length}) {
            put(Arrays.copyOf(whole, length));
            try (Partition partition = open()) {
                assertThat(partition.logEndOffset()).as("cut to %d", length).isEqualTo(5);
                assertThat(read(partition, 0)).containsExactly("a", "b", "c", "d", "e");
            }
        }
        put(flip(whole, (whole.length - 100) * 8));
        try (Partition partition = open()) {
            assertThat(partition.logEndOffset()).isEqualTo(5);
        }
    }

    @Test
    void shouldFindGoodBatchesBehindALargeHole() {
        List<ByteBuffer> batches = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            batches.add(Batches.ofValue(i, Batches.bytes(("value " + i + " ").repeat(100))));
        }
        byte[] whole = segmentOf(batches.toArray(ByteBuffer[]::new));
        byte[] hole = whole.clone();
        Arrays.fill(hole, 4096, 4096 + 150_000, (byte) 0); // larger than the window of the scanner
        put(hole);
        try (Partition partition = open()) {
            assertThat(partition.logEndOffset()).isEqualTo(400);
            assertThat(reports).singleElement().satisfies(r -> assertThat(r.outcome())
                    .isEqualTo(RecoveryReport.Outcome.KEPT));
            assertThat(read(partition, 399)).singleElement().satisfies(v -> assertThat(v)
                    .startsWith("value 399"));
            assertThat(read(partition, 300)).hasSize(100);
            assertThatThrownBy(() -> partition.read(50, 100))
                    .isInstanceOf(CorruptRecordException.class)
                    .hasMessageContaining("cannot be read, seek to ");
        }
    }

    @Test
    void shouldReportEachDamageAndCutOnlyTheTail() {
        byte[] whole = segmentOf(
                Batches.of(1, "a"), Batches.of(2, "b"), Batches.of(3, "c"), Batches.of(4, "d"), Batches.of(5, "e"));
        int size = whole.length / 5;
        byte[] bad = flip(flip(whole, size * 8 + 300), (3 * size + 40) * 8);
        put(Arrays.copyOf(bad, whole.length - 3));
        try (Partition partition = open()) {
            assertThat(reports.stream().map(RecoveryReport::outcome))
                    .containsExactly(RecoveryReport.Outcome.KEPT, RecoveryReport.Outcome.TRUNCATED);
            assertThat(partition.logEndOffset()).isEqualTo(3);
            assertThat(read(partition, 2)).containsExactly("c");
        }
    }

    @Test
    void shouldStartAnewWhenNothingIsIntact() {
        byte[] whole = segmentOf(Batches.of(1, "a"));
        put(flip(whole, 500));
        try (Partition partition = open()) {
            assertThat(partition.logEndOffset()).isZero();
            assertThat(partition.append(Batches.of(1, "b"))).isZero();
            assertThat(read(partition, 0)).containsExactly("b");
        }
    }

    @Test
    void shouldNotTouchABatchOfAnUnknownCodecButSayThatItCannotReadIt() {
        byte[] whole = segmentOf(Batches.of(1, "a"), Batches.of(2, "b"));
        int size = whole.length / 2;
        ByteBuffer second = ByteBuffer.wrap(whole, size, size).slice();
        Batches.sealed(second.putShort(BatchLayout.ATTRIBUTES, (short) 6));
        put(whole);
        try (Partition partition = open()) {
            assertThat(reports).isEmpty();
            assertThat(partition.logEndOffset()).isEqualTo(2);
            assertThatThrownBy(() -> read(partition, 1)).hasMessageContaining("compression codec 6 is not known");
        }
    }

    @Test
    void shouldSayWhichRecordsAreMissingWhenAFullSegmentWasCut() {
        PartitionConfig config = new PartitionConfig(300, 100, 10_000);
        storage.deleteDirectory("flights-0");
        try (Partition partition = open(config)) {
            for (int i = 0; i < 12; i++) {
                partition.append(Batches.of(i, "v" + i));
            }
        }
        byte[] first = storage.readAllBytes(LOG);
        put(Arrays.copyOf(first, first.length - 1));
        recoveryPoint = 12;
        try (Partition partition = open(config)) {
            long next = Long.parseLong(storage.list("flights-0").stream()
                    .filter(name -> name.endsWith(".log"))
                    .toList()
                    .get(1)
                    .substring(0, 20));
            assertThat(read(partition, next)).hasSize((int) (12 - next));
            assertThatThrownBy(() -> partition.read(next - 1, 100))
                    .isInstanceOf(CorruptRecordException.class)
                    .hasMessageContaining(
                            "records " + (next - 1) + ".." + (next - 1) + " cannot be read, seek to " + next);

            put(Arrays.copyOf(first, 0));
        }
        try (Partition partition = open(config)) {
            assertThatThrownBy(() -> partition.read(0, 100))
                    .isInstanceOf(CorruptRecordException.class)
                    .hasMessageContaining("found the end of the segment");
            assertThat(partition.offsetForTimestamp(11)).hasValue(11);
        }
    }

    /** Any damage: opening never fails, and whatever is read is what was written there. */
    @Property(tries = 300)
    void nothingWrongIsEverRead(@ForAll long seed) {
        Random random = new Random(seed);
        int count = 2 + random.nextInt(12);
        ByteBuffer[] batches = new ByteBuffer[count];
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String[] values = new String[1 + random.nextInt(4)];
            for (int j = 0; j < values.length; j++) {
                values[j] = "v" + expected.size() + "-".repeat(random.nextInt(30));
                expected.add(values[j]);
            }
            batches[i] = Batches.of(i, values);
        }
        byte[] bad = segmentOf(batches);
        for (int i = random.nextInt(3); i >= 0; i--) {
            int from = random.nextInt(bad.length);
            int length = Math.min(bad.length - from, 1 + random.nextInt(20));
            for (int at = from; at < from + length; at++) {
                bad[at] = (byte) random.nextInt();
            }
        }
        put(random.nextBoolean() ? bad : Arrays.copyOf(bad, random.nextInt(bad.length) + 1));
        try (Partition partition = open()) {
            long end = partition.logEndOffset();
            for (long offset = 0; offset < end; offset++) {
                try {
                    for (RecordBatch batch : partition.read(offset, 100)) {
                        List<String> values = Batches.values(batch);
                        int base = (int) batch.baseOffset();
                        assertThat(values).isEqualTo(expected.subList(base, base + values.size()));
                    }
                } catch (CorruptRecordException e) {
                    assertThat(reports).as("what cannot be read was reported").isNotEmpty();
                }
            }
            assertThat(partition.append(Batches.of(99, "new"))).isEqualTo(end);
            assertThat(read(partition, end)).containsExactly("new");
        }
    }
}
