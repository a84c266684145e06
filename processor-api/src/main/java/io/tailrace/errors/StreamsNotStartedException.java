package io.tailrace.errors;

import java.io.Serial;

/** The application was not started yet, so no store can be read: start it and ask again (KIP-216). */
public class StreamsNotStartedException extends InvalidStateStoreException {
    @Serial
    private static final long serialVersionUID = 1L;

    public StreamsNotStartedException(String message) {
        super(message);
    }

    public StreamsNotStartedException(String message, Throwable cause) {
        super(message, cause);
    }
}
