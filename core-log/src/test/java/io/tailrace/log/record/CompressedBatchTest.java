package io.tailrace.log.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.common.errors.CorruptRecordException;
import io.tailrace.common.header.RecordHeaders;
import io.tailrace.log.record.compress.Codec;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Batches whose records are compressed: what is stored, and what happens to those that somebody has changed. */
class CompressedBatchTest {
    private static ByteBuffer batch(Codec codec) {
        BatchWriter writer = new BatchWriter(1 << 20, codec);
        for (int i = 0; i < 40; i++) {
            writer.tryAppend(1000 + i, Batches.bytes("key"), Batches.bytes("one value of many"), new RecordHeaders());
        }
        return Batches.copy(writer.finish());
    }

    @ParameterizedTest
    @EnumSource(Codec.class)
    void shouldCompressTheRecordsAndNotTheHeader(Codec codec) {
        RecordBatch plain = Batches.read(batch(Codec.NONE));
        RecordBatch batch = Batches.read(batch(codec)).verify();

        assertThat(batch.attributes()).isEqualTo((short) codec.id());
        assertThat(batch.codec()).isEqualTo(codec);
        assertThat(batch.count()).isEqualTo(40);
        assertThat(batch.lastOffset()).isEqualTo(39);
        assertThat(batch.baseTimestamp()).isEqualTo(1000);
        assertThat(batch.maxTimestamp()).isEqualTo(1039);
        if (codec != Codec.NONE) {
            assertThat(batch.sizeInBytes()).isLessThan(plain.sizeInBytes() / 2);
        }
    }

    @Test
    void shouldWriteTheAttributesAndTheHeaderOfGzip() {
        ByteBuffer batch = batch(Codec.GZIP);

        assertThat(batch.getShort(BatchLayout.ATTRIBUTES)).isEqualTo((short) 1);
        assertThat(batch.getLong(BatchLayout.HEADER_BYTES))
                .as("1f8b, deflate, no flags, no time")
                .isEqualTo(0x1f8b_0800_0000_0000L);
    }

    @ParameterizedTest
    @EnumSource(Codec.class)
    void shouldLeaveABatchAloneThatDoesNotGetSmaller(Codec codec) {
        byte[] noise = new byte[5000];
        new Random(1).nextBytes(noise);
        BatchWriter writer = new BatchWriter(1000, codec);
        writer.tryAppend(1, null, noise, new RecordHeaders());
        RecordBatch batch = Batches.read(writer.finish()).verify();

        assertThat(batch.codec()).isEqualTo(Codec.NONE);
        RecordCursor record = batch.records();
        assertThat(record.next()).isTrue();
        assertThat(record.value()).isEqualTo(noise);
    }

    @ParameterizedTest
    @EnumSource(Codec.class)
    void shouldStartOverAfterReset(Codec codec) {
        BatchWriter writer = new BatchWriter(1 << 20, codec);
        for (int i = 0; i < 3; i++) {
            for (String value : new String[] {"first ", "second "}) {
                writer.tryAppend(1, null, Batches.bytes(value.repeat(100 + i)), new RecordHeaders());
            }
            assertThat(Batches.values(Batches.read(writer.finish()).verify()))
                    .containsExactly("first ".repeat(100 + i), "second ".repeat(100 + i));
            writer.reset();
        }
    }

    @ParameterizedTest
    @EnumSource(Codec.class)
    void shouldReadABatchThatCompactionEmptied(Codec codec) {
        ByteBuffer bytes = batch(codec).limit(BatchLayout.HEADER_BYTES);
        bytes.putInt(BatchLayout.LENGTH, BatchLayout.HEADER_BYTES - BatchLayout.LENGTH_EXCLUDES_BYTES)
                .putInt(BatchLayout.RECORD_COUNT, 0);
        RecordBatch empty = Batches.read(Batches.sealed(bytes)).verify();

        assertThat(empty.records().next()).isFalse();
        assertThat(empty.nextOffset()).isEqualTo(40);
    }

    @ParameterizedTest
    @EnumSource(Codec.class)
    void shouldNoticeEveryFlippedByteAndEveryCut(Codec codec) {
        ByteBuffer good = batch(codec);
        for (int at = BatchLayout.ATTRIBUTES; at < good.limit(); at++) {
            ByteBuffer bad = Batches.copy(good);
            bad.put(at, (byte) ~bad.get(at));
            assertThat(Batches.read(bad).isValid()).as("byte %d", at).isFalse();
        }
        for (int length = 0; length < good.limit(); length++) {
            ByteBuffer cut = Batches.copy(good).limit(length);
            assertThatThrownBy(() -> Batches.read(cut).verify()).isInstanceOf(CorruptRecordException.class);
        }
    }

    @ParameterizedTest
    @EnumSource(value = Codec.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void shouldSayThatRecordsDoNotExpandWhenTheChecksumIsRight(Codec codec) {
        ByteBuffer good = batch(codec);
        for (int length = BatchLayout.HEADER_BYTES; length < good.limit(); length++) {
            ByteBuffer cut = Batches.copy(good).limit(length);
            Batches.sealed(cut.putInt(BatchLayout.LENGTH, length - BatchLayout.LENGTH_EXCLUDES_BYTES));
            RecordBatch batch = RecordBatch.at(cut, 0, "t-0/0.log", 8192).verify();
            assertThatThrownBy(() -> Batches.values(batch))
                    .as("cut to %d of %d", length, good.limit())
                    .isInstanceOf(CorruptRecordException.class)
                    .hasMessageContaining("t-0/0.log at 8192");
        }
        for (int at = BatchLayout.HEADER_BYTES; at < good.limit(); at++) {
            ByteBuffer bad = Batches.copy(good);
            bad.put(at, (byte) ~bad.get(at));
            RecordBatch batch =
                    RecordBatch.at(Batches.sealed(bad), 0, "t-0/0.log", 8192).verify();
            try {
                assertThat(Batches.values(batch)).hasSize(40); // a flag that means nothing, a letter of a value
            } catch (CorruptRecordException e) {
                assertThat(e.position()).isEqualTo(8192);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(value = Codec.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void shouldRefuseABomb(Codec codec) {
        byte[] zeros = new byte[Codec.MAX_EXPANDED_BYTES + 1];
        byte[] target = new byte[8 << 20];
        int end = codec.compress(zeros, 0, zeros.length, target, BatchLayout.HEADER_BYTES, target.length);
        ByteBuffer bomb = ByteBuffer.wrap(target, 0, end).put(0, batch(codec), 0, BatchLayout.HEADER_BYTES);
        Batches.sealed(bomb.putInt(BatchLayout.LENGTH, end - BatchLayout.LENGTH_EXCLUDES_BYTES));
        RecordBatch batch = RecordBatch.at(bomb, 0, "t-0/0.log", 8192).verify();

        assertThatThrownBy(batch::records)
                .isInstanceOf(CorruptRecordException.class)
                .hasMessageContaining("t-0/0.log at 8192")
                .hasMessageContaining("expand to more than " + Codec.MAX_EXPANDED_BYTES);
    }

    @Test
    void shouldNotWriteWhatItWouldNotRead() {
        BatchWriter writer = new BatchWriter(1000, Codec.GZIP);
        writer.tryAppend(1, null, new byte[Codec.MAX_EXPANDED_BYTES], new RecordHeaders());

        RecordBatch batch = Batches.read(writer.finish());
        assertThat(batch.codec()).isEqualTo(Codec.NONE);
        assertThat(batch.records().next()).isTrue();
    }
}
