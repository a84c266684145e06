package io.tailrace.log.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.common.errors.NotALogException;
import io.tailrace.log.storage.MemoryStorage;
import io.tailrace.log.storage.OpenMode;
import io.tailrace.log.storage.StorageFile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogVerifyTest {

    private final MemoryStorage storage = SmallLog.create();

    @Test
    void shouldCountWhatItLookedAt() {
        List<Long> done = new ArrayList<>();
        VerifyReport report = new LogVerify(storage, false, (bytes, total) -> {
                    done.add(bytes);
                    assertThat(bytes).isLessThanOrEqualTo(total);
                })
                .run();
        assertThat(report.isClean()).isTrue();
        assertThat(report.topics()).isEqualTo(3);
        assertThat(report.records()).isEqualTo(27 + 6 + 1);
        assertThat(report.batches()).isEqualTo(14 + 3 + 1);
        assertThat(done).isSorted().last().isEqualTo(report.bytes());
    }

    @Test
    void shouldNameFileAndPositionOfADamagedBatch() {
        String file = logs().get(1);
        SmallLog.flip(storage, file, 100, 1);
        VerifyReport report = LogVerify.verify(storage);
        assertThat(report.isClean()).isFalse();
        Finding first = report.findings().get(0);
        assertThat(first.severity()).isEqualTo(Severity.DAMAGE);
        assertThat(first.file()).isEqualTo(file);
        assertThat(first.position()).isZero();
        assertThat(first.found()).startsWith("CRC-32C 0x");
        assertThat(first.expected()).endsWith("which is stored");
    }

    @Test
    void shouldTakeAnIndexThatIsWrongForRepairable() {
        String file = logs().get(0).replace(".log", ".index");
        SmallLog.flip(storage, file, 7, 1);
        assertThat(LogVerify.verify(storage).findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Severity.REPAIRABLE))
                .satisfies(finding -> assertThat(finding.file()).isEqualTo(file));
    }

    @Test
    void shouldNoteAMissingIndexAndFilesThatDoNotBelong() {
        storage.delete(logs().get(0).replace(".log", ".timeindex"));
        storage.writeAtomically("plain-0/notes.txt", new byte[1]);
        storage.writeAtomically("holiday.jpg", new byte[1]);
        storage.createDirectories("other-0");
        VerifyReport report = LogVerify.verify(storage);
        assertThat(report.isClean()).isTrue();
        assertThat(report.findings())
                .extracting(Finding::file)
                .containsExactlyInAnyOrder(
                        logs().get(0).replace(".log", ".timeindex"), "plain-0/notes.txt", "holiday.jpg", "other-0");
    }

    @Test
    void shouldNoteTheGapThatAMissingSegmentLeaves() {
        String file = logs().get(1);
        storage.delete(file);
        assertThat(LogVerify.verify(storage).findings()).anySatisfy(finding -> {
            assertThat(finding.file()).isEqualTo(logs().get(1));
            assertThat(finding.expected()).startsWith(PartitionFiles.baseOffset(name(file)) + ", which follows");
        });
    }

    @Test
    void shouldTellTheTailThatIsBeingWrittenFromDamage() {
        String last = logs().get(logs().size() - 1);
        try (StorageFile file = storage.open(last, OpenMode.EXISTING)) {
            file.truncate(file.size() - 1);
        }
        assertThat(LogVerify.verify(storage).isClean()).isFalse();
        VerifyReport report = new LogVerify(storage, true, ByteProgress.SILENT).run();
        assertThat(report.isClean()).isTrue();
        assertThat(report.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.file()).isEqualTo(last);
            assertThat(finding.found()).contains("at the end of the partition");
        });
    }

    @Test
    void shouldCheckPartitionsByTheirDirectoriesWhenTheCatalogIsDamaged() {
        SmallLog.flip(storage, "topics.json", 30, 1);
        VerifyReport report = LogVerify.verify(storage);
        assertThat(report.findings()).hasSize(1).first().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.DAMAGE);
            assertThat(finding.file()).isEqualTo("topics.json");
        });
        assertThat(report.records()).isEqualTo(34);
    }

    @Test
    void shouldTellThatRecordsWereFlushedThatAreNotThere() {
        storage.writeAtomically(
                "recovery-point-offset-checkpoint", "0\n1\nplain 0 99\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(LogVerify.verify(storage).findings()).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.DAMAGE);
            assertThat(finding.position()).isEqualTo(4);
            assertThat(finding.expected()).contains("27");
        });
    }

    @Test
    void shouldRefuseWhatIsNoLog() {
        MemoryStorage other = new MemoryStorage();
        other.writeAtomically("holiday.jpg", new byte[1]);
        assertThatThrownBy(() -> LogVerify.verify(other)).isInstanceOf(NotALogException.class);
        assertThatThrownBy(() -> LogVerify.verify(new MemoryStorage())).isInstanceOf(NotALogException.class);
    }

    private List<String> logs() {
        return SmallLog.files(storage).stream()
                .filter(file -> file.startsWith("plain-0/") && file.endsWith(".log"))
                .toList();
    }

    private static String name(String path) {
        return path.substring(path.indexOf('/') + 1);
    }
}
