package io.tailrace.common.errors;

import java.io.Serial;

/**
 * The given directory holds something else than a Tailrace log, so it is not touched.
 */
public final class NotALogException extends TailraceException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String directory;

    /** @param found what is there instead, for example {@code "a regular file"} */
    public NotALogException(String directory, String found) {
        super(directory + " is not a log directory: found " + found
                + ", expected an empty or new directory or one that a log made");
        this.directory = directory;
    }

    public String directory() {
        return directory;
    }
}
