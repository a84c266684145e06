package io.tailrace.errors;

import java.io.Serial;

/**
 * The store exists but can not be read on this instance any more, for example because the application is closing
 * (KIP-216).
 */
public class StateStoreNotAvailableException extends InvalidStateStoreException {
    @Serial
    private static final long serialVersionUID = 1L;

    public StateStoreNotAvailableException(String message) {
        super(message);
    }

    public StateStoreNotAvailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
