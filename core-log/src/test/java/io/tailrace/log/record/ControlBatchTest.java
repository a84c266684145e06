package io.tailrace.log.record;

import static io.tailrace.log.record.Batches.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.common.errors.CorruptRecordException;
import io.tailrace.common.header.RecordHeaders;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ControlBatchTest {
    private static final ProducerStamp STAMP = new ProducerStamp(7, (short) 1, BatchLayout.NO_SEQUENCE, true);

    /** Worked out by hand from the format's documentation. */
    @Test
    void shouldWriteTheBytesThatKafkaWrites() {
        ByteBuffer batch =
                ControlBatch.endTransaction(4711, (short) 4, new EndTransactionMarker(/* commit */ true, 9), 1000);

        String expected = "0000000000000000" // base offset 0
                + "00000042" // 66 bytes follow
                + "00000000" // leader epoch
                + "02" // magic
                + "%08x".formatted(batch.getInt(BatchLayout.CRC))
                + "0030" // attributes: transactional, control
                + "00000000" // last offset delta
                + "00000000000003e8" // base timestamp 1000
                + "00000000000003e8" // max timestamp 1000
                + "0000000000001267" // producer id 4711
                + "0004" // producer epoch
                + "ffffffff" // no base sequence
                + "00000001" // one record
                // length 16, attributes, timestamp +0, offset +0, key of 4: version 0, commit
                + "20" + "00" + "00" + "00" + "08" + "0000" + "0001"
                // value of 6: version 0, coordinator epoch; no headers
                + "0c" + "0000" + "00000009" + "00";
        assertThat(Batches.hex(batch)).isEqualTo(expected);
        assertThat(Batches.read(batch).verify().isControl()).isTrue();
    }

    @Test
    void shouldTellCommitFromAbort() {
        for (EndTransactionMarker marker :
                new EndTransactionMarker[] {new EndTransactionMarker(true, 0), new EndTransactionMarker(false, 1 << 30)
                }) {
            RecordBatch batch = Batches.read(ControlBatch.endTransaction(1, (short) 0, marker, 5));
            assertThat(ControlBatch.marker(batch)).isEqualTo(marker);
        }
    }

    @Test
    void shouldReadALaterVersionWithMoreFields() {
        RecordBatch batch = control(new byte[] {0, 3, 0, 1, 99}, new byte[] {0, 2, 0, 0, 0, 8, 99, 99});
        assertThat(ControlBatch.marker(batch)).isEqualTo(new EndTransactionMarker(true, 8));
    }

    @Test
    void shouldFindNoMarkerInOtherControlBatches() {
        assertThat(ControlBatch.marker(control(new byte[] {0, 0, 0, 2}, null))).isNull();

        ByteBuffer empty = Batches.copy(ControlBatch.endTransaction(1, (short) 0, new EndTransactionMarker(true, 1), 5))
                .limit(BatchLayout.HEADER_BYTES);
        empty.putInt(BatchLayout.LENGTH, BatchLayout.HEADER_BYTES - BatchLayout.LENGTH_EXCLUDES_BYTES)
                .putInt(BatchLayout.RECORD_COUNT, 0);
        assertThat(ControlBatch.marker(Batches.read(Batches.sealed(empty)).verify()))
                .isNull();
    }

    @Test
    void shouldRefuseWhatIsNoControlRecord() {
        assertThatThrownBy(() -> ControlBatch.marker(control(null, new byte[6])))
                .isInstanceOf(CorruptRecordException.class)
                .hasMessageContaining("control record key of null");
        assertThatThrownBy(() -> ControlBatch.marker(control(new byte[3], new byte[6])))
                .isInstanceOf(CorruptRecordException.class)
                .hasMessageContaining("3 bytes");
        assertThatThrownBy(() -> ControlBatch.marker(control(new byte[4], new byte[5])))
                .isInstanceOf(CorruptRecordException.class)
                .hasMessageContaining("control record value of 5 bytes");
        assertThatThrownBy(() -> ControlBatch.marker(control(new byte[] {-1, -1, 0, 0}, new byte[6])))
                .isInstanceOf(CorruptRecordException.class)
                .hasMessageContaining("version -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ControlBatch.marker(Batches.read(Batches.of(1, "a"))))
                .withMessageContaining("expected a control batch");
    }

    private static RecordBatch control(byte @Nullable [] key, byte @Nullable [] value) {
        BatchWriter writer = new BatchWriter(1024);
        writer.tryAppend(1, key, value, new RecordHeaders().add("h", bytes("x")));
        return Batches.read(writer.finishControl(STAMP)).verify();
    }
}
