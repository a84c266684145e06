package io.tailrace.log.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.common.errors.CorruptRecordException;
import io.tailrace.common.header.RecordHeaders;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes that are not what was written. */
class HostileBatchTest {

    @Test
    void shouldNoticeEveryFlippedBitThatTheLogDoesNotAssign() {
        ByteBuffer good = Batches.of(1000, "one", "two", "three");
        for (int bit = 0; bit < good.limit() * 8; bit++) {
            ByteBuffer bad = Batches.copy(good);
            bad.put(bit / 8, (byte) (bad.get(bit / 8) ^ (1 << (bit % 8))));
            int at = bit / 8;
            boolean assigned = at < BatchLayout.LENGTH || (at >= BatchLayout.LEADER_EPOCH && at < BatchLayout.MAGIC);
            if (!assigned) {
                assertThat(Batches.read(bad).isValid())
                        .as("bit %d of byte %d", bit % 8, at)
                        .isFalse();
            }
        }
    }

    @Test
    void shouldNoticeACutAtEveryLength() {
        ByteBuffer good = Batches.of(1000, "one", "two", "three");
        for (int length = 0; length < good.limit(); length++) {
            ByteBuffer cut = Batches.copy(good).limit(length);
            assertThatThrownBy(() -> Batches.read(cut).verify())
                    .as("cut to %d", length)
                    .isInstanceOf(CorruptRecordException.class);
        }
    }

    @Test
    void shouldReadABatchInTheMiddleOfABuffer() {
        ByteBuffer good = Batches.of(1000, "one", "two");
        ByteBuffer padded = ByteBuffer.allocate(good.limit() + 200).put(99, (byte) 2);
        padded.put(100, good, 0, good.limit());

        RecordBatch batch = RecordBatch.at(padded, 100, "seg.log", 4711).verify();
        assertThat(Batches.values(batch)).containsExactly("one", "two");
        assertThat(batch.sizeInBytes()).isEqualTo(good.limit());
    }

