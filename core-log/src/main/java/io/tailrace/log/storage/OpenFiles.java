package io.tailrace.log.storage;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Bounds how many files of a storage are open at a time. When one more is opened, files that were not used for long are closed;
 * they are opened again when they are used, and whoever holds them notices nothing. A file that is being read or written stays
 * open, so the bound can be exceeded by as many as there are threads.
 *
 * <p>"Not used for long" is the second chance: files stand in a circle, and one that was used since the last round is passed
 * over. So using a file costs one flag, no lock and no list.
 *
 * <p><b>Threads:</b> any. Its lock comes behind that of a file.
 */
final class OpenFiles {
    private final int limit;
    private final boolean keepUnforced;
    private final Queue<FileStorageFile> circle = new ArrayDeque<>(); // guarded by this

    /**
     * @param keepUnforced whether a file with bytes that were not forced stays open at any rate, because a failure to write them
     *     is told for certain only to those who had it open
     */
    OpenFiles(int limit, boolean keepUnforced) {
        this.limit = limit;
        this.keepUnforced = keepUnforced;
    }

    /** The file has just been opened; closes others if there are too many. */
    synchronized void opened(FileStorageFile file) {
        circle.add(file);
        int looks = 2 * circle.size(); // the first round may only take the chances away
        while (circle.size() > limit && looks-- > 0) {
            FileStorageFile next = circle.remove();
            if (next == file || !next.retire(keepUnforced)) {
                circle.add(next);
            }
        }
    }

    synchronized void closed(FileStorageFile file) {
        circle.remove(file);
    }

    synchronized int count() {
        return circle.size();
    }
}
