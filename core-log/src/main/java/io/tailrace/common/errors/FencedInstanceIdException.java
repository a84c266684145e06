package io.tailrace.common.errors;

import java.io.Serial;

/**
 * Another consumer has joined the group with the same group instance id, so this one is no longer a member. What it had owned belongs to
 * the other; it may unsubscribe, and subscribe again to take it back.
 */
public final class FencedInstanceIdException extends TailraceException {
    @Serial
    private static final long serialVersionUID = 1L;

    public FencedInstanceIdException(String message) {
        super(message);
    }
}
