package io.tailrace.common.errors;

import java.io.Serial;

/** A record was still buffered when its transaction was aborted, so it was never written. */
public final class TransactionAbortedException extends TailraceException {
    @Serial
    private static final long serialVersionUID = 1L;

    public TransactionAbortedException(String message) {
        super(message);
    }
}
