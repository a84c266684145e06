package io.tailrace.log.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.common.errors.LogClosedException;
import io.tailrace.common.errors.LogLockedException;
import io.tailrace.common.errors.StorageException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link Storage} does, whatever it keeps its bytes in. */
abstract class StorageContract {
    Storage storage;

    /** An empty one. */
    abstract Storage create();

    /** Another one on the same content, while {@code first} is open or after it was closed. */
    abstract Storage openAgain(Storage first);

    @BeforeEach
    void createStorage() {
        storage = create();
    }

    @AfterEach
    void closeStorage() {
        storage.close();
    }

    @Test
    void shouldReadWhatWasWrittenAtItsPosition() {
        try (StorageFile file = storage.open("a", OpenMode.READ_WRITE)) {
            file.write(bytes("hello world"), 0);
            file.write(bytes("W"), 6);

            assertThat(read(file, 6, 5)).isEqualTo("World");
            assertThat(file.size()).isEqualTo(11);
        }
    }

    @Test
    void shouldConsumeTheSourceAndRespectItsLimits() {
        try (StorageFile file = storage.open("a", OpenMode.READ_WRITE)) {
            ByteBuffer source = bytes("..abc..").position(2).limit(5);
            file.write(source, 0);

            assertThat(source.position()).isEqualTo(5);
            assertThat(source.limit()).isEqualTo(5);
            assertThat(read(file, 0, 10)).isEqualTo("abc");
        }
    }

    @Test
    void shouldReadLessOnlyAtTheEnd() {
        try (StorageFile file = storage.open("a", OpenMode.READ_WRITE)) {
            file.write(bytes("abc"), 0);

            assertThat(file.read(ByteBuffer.allocate(8), 1)).isEqualTo(2);
            assertThat(file.read(ByteBuffer.allocate(8), 3)).isZero();
            assertThat(file.read(ByteBuffer.allocate(8), 1000)).isZero();
        }
    }

    @Test
    void shouldLeaveTheLimitOfTheTargetAlone() {
        try (StorageFile file = storage.open("a", OpenMode.READ_WRITE)) {
            file.write(bytes("abc"), 0);
            ByteBuffer target = ByteBuffer.allocate(8).position(1).limit(7);
            file.read(target, 0);

            assertThat(target.position()).isEqualTo(4);
            assertThat(target.limit()).isEqualTo(7);
        }
    }

    @Test
    void shouldFillAGapWithZeros() {
        try (StorageFile file = storage.open("a", OpenMode.READ_WRITE)) {
            file.write(bytes("x"), 100_000);
            ByteBuffer all = ByteBuffer.allocate(100_001);
            file.read(all, 0);

            assertThat(Arrays.copyOf(all.array(), 100_000)).containsOnly(0);
            assertThat(all.get(100_000)).isEqualTo((byte) 'x');
        }
    }

    @Test
    void shouldKeepLargeWritesWholeWhateverTheBuffer() {
        byte[] large = new byte[3_000_001];
        for (int i = 0; i < large.length; i++) {
            large[i] = (byte) (i * 31 + i / 1000);
        }
        ByteBuffer direct = ByteBuffer.allocateDirect(large.length).put(large).flip();
        try (StorageFile file = storage.open("a", OpenMode.READ_WRITE)) {
            file.write(ByteBuffer.wrap(large), 7);
            file.write(direct, 5_000_000);
            ByteBuffer first = ByteBuffer.allocate(large.length);
            ByteBuffer second = ByteBuffer.allocateDirect(large.length);

            assertThat(file.read(first, 7)).isEqualTo(large.length);
            assertThat(file.read(second, 5_000_000)).isEqualTo(large.length);
            assertThat(first.array()).isEqualTo(large);
            assertThat(second.flip()).isEqualTo(ByteBuffer.wrap(large));
        }
    }

    @Test
    void shouldHaveZerosBehindATruncation() {
        try (StorageFile file = storage.open("a", OpenMode.READ_WRITE)) {
            file.write(bytes("abcdef"), 0);
            file.truncate(2);
            assertThat(file.size()).isEqualTo(2);
            file.truncate(50);
            assertThat(file.size()).as("truncate never grows").isEqualTo(2);
            file.write(bytes("z"), 4);

            assertThat(read(file, 0, 10)).isEqualTo("ab\0\0z");
        }
    }

