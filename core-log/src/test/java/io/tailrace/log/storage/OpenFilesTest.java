package io.tailrace.log.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.common.errors.StorageException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** More files than may be open: who holds them notices nothing. */
@Timeout(60)
class OpenFilesTest {
    private static final int FILES = 50;

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path directory;

    private FileStorage storage;
    private final List<StorageFile> files = new ArrayList<>();

    @BeforeEach
    void openStorage() {
        storage = FileStorage.open(directory, 8, false);
    }

    @AfterEach
    void closeFiles() {
        files.forEach(StorageFile::close);
        assertThat(storage.openFiles()).isZero();
        storage.close();
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    private void openAll() {
        for (int i = 0; i < FILES; i++) {
            StorageFile file = storage.open("f" + i, OpenMode.READ_WRITE);
            file.write(bytes("content " + i), 0);
            files.add(file);
        }
    }

    private static String read(StorageFile file) {
        ByteBuffer target = ByteBuffer.allocate((int) file.size());
        file.read(target, 0);
        return new String(target.array(), StandardCharsets.US_ASCII);
    }

    @Test
    void shouldKeepNoMoreOpenThanItMay() {
        openAll();
        for (int i = 0; i < FILES; i++) {
            assertThat(read(files.get(i))).isEqualTo("content " + i);
            assertThat(storage.openFiles()).isLessThanOrEqualTo(8);
        }
    }

    @Test
    void shouldKeepThoseOpenThatAreInUse() {
        openAll();
        StorageFile busy = files.get(0);
        read(busy);
        Path moved = directory.resolve("moved");
        for (int i = 1; i < FILES; i++) {
            read(busy);
            read(files.get(i));
        }
        assertThat(directory.resolve("f0").toFile().renameTo(moved.toFile())).isTrue();
        assertThat(read(busy)).as("through the channel that was never closed").isEqualTo("content 0");
    }

    @Test
    void shouldKeepUnforcedFilesOpenWhenTold() {
        storage = FileStorage.open(directory, 8, true);
        openAll();
        assertThat(storage.openFiles()).isEqualTo(FILES);
        files.forEach(StorageFile::force);
        StorageFile another = storage.open("another", OpenMode.READ_WRITE);
        files.add(another);
        assertThat(storage.openFiles()).isLessThanOrEqualTo(8);
    }

    @Test
    void shouldNotTakeAnotherFileOfTheSameNameForItsOwn() throws Exception {
        openAll();
        Files.writeString(directory.resolve("other"), "an other");
        Files.move(directory.resolve("other"), directory.resolve("f0"), StandardCopyOption.REPLACE_EXISTING);

        assertThatThrownBy(() -> read(files.get(0)))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("f0")
                .hasMessageContaining("replaced by another");
    }

    @Test
    void shouldServeManyThreads() throws Exception {
        openAll();
        List<Future<Integer>> readers = IntStream.range(0, 8)
                .mapToObj(seed -> {
                    FutureTask<Integer> task = new FutureTask<>(() -> {
                        Random random = new Random(seed);
                        for (int i = 0; i < 2_000; i++) {
                            int number = random.nextInt(FILES);
                            assertThat(read(files.get(number))).isEqualTo("content " + number);
                            if (i % 100 == 0) {
                                Thread.currentThread().interrupt();
                                assertThat(read(files.get(number))).isEqualTo("content " + number);
                                assertThat(Thread.interrupted()).isTrue();
                            }
                        }
                        return seed;
                    });
                    new Thread(task, "reader").start();
                    return (Future<Integer>) task;
                })
                .toList();
        for (Future<Integer> reader : readers) {
            reader.get();
        }
        assertThat(storage.openFiles()).isLessThanOrEqualTo(8 + 8);
    }
}
