package io.tailrace.log.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.common.errors.NotALogException;
import io.tailrace.common.errors.StorageException;
import io.tailrace.log.storage.FileStorage;
import io.tailrace.log.storage.MemoryStorage;
import io.tailrace.log.storage.Storage;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogBackupTest {
    @TempDir
    private Path directory;

    private final MemoryStorage memory = SmallLog.create();

    @Test
    void shouldCopyAClosedLogIntoADirectory() {
        Storage target = FileStorage.open(directory.resolve("copy"));
        BackupReport report = backup(memory, target, true);
        assertThat(report.partitions()).isEqualTo(3);
        assertThat(report.linkedBytes()).isZero();
        assertThat(LogVerify.verify(target).findings()).isEmpty();
        assertThat(SmallLog.read(target)).isEqualTo(SmallLog.read(memory.reopen()));
    }

    @Test
    void shouldShareFullSegmentsOnOneFileSystemOnly() {
        Storage first = FileStorage.open(directory.resolve("first"));
        backup(memory, first, true);
        Storage linked = FileStorage.open(directory.resolve("linked"));
        Storage copied = FileStorage.open(directory.resolve("copied"));
        BackupReport withLinks = backup(first, linked, true);
        BackupReport withoutLinks = backup(first, copied, false);
        assertThat(withLinks.linkedBytes()).isPositive();
        assertThat(withLinks.copiedBytes() + withLinks.linkedBytes()).isEqualTo(withoutLinks.copiedBytes());
        assertThat(withoutLinks.linkedBytes()).isZero();
        assertThat(LogVerify.verify(linked).findings()).isEmpty();
        assertThat(SmallLog.read(linked)).isEqualTo(SmallLog.read(copied));
        assertThat(LogVerify.verify(FileStorage.openExisting(directory.resolve("first")))
                        .isClean())
                .isTrue();
    }

    @Test
    void shouldLeaveNothingThatLooksLikeALogWhenTheSourceIsNone() {
        MemoryStorage target = new MemoryStorage();
        MemoryStorage other = new MemoryStorage();
        other.writeAtomically("holiday.jpg", new byte[1]);
        assertThatThrownBy(() -> backup(other, target, true)).isInstanceOf(NotALogException.class);
        assertThat(target.list("")).isEmpty();
    }

    @Test
    void shouldRefuseALogWithoutItsCatalog() {
        memory.delete("topics.json");
        assertThatThrownBy(() -> backup(memory, new MemoryStorage(), true))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("tailrace log salvage");
    }

    private static BackupReport backup(Storage source, Storage target, boolean link) {
        return new LogBackup(source, target, link, ByteProgress.SILENT).run();
    }
}