    @Test
    void shouldSayWhereAndWhat() {
        ByteBuffer bytes = Batches.of(1000, "one");
        bytes.put(bytes.limit() - 2, (byte) 'X');

        assertThatThrownBy(() -> RecordBatch.at(bytes, 0, "t-0/0.log", 8192).verify())
                .isInstanceOfSatisfying(CorruptRecordException.class, e -> {
                    assertThat(e.file()).isEqualTo("t-0/0.log");
                    assertThat(e.position()).isEqualTo(8192);
                })
                .hasMessageContaining("found CRC-32C 0x")
                .hasMessageContaining("expected 0x");
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 48, 1 << 20, Integer.MAX_VALUE})
    void shouldRefuseALengthOnEitherSide(int length) {
        ByteBuffer bytes = Batches.of(1000, "one").putInt(BatchLayout.LENGTH, length);

        assertThatThrownBy(() -> Batches.read(bytes).verify())
                .isInstanceOf(CorruptRecordException.class)
                .hasMessageContaining("a batch of " + (length + 12L) + " bytes")
                .hasMessageContaining("61..");
    }

    @ParameterizedTest
    @CsvSource({"-1, 0", "0, -1", "5, 0", "2, 0", "1000000000, 1000000000", "-2147483648, 2147483647"})
    void shouldRefuseCountsThatDoNotFit(int count, int lastOffsetDelta) {
        ByteBuffer bytes = Batches.of(1000, "one");
        bytes.putInt(BatchLayout.RECORD_COUNT, count).putInt(BatchLayout.LAST_OFFSET_DELTA, lastOffsetDelta);

        assertThat(Batches.read(Batches.sealed(bytes)).isValid()).isFalse();
    }

    @Test
    void shouldRefuseOffsetsThatOverflow() {
        ByteBuffer bytes = Batches.of(1000, "one", "two");
        assertThat(Batches.read(bytes.putLong(0, -1)).isValid()).isFalse();
        assertThat(Batches.read(bytes.putLong(0, Long.MAX_VALUE - 1)).isValid()).isFalse();
        assertThat(Batches.read(bytes.putLong(0, Long.MAX_VALUE - 2)).isValid()).isTrue();
    }

    /** Field by field of one record: what its length claims, where nothing may be believed. */
    @ParameterizedTest
    @CsvSource({
        "0, record length",
        "4, key length",
        "6, value length",
        "8, headers",
    })
    void shouldRefuseRecordFieldsThatLeadOutside(int field, String what) {
        for (int hostile : new int[] {0x7f, 0x7e, 0x50, 0x03}) {
            // one record: length, attributes, timestamp, offset, key length, 'k', value length, 'v', header count
            BatchWriter writer = new BatchWriter(1024);
            writer.tryAppend(1, new byte[] {'k'}, new byte[] {'v'}, new RecordHeaders());
            ByteBuffer bytes = writer.finish();
            bytes.put(BatchLayout.HEADER_BYTES + field, (byte) hostile);
            RecordCursor cursor = Batches.read(Batches.sealed(bytes)).verify().records();

            assertThatThrownBy(cursor::next)
                    .as("%s 0x%x", what, hostile)
                    .isInstanceOf(CorruptRecordException.class)
                    .hasMessageContaining(what)
                    .hasMessageContaining("record 1 of 1");
        }
    }

    @Test
    void shouldRefuseANumberThatNeverEnds() {
        ByteBuffer bytes = Batches.of(1000, "a value that is long enough to hold it");
        for (int i = BatchLayout.HEADER_BYTES; i < bytes.limit(); i++) {
            bytes.put(i, (byte) 0xff);
        }
        RecordCursor cursor = Batches.read(Batches.sealed(bytes)).verify().records();

        assertThatThrownBy(cursor::next)
                .isInstanceOf(CorruptRecordException.class)
                .hasMessageContaining("varint of more than 32 bits");
    }

    @Test
    void shouldRefuseBytesBehindTheLastRecord() {
        ByteBuffer bytes = Batches.of(1000, "one", "two");
        bytes.putInt(BatchLayout.RECORD_COUNT, 1);
        RecordCursor cursor = Batches.read(Batches.sealed(bytes)).verify().records();

        assertThat(cursor.next()).isTrue();
        assertThatThrownBy(cursor::next)
                .isInstanceOf(CorruptRecordException.class)
                .hasMessageContaining("behind the last record");
    }

    @ParameterizedTest
    @ValueSource(shorts = {5, 6, 7})
    void shouldKnowABatchOfAnUnknownCodecButNotReadIt(short codec) {
        ByteBuffer bytes = Batches.sealed(Batches.of(1000, "one").putShort(BatchLayout.ATTRIBUTES, codec));
        RecordBatch batch = Batches.read(bytes).verify();

        assertThatThrownBy(batch::records)
                .isInstanceOf(UnsupportedCompressionException.class)
                .hasMessageContaining("test.log at 0")
                .hasMessageContaining("codec " + codec + " is not known");
    }

    @Test
    void shouldGiveEveryRecordTheTimestampThatTheLogAssigned() {
        ByteBuffer bytes = Batches.of(1000, "one", "two");
        bytes.putShort(BatchLayout.ATTRIBUTES, (short) 8).putLong(BatchLayout.MAX_TIMESTAMP, 5555);
        List<Long> timestamps = new ArrayList<>();
        Batches.read(Batches.sealed(bytes)).verify().forEachRecord(record -> timestamps.add(record.timestamp()));

        assertThat(timestamps).containsExactly(5555L, 5555L);
    }

    @Test
    void shouldTellControlAndTransactionalBatches() {
        ByteBuffer bytes = Batches.sealed(Batches.of(1, "x").putShort(BatchLayout.ATTRIBUTES, (short) 0x30));
        RecordBatch batch = Batches.read(bytes).verify();
        assertThat(batch.isControl()).isTrue();
        assertThat(batch.isTransactional()).isTrue();

        RecordBatch plain = Batches.read(Batches.of(1, "x"));
        assertThat(plain.isControl()).isFalse();
        assertThat(plain.isTransactional()).isFalse();
        assertThat(plain.producerId()).isEqualTo(-1);
        assertThat(plain.producerEpoch()).isEqualTo((short) -1);
        assertThat(plain.baseSequence()).isEqualTo(-1);
    }

    @Test
    void shouldShowBytesInPlace() {
        BatchWriter writer = new BatchWriter(1024);
        writer.tryAppend(1, new byte[] {1, 2}, null, new RecordHeaders());
        RecordCursor cursor = Batches.read(writer.finish()).records();
        cursor.next();

        assertThat(cursor.keyBuffer()).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2}));
        assertThat(cursor.valueBuffer()).isNull();
        assertThat(cursor.value()).isNull();
        assertThat(cursor.valueLength()).isEqualTo(-1);
    }
}
