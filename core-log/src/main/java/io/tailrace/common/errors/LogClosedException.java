package io.tailrace.common.errors;

import java.io.Serial;

/**
 * The log, or a client of it, was used after it was closed.
 */
public final class LogClosedException extends TailraceException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** @param what was closed, for example {@code "log /data/events"} or {@code "consumer flights-1"} */
    public LogClosedException(String what) {
        super(what + " is closed");
    }
}
