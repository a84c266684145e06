package io.tailrace.log.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.common.header.RecordHeaders;
import io.tailrace.log.record.BatchWriter;
import io.tailrace.log.record.Batches;
import io.tailrace.log.record.RecordBatch;
import io.tailrace.log.record.compress.Codec;
import io.tailrace.log.storage.MemoryStorage;
import io.tailrace.log.storage.OpenMode;
import io.tailrace.log.storage.StorageFile;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Recovery of segments whose batches hold far more records than bytes. */
class CompressedSegmentTest {
    private static final String LOG = "flights-0/00000000000000000000.log";
    private static final int RECORDS = 500;

    private final MemoryStorage storage = new MemoryStorage();
    private final List<RecoveryReport> reports = new ArrayList<>();

    private Partition open() {
        reports.clear();
        return Partition.open(
                storage,
                "flights-0",
                PartitionContract.TP,
                PartitionConfig.DEFAULT.withIndexIntervalBytes(200),
                reports::add);
    }

    private static ByteBuffer batch(Codec codec, String value) {
        BatchWriter writer = new BatchWriter(1 << 20, codec);
        for (int i = 0; i < RECORDS; i++) {
            writer.tryAppend(1000, null, Batches.bytes(value), new RecordHeaders());
        }
        return Batches.copy(writer.finish());
    }

    private void put(byte[] content) {
        try (StorageFile file = storage.open(LOG, OpenMode.READ_WRITE)) {
            file.truncate(0);
            file.write(ByteBuffer.wrap(content), 0);
        }
    }

    private byte[] segment(Codec codec) {
        try (Partition partition = open()) {
            for (String value : List.of("first", "second", "third")) {
                partition.append(batch(codec, value));
            }
        }
        return storage.readAllBytes(LOG);
    }

    private static String valueAt(Partition partition, long offset) {
        RecordBatch batch = partition.read(offset, 100).iterator().next();
        assertThat(batch.baseOffset()).isEqualTo(offset);
        List<String> values = Batches.values(batch);
        assertThat(values).hasSize(RECORDS);
        return values.get(RECORDS - 1);
    }

    @ParameterizedTest
    @EnumSource(value = Codec.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void shouldCutATornTailAtEveryLength(Codec codec) {
        byte[] whole = segment(codec);
        int intact = whole.length - batch(codec, "third").remaining();
        for (int length = intact + 1; length < whole.length; length++) {
            put(Arrays.copyOf(whole, length));
            try (Partition partition = open()) {
                assertThat(partition.logEndOffset()).as("cut to %d", length).isEqualTo(2 * RECORDS);
                assertThat(reports).hasSize(1);
                assertThat(reports.get(0).outcome()).isEqualTo(RecoveryReport.Outcome.TRUNCATED);
                assertThat(partition.append(batch(codec, "again"))).isEqualTo(2 * RECORDS);
                assertThat(valueAt(partition, RECORDS)).isEqualTo("second");
                assertThat(valueAt(partition, 2 * RECORDS)).isEqualTo("again");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(value = Codec.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void shouldKeepWhatIsBehindEveryFlippedBit(Codec codec) {
        byte[] whole = segment(codec);
        int second = batch(codec, "first").remaining();
        int third = second + batch(codec, "second").remaining();
        for (int bit = second * 8; bit < third * 8; bit++) {
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << (bit % 8));
            put(flipped);
            try (Partition partition = open()) {
                assertThat(partition.logEndOffset())
                        .as("bit %d of byte %d", bit % 8, bit / 8 - second)
                        .isEqualTo(3 * RECORDS);
                assertThat(valueAt(partition, 0)).isEqualTo("first");
                assertThat(valueAt(partition, 2 * RECORDS)).isEqualTo("third");
            }
        }
    }
}
