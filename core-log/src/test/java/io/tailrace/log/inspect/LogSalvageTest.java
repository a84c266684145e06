package io.tailrace.log.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.common.ProducerRecord;
import io.tailrace.common.TopicPartition;
import io.tailrace.common.errors.StorageException;
import io.tailrace.log.EmbeddedLog;
import io.tailrace.log.LogOptions;
import io.tailrace.log.ManualTime;
import io.tailrace.log.api.OffsetAndMetadata;
import io.tailrace.log.api.ProducerConfig;
import io.tailrace.log.storage.MemoryStorage;
import io.tailrace.log.storage.OpenMode;
import io.tailrace.log.storage.StorageFile;
import io.tailrace.serde.Serdes;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogSalvageTest {
    private final MemoryStorage storage = SmallLog.create();
    private final MemoryStorage target = new MemoryStorage();

    @Test
    void shouldCopyAnIntactLogWithConfigsAndCommittedOffsets() {
        SalvageReport report = salvage();
        assertThat(report.isComplete()).isTrue();
        assertThat(report.records()).isEqualTo(34);
        assertThat(report.notes()).isEmpty();
        assertThat(LogVerify.verify(target).findings()).isEmpty();
        MemoryStorage copy = target.reopen();
        try (EmbeddedLog log = EmbeddedLog.open(copy, LogOptions.DEFAULT)) {
            assertThat(log.admin().describeTopic("plain").configs()).containsEntry("segment.bytes", "1024");
            assertThat(log.admin().committedOffsets("readers"))
                    .containsEntry(SmallLog.PLAIN, new OffsetAndMetadata(7, "half"));
        }
        assertThat(SmallLog.read(copy.reopen())).isEqualTo(SmallLog.read(storage.reopen()));
    }

    @Test
    void shouldSayWhichOffsetsAreLostAndKeepTheOffsetsBehind() {
        String file = logs().get(1);
        long base = PartitionFiles.baseOffset(file.substring(file.indexOf('/') + 1));
        SmallLog.flip(storage, file, 100, 1);
        SalvageReport report = salvage();
        assertThat(report.isComplete()).isFalse();
        assertThat(report.lostBytes()).isPositive();
        LostRange lost = report.partitions().stream()
                .filter(each -> each.topicPartition().equals(SmallLog.PLAIN))
                .findFirst()
                .orElseThrow()
                .lost()
                .get(0);
        assertThat(lost.file()).isEqualTo(file);
        assertThat(lost.position()).isZero();
        assertThat(lost.firstOffset()).isEqualTo(base);
        assertThat(lost.endOffset()).isBetween(base + 1, base + 3);
        assertThat(LogVerify.verify(target).isClean()).isTrue();
    }

    @Test
    void shouldNotGiveTheOffsetsOfALostTailAgain() {
        String last = logs().get(logs().size() - 1);
        long base = PartitionFiles.baseOffset(last.substring(last.indexOf('/') + 1));
        try (StorageFile file = storage.open(last, OpenMode.EXISTING)) {
            file.truncate(10);
        }
        assertThat(salvage().isComplete()).isFalse();
        try (EmbeddedLog log = EmbeddedLog.open(target.reopen(), LogOptions.DEFAULT);
                var producer = log.newProducer(
                        ProducerConfig.DEFAULT,
                        Serdes.String().serializer(),
                        Serdes.String().serializer())) {
            assertThat(producer.send(new ProducerRecord<>("plain", "next"))
                            .join()
                            .offset())
                    .isEqualTo(base);
        }
    }

    @Test
    void shouldMakeTopicsFromDirectoriesWhenTheCatalogIsDamaged() {
        storage.writeAtomically("topics.json", new byte[0]);
        SalvageReport report = salvage();
        assertThat(report.notes()).anyMatch(note -> note.startsWith("topics were made from the names of directories"));
        assertThat(LogVerify.verify(target).findings()).isEmpty();
        MemoryStorage copy = target.reopen();
        assertThat(SmallLog.read(copy).get(new TopicPartition("zipped", 1))).hasSize(6);
        try (EmbeddedLog log = EmbeddedLog.open(copy.reopen(), LogOptions.DEFAULT)) {
            assertThat(log.admin().describeTopic("zipped").partitions()).isEqualTo(2);
            assertThat(log.admin().committedOffsets("readers")).isNotEmpty();
        }
    }

    @Test
    void shouldNotWriteTheSource() {
        List<String> before = contents(storage);
        SmallLog.flip(storage, logs().get(0), 70, 4);
        salvage();
        SmallLog.flip(storage, logs().get(0), 70, 4);
        assertThat(contents(storage)).isEqualTo(before);
    }

    @Test
    void shouldRefuseATargetThatIsNotEmpty() {
        target.writeAtomically("holiday.jpg", new byte[1]);
        assertThatThrownBy(this::salvage)
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("found holiday.jpg and 0 more, expected an empty or new directory");
        assertThat(target.list("")).containsExactly("holiday.jpg");
    }

    private SalvageReport salvage() {
        return new LogSalvage(storage, target, new ManualTime(), ByteProgress.SILENT).run();
    }

    private List<String> logs() {
        return SmallLog.files(storage).stream()
                .filter(file -> file.startsWith("plain-0/") && file.endsWith(".log"))
                .toList();
    }

    private static List<String> contents(MemoryStorage storage) {
        return SmallLog.files(storage).stream()
                .map(file -> file + " " + Arrays.hashCode(storage.readAllBytes(file)))
                .toList();
    }
}
