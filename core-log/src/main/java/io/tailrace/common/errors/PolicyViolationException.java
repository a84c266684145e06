package io.tailrace.common.errors;

import java.io.Serial;

/**
 * A request goes against what the configuration of a topic stands for.
 */
public final class PolicyViolationException extends TailraceException {
    @Serial
    private static final long serialVersionUID = 1L;

    public PolicyViolationException(String message) {
        super(message);
    }
}
