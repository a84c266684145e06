package io.tailrace.errors;

import java.io.Serial;

/** A state store was used that cannot be used now: not open, closed, or not of the kind that was asked for. */
public class InvalidStateStoreException extends StreamsException {
    @Serial
    private static final long serialVersionUID = 1L;

    public InvalidStateStoreException(String message) {
        super(message);
    }

    public InvalidStateStoreException(Throwable cause) {
        super(cause);
    }

    public InvalidStateStoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
