package io.tailrace.common.errors;

import java.io.Serial;

/**
 * A transaction cannot be committed, because something in it has failed; the cause says what. Abort it, and begin it again.
 */
public final class TransactionAbortableException extends TailraceException {
    @Serial
    private static final long serialVersionUID = 1L;

    public TransactionAbortableException(String message, Throwable cause) {
        super(message, cause);
    }
}
