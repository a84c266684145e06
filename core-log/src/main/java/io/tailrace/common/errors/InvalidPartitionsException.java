package io.tailrace.common.errors;

import java.io.Serial;

/**
 * A topic cannot have that number of partitions.
 */
public final class InvalidPartitionsException extends TailraceException {
    @Serial
    private static final long serialVersionUID = 1L;

    public InvalidPartitionsException(String message) {
        super(message);
    }
}
