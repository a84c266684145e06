package io.tailrace.common.errors;

import java.io.Serial;

/**
 * There is no producer with that transactional id, and there was none for a while.
 */
public final class TransactionalIdNotFoundException extends TailraceException {
    @Serial
    private static final long serialVersionUID = 1L;

    public TransactionalIdNotFoundException(String message) {
        super(message);
    }
}
