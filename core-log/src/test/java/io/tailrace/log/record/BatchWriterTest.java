package io.tailrace.log.record;

import static io.tailrace.log.record.Batches.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.tailrace.common.header.RecordHeaders;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class BatchWriterTest {
    private static final RecordHeaders NO_HEADERS = new RecordHeaders();

    /** Worked out by hand from the format's documentation; Kafka's own writer makes the same bytes. */
    @Test
    void shouldWriteTheBytesThatKafkaWrites() {
        BatchWriter writer = new BatchWriter(1024);
        writer.tryAppend(1000, bytes("k"), bytes("v"), NO_HEADERS);
        writer.tryAppend(997, null, bytes(""), new RecordHeaders().add("h", null));

        String expected = "0000000000000000" // base offset 0
                + "00000044" // 68 bytes follow
                + "00000000" // leader epoch
                + "02" // magic
                + "aa72e132" // CRC-32C of the rest
                + "0000" // attributes: not compressed, timestamps of the producer
                + "00000001" // last offset delta
                + "00000000000003e8" // base timestamp 1000
                + "00000000000003e8" // max timestamp 1000
                + "ffffffffffffffff" // producer id: none
                + "ffff" // producer epoch
                + "ffffffff" // base sequence
                + "00000002" // two records
                // length 8, attributes, timestamp +0, offset +0, key of 1, value of 1, no headers
                + "10" + "00" + "00" + "00" + "02" + "6b" + "02" + "76" + "00"
                // length 9, attributes, timestamp -3, offset +1, key null, value of 0, one header: key of 1, value null
                + "12" + "00" + "05" + "02" + "01" + "00" + "02" + "02" + "68" + "01";
        assertThat(HexFormat.of().formatHex(bytesOf(writer.finish()))).isEqualTo(expected);
    }

    @Test
    void shouldCountRecordsAndBytes() {
        BatchWriter writer = new BatchWriter(1024);
        assertThat(writer.count()).isZero();
        assertThat(writer.sizeInBytes()).isEqualTo(BatchLayout.HEADER_BYTES);

        writer.tryAppend(1, null, bytes("four"), NO_HEADERS);

        assertThat(writer.count()).isEqualTo(1);
        assertThat(writer.sizeInBytes()).isEqualTo(BatchLayout.HEADER_BYTES + 1 + 7 - 1 + 4);
        assertThat(writer.finish().remaining()).isEqualTo(writer.sizeInBytes());
    }

    @Test
    void shouldSayNoAtTheLimitAndKeepWhatIsThere() {
        BatchWriter writer = new BatchWriter(BatchLayout.HEADER_BYTES + 2 * 17);
        assertThat(writer.tryAppend(1, null, new byte[10], NO_HEADERS)).isTrue();
        assertThat(writer.tryAppend(1, null, new byte[10], NO_HEADERS))
                .as("exactly full")
                .isTrue();
        int size = writer.sizeInBytes();
        assertThat(writer.tryAppend(1, null, null, NO_HEADERS)).isFalse();

        assertThat(size).isEqualTo(BatchLayout.HEADER_BYTES + 2 * 17);
        assertThat(writer.sizeInBytes()).isEqualTo(size);
        assertThat(Batches.read(writer.finish()).verify().count()).isEqualTo(2);
    }

    @Test
    void shouldTakeAFirstRecordBeyondTheLimit() {
        BatchWriter writer = new BatchWriter(100);
        assertThat(writer.tryAppend(1, null, new byte[5000], NO_HEADERS)).isTrue();
        assertThat(writer.tryAppend(1, null, null, NO_HEADERS)).isFalse();

        assertThat(Batches.read(writer.finish()).verify().sizeInBytes()).isGreaterThan(5000);
    }

    @Test
    void shouldStartOverAfterReset() {
        BatchWriter writer = new BatchWriter(4096);
        writer.tryAppend(50, bytes("long gone key"), new byte[9000], NO_HEADERS);
        writer.finish();
        writer.reset();
        writer.tryAppend(7, bytes("k"), bytes("v"), NO_HEADERS);

        BatchWriter fresh = new BatchWriter(4096);
        fresh.tryAppend(7, bytes("k"), bytes("v"), NO_HEADERS);
        assertThat(bytesOf(writer.finish())).isEqualTo(bytesOf(fresh.finish()));
    }

    @Test
    void shouldRefuseMisuse() {
        BatchWriter writer = new BatchWriter(4096);
        assertThatIllegalStateException().isThrownBy(writer::finish).withMessageContaining("no records");
        writer.tryAppend(1, null, null, NO_HEADERS);
        writer.finish();
        assertThatIllegalStateException()
                .isThrownBy(() -> writer.tryAppend(1, null, null, NO_HEADERS))
                .withMessageContaining("reset");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BatchWriter(60))
                .withMessageContaining("60");
    }

    @Test
    void shouldKeepHeaderKeysOfAnyLanguage() {
        BatchWriter writer = new BatchWriter(4096);
        RecordHeaders headers = new RecordHeaders();
        headers.add("", bytes("empty"))
                .add("größe", null)
                .add("水車🌊", new byte[0])
                .add("größe", bytes("again"));
        writer.tryAppend(1, null, null, headers);

        RecordCursor record = Batches.read(writer.finish()).verify().records();
        assertThat(record.next()).isTrue();
        assertThat(record.headerCount()).isEqualTo(4);
        assertThat(record.headers()).isEqualTo(headers);
        assertThat(record.next()).isFalse();
    }

    private static byte[] bytesOf(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
