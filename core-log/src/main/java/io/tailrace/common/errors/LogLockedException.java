package io.tailrace.common.errors;

import java.io.Serial;

/**
 * The data directory is in use: a log directory is opened by one process, and once within it, at a time.
 */
public final class LogLockedException extends TailraceException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Stands for a holder that could not be read. */
    public static final long UNKNOWN_PID = -1;

    private final String directory;
    private final long holderPid;

    /** @param holderPid process id of the holder, or {@link #UNKNOWN_PID} */
    public LogLockedException(String directory, long holderPid) {
        super("log directory " + directory + " is locked by "
                + (holderPid == UNKNOWN_PID ? "another process" : "process " + holderPid)
                + "; close that log first or use another directory");
        this.directory = directory;
        this.holderPid = holderPid;
    }

    public String directory() {
        return directory;
    }

    public long holderPid() {
        return holderPid;
    }
}
