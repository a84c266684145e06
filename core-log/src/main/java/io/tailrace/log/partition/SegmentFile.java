package io.tailrace.log.partition;

import io.tailrace.common.errors.LogClosedException;
import io.tailrace.log.storage.OpenMode;
import io.tailrace.log.storage.Storage;
import io.tailrace.log.storage.StorageFile;
import java.io.Closeable;
import org.jspecify.annotations.Nullable;

/**
 * The log file of a segment, opened when it is used first: a partition with many full segments that nobody reads holds no
 * file open for them.
 *
 * <p><b>Threads:</b> any.
 */
final class SegmentFile implements Closeable {
    private final Storage storage;
    private volatile String path; // written under the monitor
    private volatile @Nullable StorageFile file; // set under the monitor
    private @Nullable StorageFile beforeRename; // guarded by this; readers may be in the middle of it
    private boolean closed; // guarded by this

    SegmentFile(Storage storage, String path) {
        this.storage = storage;
        this.path = path;
    }

    String path() {
        return path;
    }

    StorageFile get() {
        StorageFile current = file;
        return current != null ? current : open();
    }

    private synchronized StorageFile open() {
        if (closed) {
            throw new LogClosedException("segment " + path);
        }
        StorageFile current = file;
        if (current == null) {
            current = storage.open(path, OpenMode.EXISTING);
            file = current;
        }
        return current;
    }

    /** Gives the file its final name. Readers go on. */
    synchronized void rename(String newPath) {
        storage.rename(path, newPath);
        path = newPath;
        beforeRename = file; // it would look for its old name after an interrupt
        file = null;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (beforeRename != null) {
            beforeRename.close();
        }
        StorageFile current = file;
        if (current != null) {
            current.close();
        }
    }
}
