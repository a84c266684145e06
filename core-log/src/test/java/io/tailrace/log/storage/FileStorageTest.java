package io.tailrace.log.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tailrace.common.errors.LogLockedException;
import io.tailrace.common.errors.NotALogException;
import io.tailrace.common.errors.StorageException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileStorageTest extends StorageContract {
    @TempDir
    Path directory;

    @Override
    Storage create() {
        return FileStorage.open(directory);
    }

    @Override
    Storage openAgain(Storage first) {
        return FileStorage.open(directory);
    }

    @Test
    void shouldKeepItsFilesInTheDirectory() {
        storage.createDirectories("topic-0");
        storage.writeAtomically("topic-0/meta", new byte[] {42});

        assertThat(directory.resolve("topic-0").resolve("meta")).hasBinaryContent(new byte[] {42});
        assertThat(storage.directory()).contains(directory.toAbsolutePath());
    }

    @Test
    void shouldMakeTheDirectory() {
        Path deep = directory.resolve("not/yet/there");
        FileStorage.open(deep).close();
        assertThat(deep).isDirectory();
    }

    @Test
    void shouldRefuseAFileAsDirectory() throws IOException {
        Path file = Files.writeString(directory.resolve("notes.txt"), "x");

        assertThatThrownBy(() -> FileStorage.open(file))
                .isInstanceOf(NotALogException.class)
                .hasMessageContaining("notes.txt")
                .hasMessageContaining("found a file");
        assertThatThrownBy(() -> FileStorage.open(file.resolve("below")))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("cannot create the directory");
    }

    @Test
    void shouldNameThisProcessWhenAnotherStorageHoldsTheLock() {
        storage.lock();
        try (Storage second = FileStorage.open(directory)) {
            assertThatThrownBy(second::lock)
                    .isInstanceOf(LogLockedException.class)
                    .hasMessageContaining(directory.toString())
                    .hasMessageContaining("process " + ProcessHandle.current().pid());
        }
        try (Storage third = FileStorage.open(directory)) {
            assertThatThrownBy(third::lock)
                    .as("a refused lock does not drop the one that is held")
                    .isInstanceOf(LogLockedException.class);
        }
    }

    @Test
    void shouldSeeTheSameDirectoryThroughALink() throws IOException {
        Path link = directory.resolveSibling(directory.getFileName() + "-link");
        Files.createSymbolicLink(link, directory);
        try (Storage second = FileStorage.open(link)) {
            storage.lock();
            assertThatThrownBy(second::lock).isInstanceOf(LogLockedException.class);
        } finally {
            Files.delete(link);
        }
    }

    @Test
    void shouldNameTheOtherProcessThatHoldsTheLock() throws Exception {
        Process holder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        LockHolder.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(holder.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(output.readLine()).isEqualTo("locked");

            assertThatThrownBy(() -> storage.lock())
                    .isInstanceOfSatisfying(LogLockedException.class, e -> assertThat(e.holderPid())
                            .isEqualTo(holder.pid()))
                    .hasMessageContaining("process " + holder.pid());

            holder.destroyForcibly().waitFor();
            storage.lock(); // a killed holder leaves its file, but not its lock
            assertThat(Files.readString(directory.resolve(".lock")))
                    .isEqualTo(String.valueOf(ProcessHandle.current().pid()));
        } finally {
            holder.destroyForcibly();
        }
    }

    @Test
    void shouldSayThatTheDiskIsFull() throws IOException {
        Path full = Path.of("/dev/full"); // every write fails as on a full disk
        assumeThat(full).exists();
        Files.createSymbolicLink(directory.resolve("full.log"), full);
        try (StorageFile file = storage.open("full.log", OpenMode.EXISTING)) {
            assertThatThrownBy(() -> file.write(bytes("x"), 0))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("full.log")
                    .hasMessageContaining("cannot write at 0")
                    .hasMessageContaining("free some space")
                    .hasCauseInstanceOf(IOException.class);
        }
    }

    @Test
    void shouldSayThatPermissionIsMissing() {
        Path readOnly = directory.resolve("read-only");
        assertThat(readOnly.toFile().mkdir()).isTrue();
        assertThat(readOnly.toFile().setWritable(false)).isTrue();
        assumeThat(Files.isWritable(readOnly)).as("root may write anywhere").isFalse();
        try (Storage refused = FileStorage.open(readOnly)) {
            assertThatThrownBy(refused::lock)
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("permission denied");
        } finally {
            assertThat(readOnly.toFile().setWritable(true)).isTrue();
        }
    }

    @Test
    void shouldNotLoseTheFileWhenAnotherThreadIsInterruptedInside() throws Exception {
        try (StorageFile file = storage.open("a", OpenMode.READ_WRITE)) {
            file.write(bytes("abc"), 0);
            AtomicBoolean stop = new AtomicBoolean();
            CountDownLatch running = new CountDownLatch(1);
            Thread reader = new Thread(() -> {
                while (!stop.get()) {
                    read(file, 0, 3);
                    running.countDown();
                    Thread.interrupted();
                }
            });
            reader.start();
            running.await();
            for (int i = 0; i < 2_000; i++) {
                reader.interrupt();
                assertThat(read(file, 0, 3)).isEqualTo("abc");
            }
            stop.set(true);
            reader.join();
            file.write(bytes("d"), 3);
            assertThat(read(file, 0, 9)).isEqualTo("abcd");
        }
    }

    /** Another process: takes the lock and waits to be killed. */
    static final class LockHolder {
        private LockHolder() {}

        public static void main(String[] args) throws IOException {
            FileStorage.open(Path.of(args[0])).lock();
            System.out.println("locked");
            while (System.in.read() >= 0) {
                // until the test closes the pipe or kills this process
            }
        }
    }
}
