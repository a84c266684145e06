package io.tailrace.common.errors;

import java.io.Serial;

/**
 * The consumer group is dividing its partitions anew, so the request cannot be answered now. Poll again: the consumer then
 * takes part in the new generation.
 */
public final class RebalanceInProgressException extends TailraceException {
    @Serial
    private static final long serialVersionUID = 1L;

    public RebalanceInProgressException(String message) {
        super(message);
    }
}
