package io.tailrace.log.storage;

import io.tailrace.common.errors.LogFullException;
import io.tailrace.common.errors.StorageException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Turns the I/O errors of the JDK into one sentence: what could not be done, with which file, why, and what to do. */
final class StorageFailure {
    private StorageFailure() {}

    /** @param action fits behind "cannot", for example {@code "write 512 bytes at 8192"} */
    static StorageException of(String action, Path file, IOException cause) {
        StorageException failure = isFull(cause)
                ? full(action, file, systemText(cause))
                : new StorageException(file.toString(), "cannot " + action + ": " + reason(cause));
        failure.initCause(cause);
        return failure;
    }

    // The JDK passes these on as the text of the operating system only.
    private static boolean isFull(IOException cause) {
        String text = systemText(cause).toLowerCase(Locale.ROOT);
        return text.contains("no space left") || text.contains("not enough space") || text.contains("quota");
    }

    private static LogFullException full(String action, Path file, String reason) {
        @Nullable Path directory = Files.isDirectory(file) ? file : file.getParent();
        String where = directory == null ? file.toString() : directory.toString();
        return new LogFullException(file.toString(), where, freeBytes(directory), "cannot " + action + ": " + reason);
    }

    private static long freeBytes(@Nullable Path directory) {
        return directory == null ? 0 : directory.toFile().getUsableSpace(); // 0 as well when that cannot be told
    }

    private static String reason(IOException cause) {
        if (cause instanceof NoSuchFileException) {
            return "no such file or directory";
        }
        if (cause instanceof AccessDeniedException) {
            return "permission denied; give the user of this process read and write permission, or use another directory";
        }
        if (cause instanceof FileAlreadyExistsException) {
            return "a file with this name is in the way; remove it or use another directory";
        }
        if (cause instanceof DirectoryNotEmptyException) {
            return "the directory is not empty";
        }
        if (cause instanceof ClosedChannelException) {
            return "the file is closed";
        }
        String text = systemText(cause);
        return text + advice(text.toLowerCase(Locale.ROOT));
    }

    private static String systemText(IOException cause) {
        @Nullable String text = cause instanceof FileSystemException e ? e.getReason() : cause.getMessage();
        return text == null ? cause.getClass().getSimpleName() : text;
    }

    private static String advice(String text) {
        if (text.contains("read-only")) {
            return "; mount the file system writable, or use another directory";
        }
        if (text.contains("too many open files")) {
            return "; raise the limit of open files of this process (ulimit -n)";
        }
        return "";
    }
}
