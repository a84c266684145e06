package io.tailrace.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tailrace.common.ProducerRecord;
import io.tailrace.common.TopicPartition;
import io.tailrace.common.errors.LogLockedException;
import io.tailrace.common.errors.NotALogException;
import io.tailrace.common.errors.SerializationException;
import io.tailrace.common.errors.StorageException;
import io.tailrace.common.header.RecordHeaders;
import io.tailrace.log.api.NewTopic;
import io.tailrace.log.api.OffsetAndMetadata;
import io.tailrace.log.api.Producer;
import io.tailrace.log.api.ProducerConfig;
import io.tailrace.log.partition.Partition;
import io.tailrace.log.partition.PartitionConfig;
import io.tailrace.log.partition.RecoveryListener;
import io.tailrace.log.record.BatchWriter;
import io.tailrace.log.storage.FileStorage;
import io.tailrace.log.storage.MemoryStorage;
import io.tailrace.serde.StringSerializer;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which directories become a log, which do not, and what is in them. */
class DirectoryTest {
    private static final TopicPartition T0 = new TopicPartition("t", 0);

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path directory;

    @Test
    void shouldCreateAMissingDirectory() {
        Path missing = directory.resolve("a/b");
        try (EmbeddedLog log = EmbeddedLog.open(missing)) {
            assertThat(log.directory()).contains(missing.toAbsolutePath());
            assertThat(missing.resolve("tailrace.json")).exists();
        }
    }

    @Test
    void shouldKeepPartitionsInDirectoriesNamedAsInKafka() {
        try (EmbeddedLog log = EmbeddedLog.open(directory)) {
            log.admin().createTopic(new NewTopic("t", 2));
            post(log, T0);
        }
        assertThat(directory.resolve("t-0/00000000000000000000.log")).isNotEmptyFile();
        assertThat(directory.resolve("t-1")).as("never used").doesNotExist();
    }

    @Test
    void shouldRefuseADirectoryThatIsLockedAndNameTheHolder() {
        try (EmbeddedLog log = EmbeddedLog.open(directory)) {
            assertThatThrownBy(() -> EmbeddedLog.open(directory))
                    .isInstanceOf(LogLockedException.class)
                    .hasMessageContaining(directory.toString())
                    .hasMessageContaining(Long.toString(ProcessHandle.current().pid()));
            assertThat(log.admin().listTopics()).isEmpty();
        }
        EmbeddedLog.open(directory).close();
    }

