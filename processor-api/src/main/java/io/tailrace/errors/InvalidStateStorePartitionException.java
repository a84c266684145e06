package io.tailrace.errors;

import java.io.Serial;

/** The store does not have the partition that was asked for, or this instance does not hold it (KIP-562). */
public class InvalidStateStorePartitionException extends InvalidStateStoreException {
    @Serial
    private static final long serialVersionUID = 1L;

    public InvalidStateStorePartitionException(String message) {
        super(message);
    }

    public InvalidStateStorePartitionException(String message, Throwable cause) {
        super(message, cause);
    }
}