    @Test
    void shouldFindFilesAgainAfterClosing() {
        storage.createDirectories("topic-0");
        storage.writeAtomically("topic-0/meta", "v1".getBytes(UTF_8));
        storage.close();
        storage = openAgain(storage);

        assertThat(storage.readAllBytes("topic-0/meta")).asString().isEqualTo("v1");
        assertThat(storage.size("topic-0/meta")).isEqualTo(2);
    }

    @Test
    void shouldReplaceAFileInOneStepAndLeaveNothingBeside() {
        storage.writeAtomically("meta", "a longer first version".getBytes(UTF_8));
        storage.writeAtomically("meta", "second".getBytes(UTF_8));

        assertThat(storage.readAllBytes("meta")).asString().isEqualTo("second");
        assertThat(storage.list("")).containsExactly("meta");
    }

    @Test
    void shouldReadAnEmptyFile() {
        storage.open("empty", OpenMode.READ_WRITE).close();
        assertThat(storage.readAllBytes("empty")).isEmpty();
    }

    @Test
    void shouldListNamesSortedWithoutWhatIsBelow() {
        storage.createDirectories("b/deep");
        storage.createDirectories("a-1");
        storage.open("b/file", OpenMode.READ_WRITE).close();
        storage.open("c", OpenMode.READ_WRITE).close();

        assertThat(storage.list("")).containsExactly("a-1", "b", "c");
        assertThat(storage.list("b")).containsExactly("deep", "file");
        assertThat(storage.list("a-1")).isEmpty();
        assertThatThrownBy(() -> storage.list("missing"))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("missing");
    }

    @Test
    void shouldNotListTheLock() {
        storage.lock();
        assertThat(storage.list("")).isEmpty();
    }

    @Test
    void shouldSayThatAMissingFileIsMissing() {
        assertThatThrownBy(() -> storage.open("topic-0/nothing.log", OpenMode.EXISTING))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("nothing.log")
                .hasMessageContaining("no such file");
        assertThatThrownBy(() -> storage.open("no-directory/file", OpenMode.READ_WRITE))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("no such file or directory");
        assertThatThrownBy(() -> storage.size("nothing")).isInstanceOf(StorageException.class);
        assertThat(storage.exists("nothing")).isFalse();
    }

    @Test
    void shouldDeleteFilesAndTrees() {
        storage.createDirectories("topic-0/sub");
        storage.open("topic-0/file", OpenMode.READ_WRITE).close();
        storage.open("topic-0/sub/file", OpenMode.READ_WRITE).close();
        storage.createDirectories("topic-01");

        storage.delete("topic-0/file");
        assertThat(storage.list("topic-0")).containsExactly("sub");
        storage.deleteDirectory("topic-0");
        assertThat(storage.list("")).containsExactly("topic-01");
        assertThatCode(() -> storage.delete("topic-0/file")).doesNotThrowAnyException();
        assertThatCode(() -> storage.deleteDirectory("topic-0")).doesNotThrowAnyException();
    }

