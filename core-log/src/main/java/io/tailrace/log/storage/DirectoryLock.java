package io.tailrace.log.storage;

import io.tailrace.common.errors.LogLockedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The exclusive hold of one process on a directory: an operating system lock on the file {@value #FILE}, which ends with
 * the process however it ends. The file also holds the process id of its last holder as text, for the error message; it
 * stays when the lock is given back, because deleting it would race with the next holder.
 */
final class DirectoryLock {
    static final String FILE = ".lock";

    // Far behind the text: where locks are mandatory (Windows), a process that is refused can still read the holder's
    // id.
    private static final long LOCKED_POSITION = Long.MAX_VALUE - 1;
    private static final int MAX_PID_CHARS = 20;

    /**
     * Directories held by this JVM. Asked before the file is opened: with POSIX locks, closing any second channel on the
     * file would drop the lock of the first.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final FileChannel channel;

    private DirectoryLock(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    static DirectoryLock acquire(Path root) {
        Path file = root.resolve(FILE);
        Path directory;
        try {
            directory = root.toRealPath();
        } catch (IOException e) {
            throw StorageFailure.of("lock", root, e);
        }
        if (!HELD.add(directory)) {
            throw new LogLockedException(
                    root.toString(), ProcessHandle.current().pid());
        }
        @Nullable FileChannel channel = null;
        boolean acquired = false;
        try {
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock(LOCKED_POSITION, 1, false);
            if (lock == null) {
                throw new LogLockedException(root.toString(), readPid(channel));
            }
            writePid(channel);
            acquired = true;
            return new DirectoryLock(directory, channel);
        } catch (OverlappingFileLockException e) {
            // Held by this JVM but not in HELD: by a copy of this class in another class loader.
            throw new LogLockedException(
                    root.toString(), ProcessHandle.current().pid());
        } catch (IOException e) {
            throw StorageFailure.of("lock", file, e);
        } finally {
            if (!acquired) {
                HELD.remove(directory);
                closeRefused(channel, file);
            }
        }
    }

    void release() {
        try {
            channel.close();
        } catch (IOException e) {
            throw StorageFailure.of("unlock", directory.resolve(FILE), e);
        } finally {
            HELD.remove(directory);
        }
    }

    private static void closeRefused(@Nullable FileChannel channel, Path file) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                throw StorageFailure.of("close", file, e);
            }
        }
    }

    private static void writePid(FileChannel channel) throws IOException {
        channel.truncate(0);
        ByteBuffer pid = StandardCharsets.US_ASCII.encode(
                Long.toString(ProcessHandle.current().pid()));
        while (pid.hasRemaining()) {
            channel.write(pid, pid.position());
        }
    }

    private static long readPid(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(MAX_PID_CHARS);
        int length = channel.read(text, 0);
        String pid = length <= 0 ? "" : new String(text.array(), 0, length, StandardCharsets.US_ASCII).trim();
        // The holder may be between locking and writing, or have been killed there.
        return pid.matches("[0-9]{1,18}") ? Long.parseLong(pid) : LogLockedException.UNKNOWN_PID;
    }
}
