package io.tailrace.errors;

import java.io.Serial;

/** A task directory or the state directory is in use by another owner. */
public class LockException extends StreamsException {
    @Serial
    private static final long serialVersionUID = 1L;

    public LockException(String message) {
        super(message);
    }

    public LockException(Throwable cause) {
        super(cause);
    }

    public LockException(String message, Throwable cause) {
        super(message, cause);
    }
}
