package io.tailrace.common.errors;

import java.io.Serial;

/**
 * The disk or the file system refused an operation of the log. Names the file; the cause is the I/O error.
 */
public class StorageException extends TailraceException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String file;

    /** @param action a verb that fits behind "cannot", for example {@code "append to"} or {@code "force"} */
    public StorageException(String action, String file, Throwable cause) {
        super("cannot " + action + " " + file + ": " + reason(cause), cause);
        this.file = file;
    }

    /** A failure that no exception of the JDK stands behind, for example a file that is too short. */
    public StorageException(String file, String problem) {
        super(file + ": " + problem);
        this.file = file;
    }

    public String file() {
        return file;
    }

    // Many NIO exceptions carry nothing but the file name, which says nothing; the kind of failure is their class.
    private static String reason(Throwable cause) {
        return cause.getMessage() == null
                ? cause.getClass().getSimpleName()
                : cause.getClass().getSimpleName() + ": " + cause.getMessage();
    }
}
