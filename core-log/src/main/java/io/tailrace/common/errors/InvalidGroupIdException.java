package io.tailrace.common.errors;

import java.io.Serial;

/**
 * A consumer group was needed and its id is absent, empty or not usable.
 */
public final class InvalidGroupIdException extends TailraceException {
    @Serial
    private static final long serialVersionUID = 1L;

    public InvalidGroupIdException(String message) {
        super(message);
    }
}
