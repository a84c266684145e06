package io.tailrace.common.errors;

import java.io.Serial;

/**
 * A consumer cannot join its group, because it has no assignor in common with all members that are there.
 */
public final class InconsistentGroupProtocolException extends TailraceException {
    @Serial
    private static final long serialVersionUID = 1L;

    public InconsistentGroupProtocolException(String message) {
        super(message);
    }
}
