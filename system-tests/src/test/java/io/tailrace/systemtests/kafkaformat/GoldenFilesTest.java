package io.tailrace.systemtests.kafkaformat;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.log.api.Compression;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Today's code on the {@link GoldenFiles}. */
class GoldenFilesTest {
    private static final int SEGMENT_BYTES = 1 << 20;

    @TempDir
    Path home;

    @ParameterizedTest
    @EnumSource
    void shouldReadWhatTailraceWrote(Compression compression) throws IOException {
        copy(GoldenFiles.name("tailrace", compression));
        try (TailracePartition tailrace = TailracePartition.open(home, SEGMENT_BYTES)) {
            assertThat(tailrace.rows()).isEqualTo(allBatches());
        }
        try (KafkaPartition kafka = KafkaPartition.open(TailracePartition.directory(home), SEGMENT_BYTES)) {
            assertThat(kafka.rows()).isEqualTo(allBatches());
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldReadWhatKafkaWrote(Compression compression) throws IOException {
        copy(GoldenFiles.name("kafka", compression));
        try (TailracePartition tailrace = TailracePartition.open(home, SEGMENT_BYTES)) {
            assertThat(tailrace.rows()).isEqualTo(allBatches());
        }
    }

    @Test
    void shouldReadTheTransactionsThatKafkaWrote() throws IOException {
        copy("kafka-transactions");
        List<Sample> records = GoldenFiles.records();
        int half = records.size() / 2;
        List<Row> expected = new ArrayList<>(Sample.rows(records.subList(0, half), 0));
        expected.addAll(Sample.rows(records.subList(half, records.size()), half + 1));
        try (TailracePartition tailrace = TailracePartition.open(home, SEGMENT_BYTES)) {
            assertThat(tailrace.rows()).isEqualTo(expected);
            assertThat(tailrace.endOffset()).isEqualTo(records.size() + 2L);
        }
    }

    private static List<Row> allBatches() {
        List<Sample> records = GoldenFiles.records();
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < GoldenFiles.BATCHES; i++) {
            rows.addAll(Sample.rows(records, rows.size()));
        }
        return rows;
    }

    private void copy(String name) throws IOException {
        TailracePartition.open(home, SEGMENT_BYTES).close();
        Path directory = Files.createDirectories(TailracePartition.directory(home));
        try (Stream<Path> files = Files.list(resource(name))) {
            for (Path file : files.toList()) {
                Files.copy(file, directory.resolve(String.valueOf(file.getFileName())));
            }
        }
    }

    private static Path resource(String name) {
        try {
            return Path.of(Objects.requireNonNull(GoldenFilesTest.class.getResource(name), name)
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
