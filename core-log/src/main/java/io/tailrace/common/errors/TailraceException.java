package io.tailrace.common.errors;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * Root of the unchecked errors of Tailrace. Catch it to catch them all; the message of each says what failed, where, what
 * was found and what was expected.
 */
public class TailraceException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    public TailraceException(String message) {
        super(message);
    }

    public TailraceException(Throwable cause) {
        super(cause);
    }

    public TailraceException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
