package io.tailrace.systemtests.kafkaformat;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.common.ConsumerRecord;
import io.tailrace.common.TimestampType;
import io.tailrace.log.api.Compression;
import io.tailrace.log.api.ConsumerConfig;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.compress.GzipCompression;
import org.apache.kafka.common.compress.Lz4Compression;
import org.apache.kafka.common.compress.NoCompression;
import org.apache.kafka.common.compress.SnappyCompression;
import org.apache.kafka.common.compress.ZstdCompression;
import org.apache.kafka.common.record.internal.ControlRecordType;
import org.apache.kafka.common.record.internal.DefaultRecordBatch;
import org.apache.kafka.common.record.internal.EndTransactionMarker;
import org.apache.kafka.common.record.internal.FileRecords;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MemoryRecordsBuilder;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the log of a Kafka broker wrote, as Tailrace reads it and goes on with it. */
class TailraceReadsKafkaTest {
    private static final int SEGMENT_BYTES = 200_000;
    private static final long PRODUCER_ID = 4_711;
    private static final short EPOCH = 3;

    @TempDir
    Path home;

    private final List<Row> written = new ArrayList<>();

    private KafkaPartition openKafka() throws IOException {
        TailracePartition.open(home, SEGMENT_BYTES).close(); // the topic has to be in the catalog
        return KafkaPartition.open(TailracePartition.directory(home), SEGMENT_BYTES);
    }

