package io.tailrace.log.inspect;

import io.tailrace.common.errors.StorageException;
import io.tailrace.log.storage.OpenMode;
import io.tailrace.log.storage.Storage;
import io.tailrace.log.storage.StorageFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/** Copies the files of a log from one storage to another, or links them. Owner: one thread. */
public final class FileCopier {
    private static final int BUFFER_BYTES = 256 * 1024;

    private final Storage source;
    private final Storage target;
    private final ByteProgress progress;
    private final long totalBytes;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private int files;
    private long copiedBytes;
    private long linkedBytes;

    /** @param totalBytes of the log files, for the progress */
    public FileCopier(Storage source, Storage target, ByteProgress progress, long totalBytes) {
        this.source = source;
        this.target = target;
        this.progress = progress;
        this.totalBytes = totalBytes;
    }

    /**
     * Fails unless a log can be copied to the storage.
     *
     * @throws StorageException when it is not empty
     */
    public static void checkEmpty(Storage target) {
        List<String> names = target.list("");
        if (!names.isEmpty()) {
            throw new StorageException(
                    target.directory().map(Path::toString).orElse("memory"),
                    "found " + names.get(0) + " and " + (names.size() - 1)
                            + " more, expected an empty or new directory for the copy; give another one");
        }
    }

    /** Copies the small files beside the catalog. */
    public void copyRootFiles() {
        RootFiles.of(source).forEach(this::copy);
    }

    /** Under the same path; a file that does not change any more. */
    public void linkOrCopy(String path) {
        if (source.link(path, target, path)) {
            files++;
            linkedBytes += target.size(path);
            tell();
        } else {
            copy(path);
        }
    }

    /** Under the same path; all that is there now. */
    public void copy(String path) {
        try (StorageFile from = source.open(path, OpenMode.READ)) {
            copy(from, path, from.size());
        }
    }

    /** The first {@code length} bytes; they survive a power loss when this returns and the directory is forced. */
    public void copy(StorageFile from, String path, long length) {
        try (StorageFile to = target.open(path, OpenMode.READ_WRITE)) {
            for (long at = 0; at < length; ) {
                buffer.clear().limit((int) Math.min(buffer.capacity(), length - at));
                int read = from.read(buffer, at);
                if (read == 0) {
                    throw new StorageException(path, "ended at " + at + ", expected " + length + " bytes");
                }
                to.write(buffer.flip(), at);
                at += read;
                copiedBytes += read;
                tell();
            }
            to.force();
        }
        files++;
    }

    private void tell() {
        progress.onBytes(copiedBytes + linkedBytes, totalBytes);
    }

    /** What was copied so far. */
    public BackupReport report(int topics, int partitions) {
        return new BackupReport(topics, partitions, files, copiedBytes, linkedBytes);
    }
}
