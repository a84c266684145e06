package io.tailrace.common.errors;

import java.io.Serial;

/** Something was asked for that the state of a producer's transaction does not allow. Nothing was changed. */
public final class InvalidTxnStateException extends TailraceException {
    @Serial
    private static final long serialVersionUID = 1L;

    public InvalidTxnStateException(String message) {
        super(message);
    }
}
