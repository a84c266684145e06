package io.tailrace.log.storage;

import io.tailrace.common.errors.StorageException;
import java.io.Closeable;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A tree of files under one root.
 *
 * <p><b>Paths</b> are relative to the root, with '/' between names: {@code "flights-0/00000000000000000000.log"}; the
 * root itself is {@code ""}. A path that is absolute or has an empty name, "." or ".." in it is an {@link
 * IllegalArgumentException}. <b>Threads:</b> any. <b>Owner:</b> whoever opened it closes it, after the files.
 *
 * <p><b>Errors:</b> {@link StorageException} when the medium refuses, {@link
 * io.tailrace.common.errors.LogClosedException} after {@link #close}.
 */
public interface Storage extends Closeable {

    /** Opens a file; the caller closes it. */
    StorageFile open(String path, OpenMode mode);

    /** Whether there is a file or a directory. */
    boolean exists(String path);

    /** The names (not paths) of the files and directories in a directory, sorted; the lock file is not among them. */
    List<String> list(String directory);

    /** Deletes a file; does nothing when it is missing. */
    void delete(String path);

    /** Renames a file or directory in one step. A file replaces the one at {@code to}; a directory does not. */
    void rename(String from, String to);

    /** Makes a directory and those above it; does nothing when it is there. */
    void createDirectories(String directory);

    /** Deletes a directory with everything in it; does nothing when it is missing. */
    void deleteDirectory(String directory);

    /** Of a file, in bytes. */
    long size(String path);

    /**
     * Makes a file known under a second name in another storage, without copying it, where that is possible. Both names show
     * the same bytes from then on, so neither may be written any more.
     *
     * @return false when it is not possible, and nothing was done: copy the file
     */
    default boolean link(String path, Storage target, String targetPath) {
        return false;
    }

    /** Returns when the names in the directory (files made, renamed and deleted) survive a power loss. */
    void forceDirectory(String directory);

    /**
     * Takes the whole storage for this process and this object, until {@link #close}.
     *
     * @throws io.tailrace.common.errors.LogLockedException when it is taken, also by this process; names the holder
     */
    void lock();

    /** Where the files are; empty when they are in no file system. */
    Optional<Path> directory();

    /** Gives the lock back. A second call does nothing. */
    @Override
    void close();

    /**
     * Replaces or makes a small file in one step: after a crash or a power loss it has either its old or its new content.
     * The bytes survive a power loss when this returns. Uses {@code path + ".tmp"} on the way.
     */
    default void writeAtomically(String path, byte[] bytes) {
        replace(path, bytes, true);
        forceDirectory(StoragePath.parent(path));
    }

    /**
     * As {@link #writeAtomically}, but forces nothing: survives a crash of the process; a power loss leaves any bytes. For
     * files whose readers check them and can make them again.
     */
    default void replace(String path, byte[] bytes) {
        replace(path, bytes, false);
    }

    private void replace(String path, byte[] bytes, boolean force) {
        String temporary = path + ".tmp";
        try {
            try (StorageFile file = open(temporary, OpenMode.READ_WRITE)) {
                file.truncate(0);
                file.write(ByteBuffer.wrap(bytes), 0);
                if (force) {
                    file.force();
                }
            }
            rename(temporary, path);
        } catch (RuntimeException e) {
            try {
                delete(temporary); // it would keep a full disk full
            } catch (RuntimeException notDeleted) {
                e.addSuppressed(notDeleted);
            }
            throw e;
        }
    }

    /** The content of a small file. */
    default byte[] readAllBytes(String path) {
        try (StorageFile file = open(path, OpenMode.READ)) {
            long size = file.size();
            if (size > MAX_READ_ALL_BYTES) {
                throw new StorageException(
                        path, "found " + size + " bytes, expected a small file of at most " + MAX_READ_ALL_BYTES);
            }
            ByteBuffer content = ByteBuffer.allocate((int) size);
            int read = file.read(content, 0);
            if (read != size) {
                throw new StorageException(
                        path, "ended at " + read + ", expected " + size + " bytes; it was cut meanwhile");
            }
            return content.array();
        }
    }

    /** Limit of {@link #readAllBytes}: a larger file is a mistake, not metadata. */
    int MAX_READ_ALL_BYTES = 256 * 1024 * 1024;
}
