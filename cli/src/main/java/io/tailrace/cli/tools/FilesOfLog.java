package io.tailrace.cli.tools;

import io.tailrace.common.errors.LogLockedException;
import io.tailrace.common.errors.StorageException;
import io.tailrace.log.storage.FileStorage;
import io.tailrace.log.storage.Storage;
import java.io.PrintWriter;

/**
 * The files of a log that is only read: locked so that nobody writes meanwhile, or, when somebody has it open, read beside
 * that process.
 */
final class FilesOfLog implements AutoCloseable {
    private final FileStorage storage;
    private final boolean moving;

    private FilesOfLog(FileStorage storage, boolean moving) {
        this.storage = storage;
        this.moving = moving;
    }

    /** Tells on stderr when the log is open elsewhere. */
    static FilesOfLog read(DataDirectory data, PrintWriter err) {
        FileStorage storage = data.storage();
        try {
            storage.lock();
            return new FilesOfLog(storage, false);
        } catch (LogLockedException e) {
            String holder =
                    e.holderPid() == LogLockedException.UNKNOWN_PID ? "another process" : "process " + e.holderPid();
            err.println("tailrace: note: " + holder + " has " + data.path()
                    + " open; this shows what its files hold now, and its end moves");
        } catch (StorageException e) {
            err.println("tailrace: note: " + data.path() + " cannot be locked, so somebody may write to it meanwhile: "
                    + e.getMessage());
        }
        return new FilesOfLog(storage, true);
    }

    /** Fails when somebody has the log open. */
    static FilesOfLog lock(DataDirectory data) {
        FileStorage storage = data.storage();
        try {
            storage.lock();
            return new FilesOfLog(storage, false);
        } catch (RuntimeException e) {
            storage.close();
            throw e;
        }
    }

    Storage storage() {
        return storage;
    }

    /** Whether somebody may write meanwhile. */
    boolean isMoving() {
        return moving;
    }

    @Override
    public void close() {
        storage.close();
    }
}
