package io.tailrace.systemtests.kafkaformat;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.log.record.BatchWriter;
import io.tailrace.log.record.ControlBatch;
import io.tailrace.log.record.ProducerStamp;
import io.tailrace.log.record.RecordBatch;
import io.tailrace.log.record.RecordCursor;
import io.tailrace.log.record.compress.Codec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.ShortRange;
import net.jqwik.api.constraints.Size;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.record.internal.ControlRecordType;
import org.apache.kafka.common.record.internal.EndTransactionMarker;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MutableRecordBatch;

/** One batch, made by both sides of the same records: the same bytes, and read the same. */
class BatchBytesProperties {
    private static final int NO_LIMIT = Integer.MAX_VALUE - 8;

    @Property(tries = 300)
    void bothSidesWriteTheSameBytes(
            @ForAll("samples") @Size(min = 1, max = 20) List<Sample> samples,
            @ForAll @LongRange(min = -1, max = Long.MAX_VALUE) long producerId,
            @ForAll @ShortRange(min = 0) short epoch,
            @ForAll @IntRange(min = 0) int sequence,
            @ForAll boolean transactional) {
        BatchWriter writer = writer(samples, Codec.NONE);
        ByteBuffer ours;
        MemoryRecords theirs;
        if (producerId < 0) {
            ours = writer.finish();
            theirs = MemoryRecords.withRecords(0, Compression.NONE, 0, TailraceReadsKafkaTest.toKafka(samples));
        } else {
            ours = writer.finish(new ProducerStamp(producerId, epoch, sequence, transactional));
            theirs = transactional
                    ? MemoryRecords.withTransactionalRecords(
                            0,
                            Compression.NONE,
                            producerId,
                            epoch,
                            sequence,
                            0,
                            TailraceReadsKafkaTest.toKafka(samples))
                    : MemoryRecords.withIdempotentRecords(
                            0,
                            Compression.NONE,
                            producerId,
                            epoch,
                            sequence,
                            0,
                            TailraceReadsKafkaTest.toKafka(samples));
        }
        assertThat(ours).isEqualTo(theirs.buffer());
    }

    @Property(tries = 300)
    void kafkaReadsWhatTailraceWrites(
            @ForAll("samples") @Size(min = 1, max = 50) List<Sample> samples, @ForAll Codec codec) {
        MemoryRecords records =
                MemoryRecords.readableRecords(writer(samples, codec).finish());
        List<Row> rows = new ArrayList<>();
        for (MutableRecordBatch batch : records.batches()) {
            batch.ensureValid();
            batch.forEach(record -> rows.add(Row.of(record)));
        }
        assertThat(rows).isEqualTo(Sample.rows(samples, 0));
    }

    @Property(tries = 300)
    void tailraceReadsWhatKafkaWrites(
            @ForAll("samples") @Size(min = 1, max = 50) List<Sample> samples,
            @ForAll io.tailrace.log.api.Compression compression,
            @ForAll @LongRange(min = 0, max = Long.MAX_VALUE / 2) long baseOffset) {
        MemoryRecords records = MemoryRecords.withRecords(
                baseOffset,
                TailraceReadsKafkaTest.kafkaCompression(compression),
                0,
                TailraceReadsKafkaTest.toKafka(samples));
        List<Row> rows = new ArrayList<>();
        RecordCursor cursor =
                RecordBatch.at(records.buffer(), 0, "Kafka", 0).verify().records();
        while (cursor.next()) {
            rows.add(Row.of(cursor));
        }
        assertThat(rows).isEqualTo(Sample.rows(samples, baseOffset));
    }

    @Property(tries = 100)
    void bothSidesWriteTheSameEndMarkers(
            @ForAll @LongRange(min = 0) long producerId,
            @ForAll @ShortRange(min = 0) short epoch,
            @ForAll boolean commit,
            @ForAll int coordinatorEpoch,
            @ForAll @LongRange(min = 0) long timestamp) {
        ByteBuffer ours = ControlBatch.endTransaction(
                producerId,
                epoch,
                new io.tailrace.log.record.EndTransactionMarker(commit, coordinatorEpoch),
                timestamp);
        EndTransactionMarker marker =
                new EndTransactionMarker(commit ? ControlRecordType.COMMIT : ControlRecordType.ABORT, coordinatorEpoch);
        assertThat(ours)
                .isEqualTo(MemoryRecords.withEndTransactionMarker(0, timestamp, 0, producerId, epoch, marker)
                        .buffer());
    }

    private static BatchWriter writer(List<Sample> samples, Codec codec) {
        BatchWriter writer = new BatchWriter(NO_LIMIT, codec);
        for (Sample sample : samples) {
            var record = sample.toTailrace("any");
            Long timestamp = record.timestamp();
            assertThat(writer.tryAppend(
                            timestamp == null ? 0 : timestamp, record.key(), record.value(), record.headers()))
                    .isTrue();
        }
        return writer;
    }

    @Provide
    Arbitrary<List<Sample>> samples() {
        Arbitrary<byte[]> bytes =
                Arbitraries.bytes().array(byte[].class).ofMaxSize(300).injectNull(0.1);
        Arbitrary<List<Header>> headers = Combinators.combine(
                        Arbitraries.strings().ofMaxLength(10), bytes)
                .as((name, value) -> (Header) new RecordHeader(name, value))
                .list()
                .ofMaxSize(3);
        return Combinators.combine(Arbitraries.longs().greaterOrEqual(0), bytes, bytes, headers)
                .as(Sample::new)
                .list();
    }
}
