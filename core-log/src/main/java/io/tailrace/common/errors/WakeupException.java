package io.tailrace.common.errors;

import java.io.Serial;

/**
 * A consumer that was blocked, or was about to block, was woken by {@code wakeup()} from another thread. Not a failure.
 */
public final class WakeupException extends TailraceException {
    @Serial
    private static final long serialVersionUID = 1L;

    public WakeupException() {
        super("the consumer was woken up by another thread");
    }
}