    private void append(KafkaPartition kafka, List<Sample> samples, Compression compression) throws IOException {
        for (int i = 0; i < samples.size(); i += 17) {
            List<Sample> some = samples.subList(i, Math.min(samples.size(), i + 17));
            long offset = kafka.append(MemoryRecords.withRecords(kafkaCompression(compression), toKafka(some)));
            written.addAll(Sample.rows(some, offset));
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldReadEveryRecordOfEverySegment(Compression compression) throws IOException {
        try (KafkaPartition kafka = openKafka()) {
            append(kafka, Sample.some(1_000, compression.name().length()), compression);
            kafka.roll();
            append(kafka, Sample.ofEveryKind(), compression);
            kafka.roll();
            append(kafka, Sample.some(100, 5), compression);
            kafka.roll(); // an empty segment at the end
        }
        try (TailracePartition tailrace = TailracePartition.open(home, SEGMENT_BYTES)) {
            assertThat(tailrace.endOffset()).isEqualTo(written.size());
            assertThat(tailrace.rows()).isEqualTo(written);
            for (int offset = 0; offset < written.size(); offset += 101) {
                assertThat(tailrace.rows(offset)).isEqualTo(written.subList(offset, written.size()));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldTakeTurnsWithABrokerOnTheSameFiles(Compression compression) throws IOException {
        for (int turn = 0; turn < 4; turn++) {
            try (KafkaPartition kafka = openKafka()) {
                append(kafka, Sample.some(150, turn), compression);
                assertThat(kafka.rows()).isEqualTo(written);
            }
            try (TailracePartition tailrace = TailracePartition.open(home, SEGMENT_BYTES)) {
                List<Sample> samples = Sample.some(150, 100 + turn);
                tailrace.append(samples, compression, 2_048);
                written.addAll(Sample.rows(samples, written.size()));
                assertThat(tailrace.rows()).isEqualTo(written);
            }
        }
    }

    @Test
    void shouldReadTheTimestampThatTheBrokerAssigned() throws IOException {
        try (KafkaPartition kafka = openKafka()) {
            append(kafka, Sample.some(3, 1), Compression.LZ4);
        }
        Path file = TailracePartition.directory(home).resolve("00000000000000000000.log");
        ByteBuffer bytes = ByteBuffer.allocate(10_000);
        MemoryRecordsBuilder builder = MemoryRecords.builder(
                bytes,
                RecordBatch.CURRENT_MAGIC_VALUE,
                NoCompression.NONE,
                org.apache.kafka.common.record.TimestampType.LOG_APPEND_TIME,
                3,
                12_345,
                0);
        builder.append(1, "k".getBytes(java.nio.charset.StandardCharsets.UTF_8), null);
        try (FileRecords records = FileRecords.open(file.toFile(), true)) {
            records.append(builder.build());
        }

        try (TailracePartition tailrace = TailracePartition.open(home, SEGMENT_BYTES)) {
            List<ConsumerRecord<byte[], byte[]>> records = tailrace.read(ConsumerConfig.DEFAULT, 2);
            assertThat(records)
                    .extracting(ConsumerRecord::timestampType)
                    .containsExactly(TimestampType.CREATE_TIME, TimestampType.LOG_APPEND_TIME);
            assertThat(records.get(1).timestamp()).isEqualTo(12_345);
        }
    }

    @Test
    void shouldReadBatchesOfIdempotentProducers() throws IOException {
        List<Sample> samples = Sample.some(40, 3);
        try (KafkaPartition kafka = openKafka()) {
            int sequence = 0;
            for (Compression compression :
                    List.of(Compression.NONE, Compression.GZIP, Compression.SNAPPY, Compression.LZ4)) {
                List<Sample> some = samples.subList(sequence, sequence + 10);
                kafka.append(MemoryRecords.withIdempotentRecords(
                        kafkaCompression(compression), PRODUCER_ID, EPOCH, sequence, toKafka(some)));
                sequence += 10;
            }
        }
        try (TailracePartition tailrace = TailracePartition.open(home, SEGMENT_BYTES)) {
            assertThat(tailrace.rows()).isEqualTo(Sample.rows(samples, 0));
        }
    }

    @Test
    void shouldStepOverBatchesThatCompactionEmptied() throws IOException {
        List<Sample> samples = Sample.some(20, 3);
        try (KafkaPartition kafka = openKafka()) {
            append(kafka, samples, Compression.NONE);
        }
        Path file = TailracePartition.directory(home).resolve("00000000000000000000.log");
        ByteBuffer empty = ByteBuffer.allocate(DefaultRecordBatch.RECORD_BATCH_OVERHEAD);
        DefaultRecordBatch.writeEmptyHeader(
                empty,
                RecordBatch.CURRENT_MAGIC_VALUE,
                PRODUCER_ID,
                EPOCH,
                0,
                20,
                29,
                0,
                org.apache.kafka.common.record.TimestampType.CREATE_TIME,
                5_000,
                false,
                false);
        try (FileRecords records = FileRecords.open(file.toFile(), true)) {
            records.append(MemoryRecords.readableRecords(empty.flip()));
            records.append(MemoryRecords.withRecords(30, NoCompression.NONE, 0, toKafka(samples)));
        }

        written.addAll(Sample.rows(samples, 30));
        try (TailracePartition tailrace = TailracePartition.open(home, SEGMENT_BYTES)) {
            assertThat(tailrace.endOffset()).isEqualTo(50);
            assertThat(tailrace.rows()).isEqualTo(written);
            assertThat(tailrace.rows(25)).isEqualTo(written.subList(20, 40));
            tailrace.append(samples, Compression.NONE, 64 * 1024);
        }
        written.addAll(Sample.rows(samples, 50));
        try (KafkaPartition kafka = openKafka()) {
            assertThat(kafka.rows()).isEqualTo(written);
        }
    }

    @Test
    void shouldShowNoControlRecordsToConsumers() throws IOException {
        List<Sample> samples = Sample.some(20, 3);
        try (KafkaPartition kafka = openKafka()) {
            kafka.append(MemoryRecords.withTransactionalRecords(
                    NoCompression.NONE, PRODUCER_ID, EPOCH, 0, toKafka(samples.subList(0, 10))));
            kafka.appendMarker(marker(ControlRecordType.COMMIT));
            kafka.append(MemoryRecords.withTransactionalRecords(
                    NoCompression.NONE, PRODUCER_ID, EPOCH, 10, toKafka(samples.subList(10, 20))));
            kafka.appendMarker(marker(ControlRecordType.ABORT));
            assertThat(kafka.endOffset()).isEqualTo(22);
        }
        written.addAll(Sample.rows(samples.subList(0, 10), 0));
        written.addAll(Sample.rows(samples.subList(10, 20), 11));
        try (TailracePartition tailrace = TailracePartition.open(home, SEGMENT_BYTES)) {
            assertThat(tailrace.endOffset()).isEqualTo(22);
            assertThat(tailrace.rows()).isEqualTo(written);
        }
    }

    private static MemoryRecords marker(ControlRecordType type) {
        return MemoryRecords.withEndTransactionMarker(PRODUCER_ID, EPOCH, new EndTransactionMarker(type, 7));
    }

    static SimpleRecord[] toKafka(List<Sample> samples) {
        return samples.stream().map(Sample::toKafka).toArray(SimpleRecord[]::new);
    }

    static org.apache.kafka.common.compress.Compression kafkaCompression(Compression compression) {
        return switch (compression) {
            case NONE -> NoCompression.NONE;
            case GZIP -> new GzipCompression.Builder().build();
            case SNAPPY -> new SnappyCompression.Builder().build();
            case LZ4 -> new Lz4Compression.Builder().build();
            case ZSTD -> new ZstdCompression.Builder().build();
        };
    }
}
