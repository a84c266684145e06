package io.tailrace.log.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.common.errors.CorruptRecordException;
import io.tailrace.common.header.RecordHeader;
import io.tailrace.common.header.RecordHeaders;
import io.tailrace.log.record.compress.Codec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

/** What holds for all records and for all bytes. */
class RecordBatchPropertiesTest {

    /** One record, compared by content. */
    static final class Data {
        final long timestamp;
        final byte @Nullable [] key;
        final byte @Nullable [] value;
        final RecordHeaders headers;

        Data(long timestamp, byte @Nullable [] key, byte @Nullable [] value, RecordHeaders headers) {
            this.timestamp = timestamp;
            this.key = key;
            this.value = value;
            this.headers = headers;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Data that
                    && timestamp == that.timestamp
                    && Arrays.equals(key, that.key)
                    && Arrays.equals(value, that.value)
                    && headers.equals(that.headers);
        }

        @Override
        public int hashCode() {
            return Objects.hash(timestamp, Arrays.hashCode(key), Arrays.hashCode(value), headers);
        }

        @Override
        public String toString() {
            return timestamp + " " + Arrays.toString(key) + " " + Arrays.toString(value) + " " + headers;
        }
    }

    @Property(tries = 300)
    void everyRecordComesBackAsItWas(@ForAll("records") List<Data> records) {
        ByteBuffer bytes = write(records);
        RecordBatch batch = Batches.read(bytes).verify();

        List<Data> back = new ArrayList<>();
        List<Long> offsets = new ArrayList<>();
        batch.forEachRecord(record -> {
            back.add(new Data(record.timestamp(), record.key(), record.value(), record.headers()));
            offsets.add(record.offset());
            assertThat(record.keyLength())
                    .isEqualTo(record.key() == null ? -1 : Objects.requireNonNull(record.key()).length);
        });
        assertThat(back).isEqualTo(records);
        assertThat(offsets).hasSize(records.size()).startsWith(0L).isSorted().doesNotHaveDuplicates();
        assertThat(batch.lastOffset()).isEqualTo(records.size() - 1L);
        assertThat(batch.maxTimestamp())
                .isEqualTo(records.stream().mapToLong(r -> r.timestamp).max().orElseThrow());
    }

    @Property(tries = 300)
    void everyRecordComesBackAsItWasWithEveryCodec(
            @ForAll("records") List<Data> records, @ForAll Codec codec, @ForAll boolean repeat) {
        List<Data> all = new ArrayList<>(records);
        for (int i = 0; repeat && i < 10; i++) {
            all.addAll(records); // what compresses well
        }
        BatchWriter writer = new BatchWriter(1 << 24, codec);
        all.forEach(data -> writer.tryAppend(data.timestamp, data.key, data.value, data.headers));
        int plainBytes = writer.sizeInBytes();
        ByteBuffer bytes = Batches.copy(writer.finish());
        ByteBuffer direct =
                ByteBuffer.allocateDirect(bytes.limit()).put(bytes.duplicate()).flip();

        assertThat(bytes.limit()).isLessThanOrEqualTo(plainBytes);
        for (ByteBuffer one : List.of(bytes, bytes.asReadOnlyBuffer(), direct)) {
            RecordBatch batch = Batches.read(one).verify();
            assertThat(batch.codec()).isIn(codec, Codec.NONE);
            List<Data> back = new ArrayList<>();
            batch.forEachRecord(
                    record -> back.add(new Data(record.timestamp(), record.key(), record.value(), record.headers())));
            assertThat(back).isEqualTo(all);
        }
    }

    @Property(tries = 300)
    void theLimitHoldsForMoreThanOneRecord(@ForAll("records") List<Data> records, @ForAll Random random) {
        int limit = BatchLayout.HEADER_BYTES + random.nextInt(400);
        BatchWriter writer = new BatchWriter(limit);
        for (Data record : records) {
            int before = writer.sizeInBytes();
            boolean taken = writer.tryAppend(record.timestamp, record.key, record.value, record.headers);
            assertThat(taken || writer.sizeInBytes() == before).isTrue();
        }
        assertThat(writer.sizeInBytes() <= limit || writer.count() == 1).isTrue();
        assertThat(Batches.read(writer.finish()).verify().count()).isEqualTo(writer.count());
    }

    @Property(tries = 500)
    void anyBytesEndInAnErrorOrInRecords(@ForAll("records") List<Data> records, @ForAll Random random) {
        ByteBuffer bytes = write(records);
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            bytes.put(random.nextInt(bytes.limit()), (byte) random.nextInt(256));
        }
        Batches.sealed(bytes); // a checksum is no protection against somebody who can compute it
        int seen = 0;
        try {
            RecordCursor cursor = Batches.read(bytes).records();
            while (cursor.next()) {
                seen++;
                assertThat(cursor.headers().size()).isEqualTo(cursor.headerCount());
                assertThat(length(cursor.key()) + length(cursor.value())).isLessThan(bytes.limit());
            }
        } catch (CorruptRecordException | UnsupportedCompressionException e) {
            assertThat(e).hasMessageContaining("test.log at 0");
        }
        assertThat(seen).isLessThan(bytes.limit());
    }

    @Property(tries = 500)
    void pureNoiseIsNeverABatch(@ForAll @Size(min = BatchLayout.HEADER_BYTES, max = 300) byte[] noise) {
        noise[BatchLayout.MAGIC] = BatchLayout.MAGIC_V2;
        assertThat(Batches.read(ByteBuffer.wrap(noise)).isValid()).isFalse();
    }

    private static int length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    private static ByteBuffer write(List<Data> records) {
        BatchWriter writer = new BatchWriter(1 << 24);
        for (Data record : records) {
            assertThat(writer.tryAppend(record.timestamp, record.key, record.value, record.headers))
                    .isTrue();
        }
        return Batches.copy(writer.finish());
    }

    @Provide
    Arbitrary<List<Data>> records() {
        Arbitrary<byte[]> bytes =
                Arbitraries.bytes().array(byte[].class).ofMaxSize(200).injectNull(0.2);
        Arbitrary<Long> timestamps = Arbitraries.oneOf(
                Arbitraries.longs(), Arbitraries.longs().between(1_700_000_000_000L, 1_700_000_100_000L));
        Arbitrary<RecordHeaders> headers = Combinators.combine(
                        Arbitraries.strings().ofMaxLength(5), bytes)
                .as((key, value) -> new RecordHeader(wellFormed(key), value))
                .list()
                .ofMaxSize(3)
                .map(list -> {
                    RecordHeaders all = new RecordHeaders();
                    list.forEach(all::add);
                    return all;
                });
        return Combinators.combine(timestamps, bytes, bytes, headers)
                .as(Data::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(40);
    }

    // Half of a surrogate pair has no UTF-8; it becomes a question mark, as everywhere in Java.
    private static String wellFormed(String text) {
        return Batches.text(Batches.bytes(text));
    }
}