    @Test
    void shouldRenameFilesOverFilesButNotOverDirectories() {
        storage.writeAtomically("from", "1".getBytes(UTF_8));
        storage.writeAtomically("to", "2".getBytes(UTF_8));
        storage.createDirectories("directory");

        storage.rename("from", "to");
        assertThat(storage.exists("from")).isFalse();
        assertThat(storage.readAllBytes("to")).asString().isEqualTo("1");
        assertThatThrownBy(() -> storage.rename("to", "directory")).isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> storage.rename("gone", "elsewhere")).isInstanceOf(StorageException.class);
    }

    @Test
    void shouldRenameADirectoryWithItsFiles() {
        storage.createDirectories("topic-0");
        storage.createDirectories("topic-00");
        storage.writeAtomically("topic-0/file", "x".getBytes(UTF_8));

        storage.rename("topic-0", "topic-0.deleted");

        assertThat(storage.list("")).containsExactly("topic-0.deleted", "topic-00");
        assertThat(storage.readAllBytes("topic-0.deleted/file")).asString().isEqualTo("x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../out", "/etc/passwd", "a//b", "a/./b", "a/..", "a/", "a\\b", "a\0b"})
    void shouldRefuseAPathThatIsNotPlain(String path) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> storage.open(path, OpenMode.READ_WRITE))
                .withMessageContaining(path);
    }

    @Test
    void shouldRefuseTheRootAsAFile() {
        assertThatIllegalArgumentException().isThrownBy(() -> storage.open("", OpenMode.READ_WRITE));
        assertThatIllegalArgumentException().isThrownBy(() -> storage.deleteDirectory(""));
    }

    @Test
    void shouldNameThisProcessWhenTheLockIsTakenTwice() {
        long pid = ProcessHandle.current().pid();
        storage.lock();

        assertThatThrownBy(() -> storage.lock())
                .isInstanceOfSatisfying(
                        LogLockedException.class, e -> assertThat(e.holderPid()).isEqualTo(pid))
                .hasMessageContaining(String.valueOf(pid));
    }

    @Test
    void shouldGiveTheLockBackWhenItCloses() {
        storage.lock();
        storage.close();
        storage = openAgain(storage);

        assertThatCode(() -> storage.lock()).doesNotThrowAnyException();
    }

    @Test
    void shouldRefuseEverythingAfterClose() {
        StorageFile file = storage.open("a", OpenMode.READ_WRITE);
        file.close();
        file.close();
        storage.close();
        storage.close();

        assertThatThrownBy(() -> storage.open("a", OpenMode.EXISTING)).isInstanceOf(LogClosedException.class);
        assertThatThrownBy(() -> storage.list("")).isInstanceOf(LogClosedException.class);
        assertThatThrownBy(() -> storage.lock()).isInstanceOf(LogClosedException.class);
        assertThatThrownBy(() -> file.write(bytes("x"), 0))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("closed");
        assertThatThrownBy(file::force).isInstanceOf(StorageException.class);
    }

    @Test
    void shouldServeAnInterruptedThreadAndKeepItsStatus() {
        try (StorageFile file = storage.open("a", OpenMode.READ_WRITE)) {
            Thread.currentThread().interrupt();
            file.write(bytes("abc"), 0);
            String read = read(file, 0, 3);
            file.force();

            assertThat(Thread.interrupted()).isTrue();
            assertThat(read).isEqualTo("abc");
            assertThat(read(file, 0, 3)).isEqualTo("abc");
        }
    }

    @Test
    void shouldShowReadersWhatTheWriterHasPublished() throws Exception {
        int rounds = 2_000;
        int chunk = 100;
        AtomicInteger published = new AtomicInteger();
        CountDownLatch started = new CountDownLatch(1);
        ExecutorService reader = Executors.newSingleThreadExecutor();
        try (StorageFile file = storage.open("a", OpenMode.READ_WRITE)) {
            Future<Integer> wrong = reader.submit(() -> {
                started.countDown();
                int mismatches = 0;
                int seen;
                do {
                    seen = published.get();
                    if (seen > 0) {
                        ByteBuffer last = ByteBuffer.allocate(chunk);
                        file.read(last, (long) (seen - 1) * chunk);
                        mismatches +=
                                last.get(0) == (byte) (seen - 1) && last.get(chunk - 1) == (byte) (seen - 1) ? 0 : 1;
                    }
                } while (seen < rounds);
                return mismatches;
            });
            started.await();
            for (int i = 0; i < rounds; i++) {
                byte[] bytes = new byte[chunk];
                Arrays.fill(bytes, (byte) i);
                file.write(ByteBuffer.wrap(bytes), (long) i * chunk);
                published.set(i + 1);
            }
            assertThat(wrong.get(30, TimeUnit.SECONDS)).isZero();
        } finally {
            reader.shutdownNow();
        }
    }

    static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }

    static String read(StorageFile file, long position, int length) {
        ByteBuffer target = ByteBuffer.allocate(length);
        int read = file.read(target, position);
        return new String(target.array(), 0, read, UTF_8);
    }
}
