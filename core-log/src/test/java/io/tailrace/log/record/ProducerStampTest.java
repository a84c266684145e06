package io.tailrace.log.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tailrace.common.header.RecordHeaders;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class ProducerStampTest {

    /** Worked out by hand from the format's documentation. */
    @Test
    void shouldWriteTheFieldsOfATransactionalProducer() {
        ByteBuffer batch = Batches.stamped(new ProducerStamp(4711, (short) 3, 258, true), 1000, "v");

        String expected = "0000000000000000" // base offset 0
                + "0000003e" // 62 bytes follow
                + "00000000" // leader epoch
                + "02" // magic
                + "%08x".formatted(batch.getInt(BatchLayout.CRC))
                + "0010" // attributes: transactional
                + "00000000" // last offset delta
                + "00000000000003e8" // base timestamp 1000
                + "00000000000003e8" // max timestamp 1000
                + "0000000000001267" // producer id 4711
                + "0003" // producer epoch
                + "00000102" // base sequence
                + "00000001" // one record
                + "18" + "00" + "00" + "00" + "0a" + "6b65792d30" + "02" + "76" + "00";
        assertThat(Batches.hex(batch)).isEqualTo(expected);
        assertThat(Batches.read(batch).verify().isTransactional()).isTrue();
    }

    @Test
    void shouldTellWhoWroteABatch() {
        RecordBatch batch = Batches.read(Batches.stamped(new ProducerStamp(7, (short) 2, 10, false), 1, "a", "b", "c"));

        assertThat(batch.hasProducer()).isTrue();
        assertThat(batch.producerId()).isEqualTo(7);
        assertThat(batch.producerEpoch()).isEqualTo((short) 2);
        assertThat(batch.baseSequence()).isEqualTo(10);
        assertThat(batch.lastSequence()).isEqualTo(12);
        assertThat(batch.isTransactional()).isFalse();
        assertThat(batch.isControl()).isFalse();
    }

    @Test
    void shouldTellABatchWithoutProducer() {
        RecordBatch batch = Batches.read(Batches.of(1, "a", "b"));

        assertThat(batch.hasProducer()).isFalse();
        assertThat(batch.lastSequence()).isEqualTo(BatchLayout.NO_SEQUENCE);
        RecordBatch unnumbered = Batches.read(
                Batches.stamped(new ProducerStamp(7, (short) 2, BatchLayout.NO_SEQUENCE, true), 1, "a", "b"));
        assertThat(unnumbered.hasProducer()).isTrue();
        assertThat(unnumbered.lastSequence()).isEqualTo(BatchLayout.NO_SEQUENCE);
    }

    @Test
    void shouldStartTheSequenceAgainBehindTheLargestInt() {
        RecordBatch batch = Batches.read(
                Batches.stamped(new ProducerStamp(7, (short) 0, Integer.MAX_VALUE - 1, false), 1, "a", "b", "c"));

        assertThat(batch.lastSequence()).isZero();
        assertThat(new ProducerStamp(7, (short) 0, Integer.MAX_VALUE, true).next(1))
                .isEqualTo(new ProducerStamp(7, (short) 0, 0, true));
        assertThat(ProducerStamp.sequenceAfter(Integer.MAX_VALUE, Integer.MAX_VALUE))
                .isEqualTo(Integer.MAX_VALUE - 1);
        assertThat(ProducerStamp.sequenceAfter(5, 0)).isEqualTo(5);
    }

    @Test
    void shouldStampEachBatchOfAWriterAnew() {
        BatchWriter writer = new BatchWriter(1024);
        writer.tryAppend(1, null, null, new RecordHeaders());
        writer.finish(new ProducerStamp(7, (short) 0, 5, true));
        writer.reset();
        writer.tryAppend(1, null, null, new RecordHeaders());

        RecordBatch batch = Batches.read(writer.finish()).verify();
        assertThat(batch.hasProducer()).isFalse();
        assertThat(batch.isTransactional()).isFalse();
    }

    @Test
    void shouldRefuseWhatNoProducerIs() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ProducerStamp(-1, (short) 0, 0, false))
                .withMessageContaining("producer id -1");
        assertThatIllegalArgumentException().isThrownBy(() -> new ProducerStamp(0, (short) -1, 0, false));
        assertThatIllegalArgumentException().isThrownBy(() -> new ProducerStamp(0, (short) 0, -2, false));
    }
}
