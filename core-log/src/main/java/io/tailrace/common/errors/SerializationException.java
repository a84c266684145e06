package io.tailrace.common.errors;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * A key or value could not be turned into bytes, or bytes could not be turned back. The message never holds the payload.
 */
public final class SerializationException extends TailraceException {
    @Serial
    private static final long serialVersionUID = 1L;

    public SerializationException(String message) {
        super(message);
    }

    public SerializationException(Throwable cause) {
        super(cause);
    }

    public SerializationException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
