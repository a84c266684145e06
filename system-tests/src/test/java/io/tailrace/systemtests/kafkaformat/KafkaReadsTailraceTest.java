package io.tailrace.systemtests.kafkaformat;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.log.api.Compression;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.record.internal.FileLogInputStream.FileChannelRecordBatch;
import org.apache.kafka.common.record.internal.FileRecords;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.storage.internals.log.OffsetIndex;
import org.apache.kafka.storage.internals.log.OffsetPosition;
import org.apache.kafka.storage.internals.log.TimeIndex;
import org.apache.kafka.storage.internals.log.TimestampOffset;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What Tailrace wrote, as Kafka's classes read it. */
class KafkaReadsTailraceTest {
    private static final int SEGMENT_BYTES = 40_000;
    private static final int INDEX_BYTES = 1 << 20;

    @TempDir
    Path home;

    private final List<Row> written = new ArrayList<>();

    private Path write(Compression compression) {
        List<Sample> samples =
                new ArrayList<>(Sample.some(1_000, compression.name().length()));
        samples.addAll(Sample.ofEveryKind());
        samples.addAll(Sample.some(200, 99));
        try (TailracePartition partition = TailracePartition.open(home, SEGMENT_BYTES)) {
            partition.append(samples, compression, 2_048);
        }
        written.addAll(Sample.rows(samples, 0));
        return TailracePartition.directory(home);
    }

    @ParameterizedTest
    @EnumSource
    void shouldLetKafkaReadEveryRecordOfEverySegment(Compression compression) throws IOException {
        List<Path> logs = files(write(compression), ".log");
        assertThat(logs).hasSizeGreaterThan(2);

        List<Row> rows = new ArrayList<>();
        boolean compressed = false;
        for (Path file : logs) {
            try (FileRecords records = FileRecords.open(file.toFile(), false)) {
                int end = 0;
                for (FileChannelRecordBatch batch : records.batches()) {
                    batch.ensureValid();
                    assertThat(batch.magic()).isEqualTo(RecordBatch.MAGIC_VALUE_V2);
                    compressed |= batch.compressionType().name.equals(name(compression));
                    batch.forEach(record -> rows.add(Row.of(record)));
                    end = batch.position() + batch.sizeInBytes();
                }
                assertThat(end).isEqualTo((int) Files.size(file));
            }
        }
        assertThat(compressed).isTrue();
        assertThat(rows).isEqualTo(written);
    }

    @ParameterizedTest
    @EnumSource
    void shouldLetKafkaFollowTheIndexes(Compression compression) throws IOException {
        Path directory = write(compression);
        List<Path> indexes = files(directory, ".index");
        assertThat(indexes).hasSizeGreaterThan(1);
        int entries = 0;
        for (Path file : indexes) {
            long baseOffset = baseOffset(file);
            Map<Long, Integer> positionOfLastOffset = new HashMap<>();
            Map<Long, Long> timestampOfLastOffset = new HashMap<>();
            long largest = -1;
            try (FileRecords records =
                    FileRecords.open(directory.resolve(stem(file) + ".log").toFile(), false)) {
                for (FileChannelRecordBatch batch : records.batches()) {
                    positionOfLastOffset.put(batch.lastOffset(), batch.position());
                    timestampOfLastOffset.put(batch.lastOffset(), batch.maxTimestamp());
                    largest = Math.max(largest, batch.maxTimestamp());
                }
            }
            try (OffsetIndex index = new OffsetIndex(file.toFile(), baseOffset, INDEX_BYTES, false);
                    TimeIndex times = new TimeIndex(
                            directory.resolve(stem(file) + ".timeindex").toFile(), baseOffset, INDEX_BYTES, false)) {
                index.sanityCheck();
                times.sanityCheck();
                entries += index.entries();
                for (int i = 0; i < index.entries(); i++) {
                    OffsetPosition entry = index.entry(i);
                    assertThat(positionOfLastOffset).containsEntry(entry.offset(), entry.position());
                }
                for (int i = 0; i < times.entries(); i++) {
                    TimestampOffset entry = times.entry(i);
                    assertThat(timestampOfLastOffset).containsEntry(entry.offset(), entry.timestamp());
                }
                assertThat(times.lastEntry().timestamp()).isEqualTo(largest);
            }
        }
        assertThat(entries).isGreaterThan(10);
    }

    @ParameterizedTest
    @EnumSource
    void shouldLetABrokerOpenThePartitionAndGoOn(Compression compression) throws IOException {
        Path directory = write(compression);
        try (KafkaPartition kafka = KafkaPartition.open(directory, SEGMENT_BYTES)) {
            assertThat(kafka.endOffset()).isEqualTo(written.size());
            assertThat(kafka.rows()).isEqualTo(written);
            for (int i = 0; i < written.size(); i += 37) {
                long timestamp = written.get(i).timestamp();
                assertThat(kafka.offsetForTimestamp(timestamp)).hasValue(firstAtOrAfter(timestamp));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldLetTheDumpToolPrintEveryFileWithoutComplaint(Compression compression) throws IOException {
        Path directory = write(compression);
        List<Path> files = new ArrayList<>(files(directory, ".log"));
        files.addAll(files(directory, ".index"));
        files.addAll(files(directory, ".timeindex"));

        String printed = DumpTool.run(files, "--deep-iteration", "--print-data-log");

        assertThat(printed.lines().filter(line -> line.startsWith("| offset: ")).count())
                .isEqualTo(written.size());
        assertThat(printed.lines().filter(line -> line.contains(" payload: value 42 ")))
                .hasSize(2);
        assertThat(DumpTool.batchLines(printed))
                .allMatch(line -> line.contains("isvalid: true"))
                .anyMatch(line -> line.contains("compresscodec: " + name(compression)));
        assertThat(DumpTool.complaints(printed)).isEmpty();
    }

    private long firstAtOrAfter(long timestamp) {
        return written.stream()
                .filter(row -> row.timestamp() >= timestamp)
                .findFirst()
                .orElseThrow()
                .offset();
    }

    static List<Path> files(Path directory, String suffix) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .toList();
        }
    }

    private static String name(Compression compression) {
        return compression.name().toLowerCase(Locale.ROOT);
    }

    private static String stem(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.substring(0, name.indexOf('.'));
    }

    private static long baseOffset(Path file) {
        return Long.parseLong(stem(file));
    }
}
