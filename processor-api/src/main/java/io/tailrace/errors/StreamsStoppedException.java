package io.tailrace.errors;

import java.io.Serial;

/** The application was closed or has failed, so no store can be read any more (KIP-216). */
public class StreamsStoppedException extends InvalidStateStoreException {
    @Serial
    private static final long serialVersionUID = 1L;

    public StreamsStoppedException(String message) {
        super(message);
    }

    public StreamsStoppedException(String message, Throwable cause) {
        super(message, cause);
    }
}
