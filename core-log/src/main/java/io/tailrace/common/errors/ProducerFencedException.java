package io.tailrace.common.errors;

import java.io.Serial;

/**
 * Another instance has taken the transactional id over, or the log has ended the transaction because it was open for longer
 * than its timeout. The producer can only be closed; what it had not committed is aborted.
 */
public final class ProducerFencedException extends TailraceException {
    @Serial
    private static final long serialVersionUID = 1L;

    public ProducerFencedException(String message) {
        super(message);
    }
}
