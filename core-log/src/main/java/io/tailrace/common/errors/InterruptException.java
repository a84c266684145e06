package io.tailrace.common.errors;

import java.io.Serial;

/**
 * The calling thread was interrupted while it waited. The unchecked form of {@link InterruptedException}: creating it sets
 * the interrupt status of the current thread again, so that code further up can still see it.
 */
public final class InterruptException extends TailraceException {
    @Serial
    private static final long serialVersionUID = 1L;

    public InterruptException(InterruptedException cause) {
        this("interrupted while waiting", cause);
    }

    public InterruptException(String message, InterruptedException cause) {
        super(message, cause);
        Thread.currentThread().interrupt();
    }
}