    @Test
    void shouldNotTouchADirectoryThatHoldsOtherThings() throws IOException {
        Files.writeString(directory.resolve("thesis.txt"), "do not touch");

        assertThatThrownBy(() -> EmbeddedLog.open(directory))
                .isInstanceOf(NotALogException.class)
                .hasMessageContaining(directory.toString())
                .hasMessageContaining("tailrace.json");
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactly(directory.resolve("thesis.txt"));
        }
    }

    @Test
    void shouldTakeADirectoryThatACrashLeftBeforeItWasMarked() throws IOException {
        Files.writeString(directory.resolve(".lock"), "4711");
        Files.writeString(directory.resolve("tailrace.json.tmp"), "{\"form");

        EmbeddedLog.open(directory).close();
        assertThat(directory.resolve("tailrace.json")).exists();
    }

    @Test
    void shouldRefuseAPathThatIsAFileOrBelowOne() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "text");

        assertThatThrownBy(() -> EmbeddedLog.open(file))
                .isInstanceOf(NotALogException.class)
                .hasMessageContaining(file.toString());
        assertThatThrownBy(() -> EmbeddedLog.open(file.resolve("below")))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void shouldRefuseADirectoryWithoutPermission() throws IOException {
        File readOnly = Files.createDirectory(directory.resolve("read-only")).toFile();
        assumeTrue(readOnly.setWritable(false));
        assumeTrue(!readOnly.canWrite(), "root may write everywhere");
        try {
            assertThatThrownBy(() -> EmbeddedLog.open(readOnly.toPath()))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("permission denied");
        } finally {
            assertThat(readOnly.setWritable(true)).isTrue();
        }
    }

    @Test
    void shouldRefuseALogOfANewerFormat() throws IOException {
        EmbeddedLog.open(directory).close();
        Path marker = directory.resolve("tailrace.json");
        Files.writeString(
                marker, Files.readString(marker).replaceAll("\"formatVersion\" : 1", "\"formatVersion\" : 9"));

        assertThatThrownBy(() -> EmbeddedLog.open(directory))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("tailrace.json")
                .hasMessageContaining("format version 9, this release reads 1");
    }

    @Test
    void shouldGiveTheLockBackWhenOpeningFails() throws IOException {
        EmbeddedLog.open(directory).close();
        Files.writeString(directory.resolve("topics.json"), "{");
        assertThatThrownBy(() -> EmbeddedLog.open(directory)).isInstanceOf(StorageException.class);

        Files.delete(directory.resolve("topics.json"));
        EmbeddedLog.open(directory).close();
    }

    @Test
    void shouldNameTheRecordOfTheOffsetsTopicThatItCannotRead() {
        try (EmbeddedLog log = EmbeddedLog.open(directory)) {
            log.admin().createTopic(new NewTopic("t", 1));
            log.admin().alterCommittedOffsets("g", Map.of(T0, new OffsetAndMetadata(1)));
        }
        TopicPartition offsets0 = new TopicPartition("__consumer_offsets", 0);
        try (FileStorage storage = FileStorage.open(directory);
                Partition partition = Partition.open(
                        storage, offsets0.toString(), offsets0, PartitionConfig.DEFAULT, RecoveryListener.NONE)) {
            BatchWriter writer = new BatchWriter(1024);
            assertThat(writer.tryAppend(0, new byte[] {0, 9}, null, new RecordHeaders()))
                    .isTrue();
            partition.append(writer.finish());
        }

        assertThatThrownBy(() -> EmbeddedLog.open(directory))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("__consumer_offsets-0@")
                .hasMessageContaining("version 9");
    }

    @Test
    void shouldFindInMemoryWhatWasAcknowledgedBeforeACrash() {
        MemoryStorage storage = new MemoryStorage();
        EmbeddedLog killed = EmbeddedLog.open(storage, LogOptions.DEFAULT);
        killed.admin().createTopic(new NewTopic("t", 1));
        post(killed, T0);
        killed.admin().alterCommittedOffsets("g", Map.of(T0, new OffsetAndMetadata(1)));

        try (EmbeddedLog log = EmbeddedLog.open(storage.reopen(), LogOptions.DEFAULT)) {
            assertThat(log.directory()).isEmpty();
            assertThat(log.admin().endOffsets(List.of(T0))).containsEntry(T0, 1L);
            assertThat(log.admin().committedOffsets("g")).containsEntry(T0, new OffsetAndMetadata(1));
        }
    }

    /** A real process is killed while it produces: everything that it was told is stored must be there. */
    @Test
    void shouldKeepEveryAcknowledgedRecordWhenTheProcessIsKilled() throws Exception {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledProducer.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        long[] acknowledged = new long[KilledProducer.PARTITIONS];
        try (BufferedReader lines = child.inputReader()) {
            for (int i = 0; i < 3000; i++) {
                count(lines.readLine(), acknowledged);
            }
            assertThat(child.toHandle().destroyForcibly()).isTrue(); // the Process itself would close its output, too
            lines.lines().filter(line -> line.endsWith(".")).forEach(line -> count(line, acknowledged));
        }
        assertThat(child.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(child.exitValue()).as("killed, not ended").isNotZero();

        try (EmbeddedLog log = EmbeddedLog.open(directory)) {
            for (int partition = 0; partition < KilledProducer.PARTITIONS; partition++) {
                KilledProducer.checkRecords(log, partition, acknowledged[partition]);
            }
        }
    }

    /** A line is "partition offset ." as {@link KilledProducer} prints it for each acknowledged record. */
    private static void count(String line, long[] acknowledged) {
        String[] parts = line.split(" ");
        int partition = Integer.parseInt(parts[0]);
        acknowledged[partition] = Math.max(acknowledged[partition], Long.parseLong(parts[1]) + 1);
    }

    private static void post(EmbeddedLog log, TopicPartition partition) {
        try (Producer<String, String> producer =
                log.newProducer(ProducerConfig.DEFAULT, new StringSerializer(), new StringSerializer())) {
            producer.post(new ProducerRecord<>(partition.topic(), partition.partition(), "k", "v"));
        }
    }
}
