package io.tailrace.errors;

import java.io.Serial;

/** A state store failed: its files could not be read or written, or its content is not what the store wrote. */
public class ProcessorStateException extends StreamsException {
    @Serial
    private static final long serialVersionUID = 1L;

    public ProcessorStateException(String message) {
        super(message);
    }

    public ProcessorStateException(Throwable cause) {
        super(cause);
    }

    public ProcessorStateException(String message, Throwable cause) {
        super(message, cause);
    }
}
