package io.tailrace.common.errors;

import java.io.Serial;

/**
 * There is no room on the device, or the quota is used up. What was being written is not in the log; everything before it is,
 * and can be read. Nothing has to be opened again: every later write tries anew, so writing resumes as soon as there is room.
 */
public final class LogFullException extends StorageException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String directory;
    private final long freeBytes;

    /**
     * @param file that was being written
     * @param directory whose file system is full
     * @param freeBytes left there for this process; a write can fail although some are left, when it needs more
     * @param reason what the operating system says
     */
    public LogFullException(String file, String directory, long freeBytes, String reason) {
        super(
                file,
                reason + "; the disk is full: free some space, then try again (" + freeBytes + " bytes are left in "
                        + directory + "); reading goes on");
        this.directory = directory;
        this.freeBytes = freeBytes;
    }

    /** The directory whose file system is full. */
    public String directory() {
        return directory;
    }

    /** What was left there when the write failed. */
    public long freeBytes() {
        return freeBytes;
    }
}
