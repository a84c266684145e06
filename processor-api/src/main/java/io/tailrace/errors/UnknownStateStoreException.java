package io.tailrace.errors;

import java.io.Serial;

/** No state store of that name is in the topology. Asking again does not help (KIP-216). */
public class UnknownStateStoreException extends InvalidStateStoreException {
    @Serial
    private static final long serialVersionUID = 1L;

    public UnknownStateStoreException(String message) {
        super(message);
    }

    public UnknownStateStoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
